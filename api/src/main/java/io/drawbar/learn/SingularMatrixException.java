package io.drawbar.learn;

import io.drawbar.error.DrawbarException;

/**
 * The features do not determine what is to be fitted: one of them is constant, or follows from
 * others.
 */
public final class SingularMatrixException extends DrawbarException {
  private static final long serialVersionUID = 1;

  private final int element;
  private final double pivot;

  SingularMatrixException(String message, int element, double pivot) {
    super(message);
    this.element = element;
    this.pivot = pivot;
  }

  /** The first element of the features, counted from 0, that is to blame. */
  public int element() {
    return element;
  }

  /**
   * The share of that element's variance which the elements before it do not explain; zero if it is
   * constant. What is computed may be slightly negative.
   */
  public double pivot() {
    return pivot;
  }
}
