package io.drawbar.type;

import io.drawbar.error.DrawbarException;

/** A record class does not fit the columns it is to hold. */
public final class RecordBindingException extends DrawbarException {
  private static final long serialVersionUID = 1;

  public RecordBindingException(String message) {
    super(message);
  }

  public RecordBindingException(String message, Throwable cause) {
    super(message, cause);
  }
}
