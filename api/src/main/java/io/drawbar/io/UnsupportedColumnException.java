package io.drawbar.io;

import io.drawbar.error.DrawbarException;

/** A file format has no form for the type of a column. */
public final class UnsupportedColumnException extends DrawbarException {
  private static final long serialVersionUID = 1;

  public UnsupportedColumnException(String message) {
    super(message);
  }
}
