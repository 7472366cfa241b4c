package io.drawbar.column;

import io.drawbar.error.DrawbarException;

/** A vector has too many elements for what is to be done with all of them. */
public final class VectorSizeException extends DrawbarException {
  private static final long serialVersionUID = 1;

  VectorSizeException(String message) {
    super(message);
  }
}
