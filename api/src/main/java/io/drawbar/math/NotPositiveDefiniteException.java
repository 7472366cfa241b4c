package io.drawbar.math;

/** A matrix has no Cholesky factor: a column depends on the ones before it, or nearly so. */
public final class NotPositiveDefiniteException extends ArithmeticException {

  private static final long serialVersionUID = 1L;

  private final int column;
  private final double pivot;

  /** The first column, from 0, whose pivot was too small, and that pivot. */
  public NotPositiveDefiniteException(int column, double pivot) {
    super("matrix is not positive definite: pivot " + pivot + " at column " + column);
    this.column = column;
    this.pivot = pivot;
  }

  /** The first column, from 0, that depends on the columns before it. */
  public int column() {
    return column;
  }

  /** What was left of its diagonal element; NaN if the matrix held NaN. */
  public double pivot() {
    return pivot;
  }
}
