package io.drawbar.expect;

import io.drawbar.error.DrawbarException;

/**
 * Rows are not as expected. The message has a line for each expectation that is not met: what is
 * expected, how many rows are not so, of how many, and the first of them.
 */
public final class UnmetExpectationsException extends DrawbarException {
  private static final long serialVersionUID = 1;

  /** Says what has been found instead. */
  public UnmetExpectationsException(String message) {
    super(message);
  }
}
