package io.drawbar.spi;

import io.drawbar.error.DrawbarException;

/** A file format has no form for a value: what was written could not be read back equal. */
public final class UnwritableValueException extends DrawbarException {
  private static final long serialVersionUID = 1;

  public UnwritableValueException(String message) {
    super(message);
  }
}
