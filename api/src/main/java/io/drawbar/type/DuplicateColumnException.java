package io.drawbar.type;

import io.drawbar.error.DrawbarException;

/** Two columns have the same name. */
public final class DuplicateColumnException extends DrawbarException {
  private static final long serialVersionUID = 1;

  public DuplicateColumnException(String message) {
    super(message);
  }
}
