package io.drawbar.math;

import java.util.Arrays;

/**
 * Logarithms of normal densities, each times a constant, for rows of a block: {@code c_k - |W_k (x
 * - m_k)|^2 / 2}, where W is a lower triangle, of which {@code W^T W} is the inverse of the
 * covariances ({@link Cholesky#inverseRows}), or a diagonal.
 *
 * <p>The law: differences first; then each element of the product is a plain sum in the order of
 * the row's elements, and so is the sum of their squares; each operation is rounded to double. So
 * what is found for a row depends on the row and the densities alone, and is the same for one row
 * and for many.
 *
 * <p>Rows come in tiles: one array an element, of at most {@link NearestCentre#rowsAtOnce} rows.
 * Holds scratch space: not safe for use by several threads.
 */
public final class LogDensities {
  private final double[][] means;
  private final double[][] factors;
  private final double[] constants;
  private final int elements;
  private final boolean isDiagonal;
  private final double[][] differences;
  private final double[] zeros;
  private final double[] sums;

  /**
   * Some densities.
   *
   * @param means of each, at least one, of as many elements, at least one; not copied
   * @param factors of each, the rows of W one after the other, d (d + 1) / 2 numbers, or the d
   *     numbers of a diagonal, the same for all; not copied
   * @param constants of each; minus infinity for a density that counts for nothing
   */
  public LogDensities(double[][] means, double[][] factors, double[] constants) {
    this.means = means;
    this.factors = factors;
    this.constants = constants;
    elements = means.length == 0 ? 0 : means[0].length;
    isDiagonal = elements > 0 && isDiagonal(factors, elements);
    for (int k = 0; k < means.length; k++) {
      int length = isDiagonal ? elements : Math.toIntExact((long) elements * (elements + 1) / 2);
      if (means[k].length != elements || factors[k].length != length) {
        throw new IllegalArgumentException(
            "a mean of %s elements and a factor of %s numbers beside one of %s"
                .formatted(means[k].length, factors[k].length, elements));
      }
    }
    if (elements == 0 || factors.length != means.length || constants.length != means.length) {
      throw new IllegalArgumentException(
          "%s means, %s factors and %s constants are no densities"
              .formatted(means.length, factors.length, constants.length));
    }
    int rows = NearestCentre.rowsAtOnce(elements);
    differences = new double[elements][rows];
    zeros = new double[rows];
    sums = new double[rows];
  }

  private static boolean isDiagonal(double[][] factors, int elements) {
    return factors.length > 0 && factors[0].length == elements;
  }

  /** The number of densities. */
  public int size() {
    return means.length;
  }

  /**
   * Computes them.
   *
   * @param tile one array an element
   * @param rows how many rows of it count
   * @param out of each density, one number a row
   */
  public void compute(double[][] tile, int rows, double[][] out) {
    for (int k = 0; k < means.length; k++) {
      for (int j = 0; j < elements; j++) {
        subtract(tile[j], means[k][j], rows, differences[j]);
      }
      double[] squares = out[k];
      Arrays.fill(squares, 0, rows, 0.0);
      if (isDiagonal) {
        addDiagonal(factors[k], rows, squares);
      } else {
        addTriangle(factors[k], rows, squares);
      }
      finish(constants[k], squares, rows);
    }
  }

  private static void subtract(double[] values, double mean, int rows, double[] differences) {
    for (int i = 0; i < rows; i++) {
      differences[i] = values[i] - mean;
    }
  }

  private static void finish(double constant, double[] squares, int rows) {
    for (int i = 0; i < rows; i++) {
      squares[i] = constant - 0.5 * squares[i];
    }
  }

  private void addDiagonal(double[] factor, int rows, double[] squares) {
    for (int j = 0; j < elements; j++) {
      addSquare(differences[j], factor[j], rows, squares);
    }
  }

  private static void addSquare(double[] values, double factor, int rows, double[] squares) {
    for (int i = 0; i < rows; i++) {
      double value = values[i] * factor;
      squares[i] += value * value;
    }
  }

  private void addTriangle(double[] factor, int rows, double[] squares) {
    int at = 0;
    for (int i = 0; i < elements; i++) {
      addRow(factor, at, i + 1, rows, squares);
      at += i + 1;
    }
  }

  /** Adds the square of one element of the product; up to four terms of it a pass. */
  private void addRow(double[] factor, int at, int count, int rows, double[] squares) {
    double[][] d = differences;
    double[] before = zeros;
    int j = 0;
    for (; j < count - 4; j += 4) {
      int f = at + j;
      addFour(
          before,
          sums,
          d[j],
          d[j + 1],
          d[j + 2],
          d[j + 3],
          factor[f],
          factor[f + 1],
          factor[f + 2],
          factor[f + 3],
          rows);
      before = sums;
    }
    int f = at + j;
    switch (count - j) {
      case 4 ->
          endFour(
              before,
              d[j],
              d[j + 1],
              d[j + 2],
              d[j + 3],
              factor[f],
              factor[f + 1],
              factor[f + 2],
              factor[f + 3],
              rows,
              squares);
      case 3 ->
          endThree(
              before,
              d[j],
              d[j + 1],
              d[j + 2],
              factor[f],
              factor[f + 1],
              factor[f + 2],
              rows,
              squares);
      case 2 -> endTwo(before, d[j], d[j + 1], factor[f], factor[f + 1], rows, squares);
      default -> endOne(before, d[j], factor[f], rows, squares);
    }
  }

  private static void addFour(
      double[] before,
      double[] sums,
      double[] a,
      double[] b,
      double[] c,
      double[] d,
      double fa,
      double fb,
      double fc,
      double fd,
      int rows) {
    for (int i = 0; i < rows; i++) {
      sums[i] = (((before[i] + a[i] * fa) + b[i] * fb) + c[i] * fc) + d[i] * fd;
    }
  }

  private static void endFour(
      double[] before,
      double[] a,
      double[] b,
      double[] c,
      double[] d,
      double fa,
      double fb,
      double fc,
      double fd,
      int rows,
      double[] squares) {
    for (int i = 0; i < rows; i++) {
      double sum = (((before[i] + a[i] * fa) + b[i] * fb) + c[i] * fc) + d[i] * fd;
      squares[i] += sum * sum;
    }
  }

  private static void endThree(
      double[] before,
      double[] a,
      double[] b,
      double[] c,
      double fa,
      double fb,
      double fc,
      int rows,
      double[] squares) {
    for (int i = 0; i < rows; i++) {
      double sum = ((before[i] + a[i] * fa) + b[i] * fb) + c[i] * fc;
      squares[i] += sum * sum;
    }
  }

  private static void endTwo(
      double[] before, double[] a, double[] b, double fa, double fb, int rows, double[] squares) {
    for (int i = 0; i < rows; i++) {
      double sum = (before[i] + a[i] * fa) + b[i] * fb;
      squares[i] += sum * sum;
    }
  }

  private static void endOne(double[] before, double[] a, double fa, int rows, double[] squares) {
    for (int i = 0; i < rows; i++) {
      double sum = before[i] + a[i] * fa;
      squares[i] += sum * sum;
    }
  }
}
