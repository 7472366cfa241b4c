package io.drawbar;

import io.drawbar.error.DrawbarException;

/**
 * Rows that nothing can be learnt or measured from: there are none, or their values are null, NaN,
 * infinite or out of range.
 */
public final class UnusableDataException extends DrawbarException {
  private static final long serialVersionUID = 1;

  /**
   * Unusable data.
   *
   * @param message who cannot use it, which values of which column, how many, and the way out
   */
  public UnusableDataException(String message) {
    super(message);
  }
}
