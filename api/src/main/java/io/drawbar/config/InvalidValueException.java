package io.drawbar.config;

import io.drawbar.error.DrawbarException;

/** A configuration value that does not parse, or is not allowed. */
public final class InvalidValueException extends DrawbarException {

  private static final long serialVersionUID = 1L;

  InvalidValueException(String message) {
    super(message);
  }
}
