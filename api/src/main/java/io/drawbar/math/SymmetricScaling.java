package io.drawbar.math;

/**
 * A symmetric matrix A written as S B S, where S is diagonal and B has ones on its diagonal, as a
 * correlation matrix is to a covariance matrix.
 *
 * <p>Scaling so before {@link Cholesky} gives its pivots a unit, and a condition number within a
 * factor of n of what the best diagonal scaling gives (A. van der Sluis, "Condition Numbers and
 * Equilibration of Matrices", 1969). With it, A x = b is {@code
 * unscaleSolution(factor(scale(A)).solve(scaleRight(b)))}. Immutable.
 */
public final class SymmetricScaling {

  private final double[] roots;

  private SymmetricScaling(double[] roots) {
    this.roots = roots;
  }

  /**
   * The scaling of a matrix to a unit diagonal. A zero on the diagonal is left as it is, so that
   * {@link Cholesky} names that column.
   *
   * @param matrix packed upper triangle by rows, or full by rows
   * @throws NotPositiveDefiniteException at a negative, infinite or NaN diagonal element
   * @throws IllegalArgumentException if the length is of neither form
   */
  public static SymmetricScaling of(double[] matrix, int n) {
    boolean packed = Triangle.isPacked(matrix, n);
    double[] roots = new double[n];
    int at = 0;
    for (int i = 0; i < n; i++) {
      double diagonal = matrix[at];
      if (!(diagonal >= 0) || diagonal == Double.POSITIVE_INFINITY) {
        throw new NotPositiveDefiniteException(i, diagonal);
      }
      roots[i] = diagonal == 0 ? 1.0 : Math.sqrt(diagonal);
      at += packed ? n - i : n + 1;
    }
    return new SymmetricScaling(roots);
  }

  /** The number of rows, n. */
  public int size() {
    return roots.length;
  }

  /**
   * S^-1 A S^-1 as a new matrix of the same form: for the matrix of this scaling, the diagonal is
   * exactly 1, or 0 where it was. Of a full matrix only the upper triangle is read.
   */
  public double[] scale(double[] matrix) {
    return transform(matrix, true);
  }

  /** S B S, as a new matrix of the same form: {@link #scale} undone, up to rounding. */
  public double[] unscale(double[] matrix) {
    return transform(matrix, false);
  }

  /** S^-1 b as a new array: the right side of the scaled system. */
  public double[] scaleRight(double[] b) {
    return divided(b);
  }

  /** S^-1 y as a new array: the solution of A x = b from the one of the scaled system. */
  public double[] unscaleSolution(double[] y) {
    return divided(y);
  }

  private double[] divided(double[] values) {
    if (values.length != roots.length) {
      throw new IllegalArgumentException(values.length + " elements for " + roots.length);
    }
    double[] result = new double[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i] / roots[i];
    }
    return result;
  }

  private double[] transform(double[] matrix, boolean divide) {
    int n = roots.length;
    boolean packed = Triangle.isPacked(matrix, n);
    double[] result = new double[matrix.length];
    int at = 0;
    for (int i = 0; i < n; i++) {
      at += packed ? 0 : i;
      for (int j = i; j < n; j++, at++) {
        double value = matrix[at];
        result[at] = divide ? divided(value, i, j) : (value * roots[i]) * roots[j];
        if (!packed) {
          result[j * n + i] = result[at];
        }
      }
    }
    return result;
  }

  private double divided(double value, int i, int j) {
    if (i == j && Math.sqrt(value) == roots[i]) {
      // The root of the diagonal squared is not always the diagonal: say one where it is one.
      return 1.0;
    }
    // One after the other: the product of the two roots might overflow or underflow.
    return (value / roots[i]) / roots[j];
  }
}
