package io.drawbar.spi;

import io.drawbar.error.DrawbarException;

/** A row of the input does not fit the schema declared for it. */
public final class BadRowException extends DrawbarException {
  private static final long serialVersionUID = 1;

  public BadRowException(String message) {
    super(message);
  }
}
