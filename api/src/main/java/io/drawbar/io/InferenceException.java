package io.drawbar.io;

import io.drawbar.error.DrawbarException;

/** Columns cannot be inferred: there are no rows that can be read, or too many columns. */
public final class InferenceException extends DrawbarException {
  private static final long serialVersionUID = 1;

  public InferenceException(String message) {
    super(message);
  }
}
