package io.drawbar.config;

import io.drawbar.error.DrawbarException;

/** A configuration key without a default, read but nowhere set. */
public final class MissingValueException extends DrawbarException {

  private static final long serialVersionUID = 1L;

  MissingValueException(String message) {
    super(message);
  }
}
