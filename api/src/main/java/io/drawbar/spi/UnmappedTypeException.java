package io.drawbar.spi;

import io.drawbar.error.DrawbarException;

/**
 * A column of an engine's own dataset is of a type that has no counterpart here; the message names
 * the cast to make first.
 */
public final class UnmappedTypeException extends DrawbarException {
  private static final long serialVersionUID = 1;

  public UnmappedTypeException(String message) {
    super(message);
  }
}
