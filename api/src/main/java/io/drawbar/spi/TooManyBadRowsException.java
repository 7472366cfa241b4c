package io.drawbar.spi;

import io.drawbar.error.DrawbarException;

/** More rows of a source do not fit the schema declared for them than were said to be allowed. */
public final class TooManyBadRowsException extends DrawbarException {
  private static final long serialVersionUID = 1;

  public TooManyBadRowsException(String message) {
    super(message);
  }
}
