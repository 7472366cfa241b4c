package io.drawbar;

import io.drawbar.error.DrawbarException;

/** A model's file cannot be read or written: nothing is there, or something already is. */
public final class ModelFileException extends DrawbarException {
  private static final long serialVersionUID = 1;

  ModelFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
