package io.drawbar.config;

import io.drawbar.error.DrawbarException;

/** A configuration key that nothing reads, most likely a misspelt one. */
public final class UnknownKeyException extends DrawbarException {

  private static final long serialVersionUID = 1L;

  UnknownKeyException(String message) {
    super(message);
  }
}
