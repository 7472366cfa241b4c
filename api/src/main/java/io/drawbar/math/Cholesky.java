package io.drawbar.math;

import java.util.Arrays;

/**
 * The Cholesky factor R of a symmetric positive definite matrix, A = R^T R, and solutions of A x =
 * b.
 *
 * <p>Plain loops in one fixed order without fused multiply-add: the same matrix gives the same bits
 * everywhere. Entry (i, j) of R is the matrix entry less the products of rows 0 to i - 1, one after
 * the other, divided by the root of the pivot (G. H. Golub, C. F. Van Loan, Matrix Computations,
 * fourth edition, 2013, section 4.2). Immutable.
 *
 * <p>The pivot tolerance supposes a unit diagonal ({@link SymmetricScaling}): a pivot is then the
 * share of a column's variance that the columns before it do not explain.
 */
public final class Cholesky {

  /** Row i is full length; only positions from i on are used, so that loops share one index. */
  private final double[][] factor;

  private Cholesky(double[][] factor) {
    this.factor = factor;
  }

  /**
   * Factors a matrix, which stays as it is.
   *
   * @param matrix n (n + 1) / 2 elements, the upper triangle packed by rows, or n * n elements by
   *     rows, of which only the upper triangle is read
   * @param n the number of rows, at least 1
   * @param pivotTolerance a pivot must be greater, 0 or more
   * @throws NotPositiveDefiniteException at the first pivot that is not
   * @throws IllegalArgumentException if the length or the tolerance is not as said
   */
  public static Cholesky factor(double[] matrix, int n, double pivotTolerance) {
    if (!(pivotTolerance >= 0)) {
      throw new IllegalArgumentException("pivot tolerance is " + pivotTolerance);
    }
    double[][] rows = Triangle.rows(matrix, n);
    for (int i = 0; i < n; i++) {
      subtractRowsBefore(rows, i);
      double[] row = rows[i];
      double pivot = row[i];
      // Written so that NaN is refused too; an infinite pivot would give NaN later.
      if (!(pivot > pivotTolerance) || pivot == Double.POSITIVE_INFINITY) {
        throw new NotPositiveDefiniteException(i, pivot);
      }
      double root = Math.sqrt(pivot);
      for (int j = i; j < n; j++) {
        row[j] /= root;
      }
      // Not pivot / root, which may differ from the root by one unit.
      row[i] = root;
    }
    return new Cholesky(rows);
  }

  /** Four rows a pass: each entry still subtracts them one after the other. */
  private static void subtractRowsBefore(double[][] rows, int i) {
    double[] row = rows[i];
    int k = 0;
    for (; k < i - 3; k += 4) {
      subtractFour(row, rows[k], rows[k + 1], rows[k + 2], rows[k + 3], i);
    }
    for (; k < i; k++) {
      subtract(row, rows[k], rows[k][i], i);
    }
  }

  private static void subtractFour(
      double[] row, double[] a, double[] b, double[] c, double[] d, int from) {
    double xa = a[from];
    double xb = b[from];
    double xc = c[from];
    double xd = d[from];
    for (int j = from; j < row.length; j++) {
      row[j] = (((row[j] - xa * a[j]) - xb * b[j]) - xc * c[j]) - xd * d[j];
    }
  }

  private static void subtract(double[] row, double[] other, double factor, int from) {
    for (int j = from; j < row.length; j++) {
      row[j] -= factor * other[j];
    }
  }

  /** The number of rows, n. */
  public int size() {
    return factor.length;
  }

  /**
   * The solution x of A x = b, as a new array.
   *
   * @throws IllegalArgumentException if b does not have n elements
   */
  public double[] solve(double[] b) {
    int n = factor.length;
    if (b.length != n) {
      throw new IllegalArgumentException(b.length + " elements for " + n + " rows");
    }
    double[] x = Arrays.copyOf(b, n);
    for (int i = 0; i < n; i++) {
      x[i] /= factor[i][i];
      subtract(x, factor[i], x[i], i + 1);
    }
    for (int i = n - 1; i >= 0; i--) {
      double[] row = factor[i];
      double sum = x[i];
      for (int j = i + 1; j < n; j++) {
        sum -= row[j] * x[j];
      }
      x[i] = sum / row[i];
    }
    return x;
  }

  /**
   * The rows of R^-T, a lower triangle: row i has i + 1 elements. With them {@code x A^-1 x} is the
   * sum of the squares of the rows' products with x, a sum of nothing negative.
   */
  public double[][] inverseRows() {
    int n = factor.length;
    double[][] rows = new double[n][n];
    for (int i = 0; i < n; i++) {
      double[] row = rows[i];
      row[i] = 1;
      for (int k = 0; k < i; k++) {
        subtractFirst(row, rows[k], factor[k][i], k + 1);
      }
      for (int j = 0; j <= i; j++) {
        row[j] /= factor[i][i];
      }
    }
    for (int i = 0; i < n; i++) {
      rows[i] = Arrays.copyOf(rows[i], i + 1);
    }
    return rows;
  }

  private static void subtractFirst(double[] row, double[] other, double factor, int count) {
    for (int j = 0; j < count; j++) {
      row[j] -= factor * other[j];
    }
  }

  /** The logarithm of the determinant of A. */
  public double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < factor.length; i++) {
      sum += Logarithm.log(factor[i][i]);
    }
    return 2 * sum;
  }

  /**
   * {@code b^T A^-1 b}: the squared length of what the first half of {@link #solve} makes of b, so
   * that it is not negative. With the covariances of columns in A, the variance of a sum of
   * coefficients with the weights b, in units of the residual variance.
   *
   * @throws IllegalArgumentException if b does not have n elements
   */
  public double inverseForm(double[] b) {
    if (b.length != factor.length) {
      throw new IllegalArgumentException(b.length + " elements for " + factor.length + " rows");
    }
    return squaredLength(Arrays.copyOf(b, b.length), 0);
  }

  /** The diagonal of A^-1, as a new array: a third of n^3 multiplications, as factoring takes. */
  public double[] inverseDiagonal() {
    double[] diagonal = new double[factor.length];
    for (int i = 0; i < diagonal.length; i++) {
      double[] unit = new double[factor.length];
      unit[i] = 1;
      diagonal[i] = squaredLength(unit, i);
    }
    return diagonal;
  }

  /** Of R^-T x, where x, which is overwritten, is zero before an index. */
  private double squaredLength(double[] x, int from) {
    double sum = 0;
    for (int i = from; i < x.length; i++) {
      x[i] /= factor[i][i];
      subtract(x, factor[i], x[i], i + 1);
      sum += x[i] * x[i];
    }
    return sum;
  }
}
