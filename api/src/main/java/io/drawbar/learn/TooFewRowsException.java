package io.drawbar.learn;

import io.drawbar.error.DrawbarException;

/** There are no rows to learn from, or fewer than the model has coefficients. */
public final class TooFewRowsException extends DrawbarException {
  private static final long serialVersionUID = 1;

  private final long rows;

  TooFewRowsException(String message, long rows) {
    super(message);
    this.rows = rows;
  }

  /** How many there are. */
  public long rows() {
    return rows;
  }
}
