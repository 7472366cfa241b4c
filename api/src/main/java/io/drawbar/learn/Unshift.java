package io.drawbar.learn;

/**
 * Takes moments about a shift back to moments about zero: {@code sum (e_i + c_i) (e_j + c_j) = M_ij
 * + c_i (D_j + n c_j) + D_i c_j}, each as the sum of two doubles.
 *
 * <p>The result has an error of some 2^-103 of {@code n c_i c_j}. What centring leaves of it is, in
 * units of the spread s of the data, (c/s)^2 2^-103, always less than what half a unit in the last
 * place of the data itself makes, (c/s) 2^-54. The terms could be added as exact products too; it
 * costs ten times as much, because sums of 200 digits do not fit the three doubles of an exact sum.
 */
final class Unshift {
  private final int columns;
  private final double[] shift;
  private final double[] deviations;
  private final double[] sumHigh;
  private final double[] sumLow;
  private final double[] rowHigh;
  private final double[] rowLow;
  private final double[] high;
  private final double[] low;

  Unshift(int columns) {
    this.columns = columns;
    shift = new double[columns + 1];
    deviations = new double[columns + 1];
    sumHigh = new double[columns + 1];
    sumLow = new double[columns + 1];
    rowHigh = new double[columns + 1];
    rowLow = new double[columns + 1];
    high = new double[Moments.size(columns)];
    low = new double[Moments.size(columns)];
  }

  /**
   * Takes moments back to zero.
   *
   * @param center the shift c of each column; the ones have none
   * @param packed the triangle of shifted columns and ones: M, D, and n
   */
  void compute(double[] center, double[] packed) {
    sums(center, packed);
    int at = 0;
    for (int i = 0; i <= columns; i++) {
      int length = columns + 1 - i;
      // All arrays of the inner loop share one index: that of the column.
      System.arraycopy(packed, at, rowHigh, i, length);
      row(shift[i], deviations[i], i);
      System.arraycopy(rowHigh, i, high, at, length);
      System.arraycopy(rowLow, i, low, at, length);
      at += length;
    }
  }

  /** Adds what was computed last. */
  void addTo(Moments moments) {
    moments.add(high, low);
  }

  /** D_j, and {@code D_j + n c_j} as two doubles. */
  private void sums(double[] center, double[] packed) {
    System.arraycopy(center, 0, shift, 0, columns);
    int at = -1;
    for (int i = 0; i <= columns; i++) {
      at += columns + 1 - i;
      deviations[i] = packed[at];
    }
    double n = deviations[columns];
    for (int i = 0; i <= columns; i++) {
      DoubledSum sum = new DoubledSum().addProduct(n, shift[i]).add(deviations[i]);
      sumHigh[i] = sum.high();
      sumLow[i] = sum.low();
    }
  }

  private void row(double c, double deviation, int from) {
    for (int j = from; j <= columns; j++) {
      double moment = rowHigh[j];
      double a = c * sumHigh[j];
      double b = deviation * shift[j];
      double ab = a + b;
      double high = ab + moment;
      double rest =
          ((DoubledSum.productError(c, sumHigh[j], a)
                      + DoubledSum.productError(deviation, shift[j], b))
                  + c * sumLow[j])
              + (DoubledSum.sumError(a, b, ab) + DoubledSum.sumError(ab, moment, high));
      double sum = high + rest;
      rowHigh[j] = sum;
      rowLow[j] = DoubledSum.sumError(high, rest, sum);
    }
  }
}
