package io.drawbar.type;

import io.drawbar.error.DrawbarException;

/** A column was named that is not there. */
public final class UnknownColumnException extends DrawbarException {
  private static final long serialVersionUID = 1;

  public UnknownColumnException(String message) {
    super(message);
  }
}
