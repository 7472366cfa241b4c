package io.drawbar.learn;

import io.drawbar.error.DrawbarException;

/**
 * Values that nothing can be learned from: null, NaN, infinite, or too large or small to square.
 */
public final class UnusableValueException extends DrawbarException {
  private static final long serialVersionUID = 1;

  UnusableValueException(String message) {
    super(message);
  }
}
