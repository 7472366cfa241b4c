package io.drawbar.expr;

import io.drawbar.error.DrawbarException;

/** An expression has no value for a row: an overflow, a cast of text that is no number. */
public final class EvaluationException extends DrawbarException {
  private static final long serialVersionUID = 1;

  public EvaluationException(String message) {
    super(message);
  }
}
