package io.drawbar.learn;

import io.drawbar.error.DrawbarException;

/**
 * The features tell the classes apart without error, so that a likelihood grows with the
 * coefficients and without end: no model is the most likely one.
 */
public final class SeparableClassesException extends DrawbarException {
  private static final long serialVersionUID = 1;

  SeparableClassesException(String message) {
    super(message);
  }
}
