package io.drawbar.learn;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The sums of products of features and label, about their means or about zero, each as the sum of
 * two doubles.
 *
 * <p>They come from exact sums in twice the digits of a double, so that taking {@code s_i s_j / N}
 * from a raw product, which cancels nearly all of it where means are large, costs no digit.
 */
final class GramMatrix {
  /*
   * What is left of a column's squares after centring is zero if it is this share of them: the
   * squares are right to some 2^-103 of themselves, and a column whose spread is 2^-49 of its
   * values varies by eight units in the last place.
   */
  private static final double NOISE = 0x1p-98;

  private final int columns;
  private final double[][] high;
  private final double[][] low;

  /** The means times the number of rows, as two doubles. */
  private final double[] sumHigh;

  private final double[] sumLow;

  /** The number of rows, or the sum of their weights. */
  private final double rows;

  private final double rowsLow;

  private GramMatrix(GramMatrix other) {
    columns = other.columns;
    high = Arrays.stream(other.high).map(double[]::clone).toArray(double[][]::new);
    low = Arrays.stream(other.low).map(double[]::clone).toArray(double[][]::new);
    sumHigh = other.sumHigh;
    sumLow = other.sumLow;
    rows = other.rows;
    rowsLow = other.rowsLow;
  }

  private GramMatrix(Moments moments) {
    columns = moments.columns();
    high = new double[columns][columns];
    low = new double[columns][columns];
    sumHigh = new double[columns];
    sumLow = new double[columns];
    double[] rounded = moments.rounded();
    double[] rest = moments.rest(rounded);
    rows = rounded[rounded.length - 1];
    rowsLow = rest[rest.length - 1];
    int at = 0;
    for (int i = 0; i < columns; i++) {
      for (int j = i; j < columns; j++, at++) {
        set(i, j, rounded[at], rest[at]);
      }
      sumHigh[i] = rounded[at];
      sumLow[i] = rest[at++];
    }
  }

  /** {@code G_ij}; all sums are finite. */
  static GramMatrix raw(Moments moments) {
    return new GramMatrix(moments);
  }

  /** {@code G_ij - s_i s_j / N}; all sums are finite. A constant column is exactly zero. */
  static GramMatrix centred(Moments moments) {
    GramMatrix matrix = new GramMatrix(moments);
    boolean[] constant = new boolean[matrix.columns];
    for (int i = matrix.columns - 1; i >= 0; i--) {
      double square = matrix.at(i, i);
      double mean = matrix.sumHigh[i] / matrix.rows;
      double remainder =
          new DoubledSum()
              .add(matrix.sumHigh[i])
              .addProduct(mean, -matrix.rows)
              .addProduct(mean, -matrix.rowsLow)
              .add(matrix.sumLow[i])
              .high();
      matrix.centre(i, mean, remainder / matrix.rows);
      constant[i] = matrix.at(i, i) <= square * NOISE;
    }
    for (int i = 0; i < matrix.columns; i++) {
      for (int j = i; j < matrix.columns; j++) {
        if (constant[i] || constant[j]) {
          matrix.set(i, j, 0, 0);
        }
      }
    }
    return matrix;
  }

  /**
   * The matrix of the normal equations {@code (C + n l2 D) b = c}, where D is the identity, or, for
   * a penalty on standardised features, holds their variances C_jj / n.
   */
  GramMatrix penalised(double l2, PenaltyScale scale) {
    GramMatrix matrix = new GramMatrix(this);
    for (int i = 0; i < columns - 1; i++) {
      DoubledSum sum = new DoubledSum().add(high[i][i]).add(low[i][i]);
      if (scale == PenaltyScale.STANDARDISED) {
        sum.addProduct(high[i][i], low[i][i], l2);
      } else {
        sum.addProduct(rows, l2);
      }
      // Of a feature of zeros nothing follows: any number makes its coefficient zero.
      matrix.set(i, i, sum.high() == 0 ? 1 : sum.high(), sum.low());
    }
    return matrix;
  }

  /** Centres row i from its diagonal on; the mean is given as two doubles. */
  private void centre(int i, double meanHigh, double meanLow) {
    for (int j = i; j < columns; j++) {
      DoubledSum sum =
          new DoubledSum()
              .add(high[i][j])
              .addProduct(sumHigh[j], sumLow[j], -meanHigh)
              .add(low[i][j])
              .add(-meanLow * sumHigh[j]);
      set(i, j, sum.high(), sum.low());
    }
  }

  private void set(int i, int j, double first, double second) {
    high[i][j] = first;
    high[j][i] = first;
    low[i][j] = second;
    low[j][i] = second;
  }

  /** The number of rows, or the sum of their weights. */
  double rows() {
    return rows;
  }

  /** An entry, rounded. */
  double at(int i, int j) {
    return high[i][j];
  }

  /** The upper triangle of the features, packed by rows, where the last column is a label. */
  double[] features() {
    return triangle(columns - 1);
  }

  /** The upper triangle of the first columns, packed by rows. */
  double[] triangle(int elements) {
    double[] packed = new double[Math.toIntExact((long) elements * (elements + 1) / 2)];
    int at = 0;
    for (int i = 0; i < elements; i++) {
      System.arraycopy(high[i], i, packed, at, elements - i);
      at += elements - i;
    }
    return packed;
  }

  /** What each normal equation is short of: {@code b - C x}. */
  double[] residual(double[] x) {
    double[] residual = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      DoubledSum sum = new DoubledSum();
      add(sum, i, columns - 1, 1.0);
      for (int j = 0; j < x.length; j++) {
        add(sum, i, j, -x[j]);
      }
      residual[i] = sum.high();
    }
    return residual;
  }

  /**
   * What one of the equations of some features is short of, where the others' coefficients are
   * zero: {@code b - C x - ridge x - magnitude}.
   *
   * @param i which of those features
   * @param features their columns
   * @param x their coefficients
   */
  double residual(int i, int[] features, double[] x, double ridge, double magnitude) {
    DoubledSum sum = new DoubledSum();
    add(sum, features[i], columns - 1, 1.0);
    for (int j = 0; j < x.length; j++) {
      if (x[j] != 0) {
        add(sum, features[i], features[j], -x[j]);
      }
    }
    return sum.addProduct(ridge, -x[i]).add(-magnitude).high();
  }

  /** The sum of squared residuals of the rows, {@code C_yy - x b - x (b - C x)}; not negative. */
  double squaredError(double[] x) {
    int label = columns - 1;
    int[] features = IntStream.range(0, x.length).filter(j -> x[j] != 0).toArray();
    double[] some = Arrays.stream(features).mapToDouble(j -> x[j]).toArray();
    DoubledSum sum = new DoubledSum();
    add(sum, label, label, 1.0);
    for (int i = 0; i < some.length; i++) {
      add(sum, features[i], label, -some[i]);
      sum.addProduct(-some[i], residual(i, features, some, 0, 0));
    }
    return Math.max(0.0, sum.high());
  }

  /** The mean of a column, to its last digit. */
  double mean(int column) {
    DoubledSum sum = new DoubledSum().addProduct(sumHigh[column], sumLow[column], 1.0);
    double mean = sum.high() / rows;
    return mean + sum.addProduct(mean, -rows).addProduct(mean, -rowsLow).high() / rows;
  }

  /** The mean of the label less the means of the features times coefficients. */
  double intercept(double[] x) {
    int label = columns - 1;
    DoubledSum sum = new DoubledSum().addProduct(sumHigh[label], sumLow[label], 1.0);
    for (int j = 0; j < x.length; j++) {
      sum.addProduct(sumHigh[j], sumLow[j], -x[j]);
    }
    // One more digit than sum / rows: a constant label is its own intercept.
    double mean = sum.high() / rows;
    double remainder = sum.addProduct(mean, -rows).addProduct(mean, -rowsLow).high();
    return mean + remainder / rows;
  }

  private void add(DoubledSum sum, int i, int j, double factor) {
    sum.addProduct(high[i][j], low[i][j], factor);
  }
}
