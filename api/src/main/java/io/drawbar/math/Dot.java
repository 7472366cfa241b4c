package io.drawbar.math;

import java.util.Arrays;
import java.util.Objects;

/**
 * Dot products with one fixed order of additions, for one row, for a block of rows and for columns.
 *
 * <p>The law: element {@code i} is multiplied and added, in order, to lane {@code i mod 8}; each of
 * the eight lanes starts at +0.0; at the end the lanes are added as {@code ((0+4)+(2+6)) +
 * ((1+5)+(3+7))}. Every product and every addition is rounded to double; there is no fused
 * multiply-add. A NaN result is the canonical NaN, since processors differ in its sign and payload.
 *
 * <p>Eight lanes are what two 4-wide or one 8-wide vector unit can fill, and they also divide the
 * error bound of a plain loop by eight (P. Blanchard, N. J. Higham, T. Mary, "A Class of Fast and
 * Accurate Summation Algorithms", 2020).
 */
public final class Dot {

  /** The number of lanes; a power of two. */
  static final int LANES = 8;

  /** Rows whose lanes stay in the first-level cache. */
  private static final int CHUNK = 512;

  /** Below this many rows, the set-up of loops across rows costs more than it saves. */
  private static final int FEW_ROWS = 8;

  private static final double[][] NO_SCRATCH = {};

  private Dot() {}

  /**
   * The dot product of the first {@code length} elements of two arrays.
   *
   * @throws IndexOutOfBoundsException if an array is shorter
   */
  public static double dot(double[] a, double[] b, int length) {
    Objects.checkFromToIndex(0, length, Math.min(a.length, b.length));
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int i = 0;
    for (; i < length - 7; i += LANES) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
      s4 += a[i + 4] * b[i + 4];
      s5 += a[i + 5] * b[i + 5];
      s6 += a[i + 6] * b[i + 6];
      s7 += a[i + 7] * b[i + 7];
    }
    // What is left starts at lane 0 again, at most seven elements.
    if (i < length) {
      s0 += a[i] * b[i];
    }
    if (i + 1 < length) {
      s1 += a[i + 1] * b[i + 1];
    }
    if (i + 2 < length) {
      s2 += a[i + 2] * b[i + 2];
    }
    if (i + 3 < length) {
      s3 += a[i + 3] * b[i + 3];
    }
    if (i + 4 < length) {
      s4 += a[i + 4] * b[i + 4];
    }
    if (i + 5 < length) {
      s5 += a[i + 5] * b[i + 5];
    }
    if (i + 6 < length) {
      s6 += a[i + 6] * b[i + 6];
    }
    return combine(s0, s1, s2, s3, s4, s5, s6, s7);
  }

  /**
   * The dot product of weights with each row of a block given as columns: {@code out[row]} for the
   * rows {@code from} (inclusive) to {@code to} (exclusive) has the bits of {@link #dot} over that
   * row's elements, so that a row scores the same alone and in a block.
   *
   * @param columns one array a column, each with at least {@code to} elements
   * @param weights one weight a column
   * @param out at least {@code to} elements; only the given rows are written; none of the columns
   * @throws IllegalArgumentException if there are not as many weights as columns
   * @throws IndexOutOfBoundsException if an array is too short for the rows
   */
  public static void margins(double[][] columns, double[] weights, int from, int to, double[] out) {
    // Scratch is indexed by row like everything else: an offset would stop vectorisation.
    double[][] scratch = to - from < FEW_ROWS ? NO_SCRATCH : new double[3][to];
    margins(columns, weights, from, to, out, scratch);
  }

  /**
   * The same for callers that have many blocks.
   *
   * @param scratch three arrays of at least {@code to} elements, overwritten
   */
  public static void margins(
      double[][] columns, double[] weights, int from, int to, double[] out, double[][] scratch) {
    if (weights.length != columns.length) {
      throw new IllegalArgumentException(
          weights.length + " weights for " + columns.length + " columns");
    }
    Objects.checkFromToIndex(from, to, out.length);
    for (double[] column : columns) {
      Objects.checkFromToIndex(from, to, column.length);
    }
    if (to - from < FEW_ROWS) {
      marginsByRow(columns, weights, from, to, out);
      return;
    }
    for (int start = from; start < to; ) {
      int end = Math.min(to - start, CHUNK) + start;
      if (columns.length <= NarrowDot.MOST) {
        NarrowDot.margins(columns, weights, start, end, out, scratch);
      } else {
        marginsByLane(columns, weights, start, end, out, scratch);
      }
      canonicalise(out, start, end);
      start = end;
    }
  }

  private static void marginsByLane(
      double[][] columns, double[] weights, int from, int to, double[] out, double[][] scratch) {
    double[] first = scratch[0];
    double[] second = scratch[1];
    double[] third = scratch[2];
    lane(columns, weights, 0, from, to, out);
    lane(columns, weights, 4, from, to, first);
    addTo(out, first, from, to);
    lane(columns, weights, 2, from, to, first);
    lane(columns, weights, 6, from, to, second);
    addTo(first, second, from, to);
    addTo(out, first, from, to);
    lane(columns, weights, 1, from, to, first);
    lane(columns, weights, 5, from, to, second);
    addTo(first, second, from, to);
    lane(columns, weights, 3, from, to, second);
    lane(columns, weights, 7, from, to, third);
    addTo(second, third, from, to);
    addTo(first, second, from, to);
    addTo(out, first, from, to);
  }

  private static void marginsByRow(
      double[][] columns, double[] weights, int from, int to, double[] out) {
    for (int row = from; row < to; row++) {
      out[row] = dot(columns, row, weights);
    }
  }

  /** As {@link #dot}, of a row given as columns. */
  private static double dot(double[][] columns, int row, double[] weights) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int j = 0;
    for (; j < columns.length - 7; j += LANES) {
      s0 += columns[j][row] * weights[j];
      s1 += columns[j + 1][row] * weights[j + 1];
      s2 += columns[j + 2][row] * weights[j + 2];
      s3 += columns[j + 3][row] * weights[j + 3];
      s4 += columns[j + 4][row] * weights[j + 4];
      s5 += columns[j + 5][row] * weights[j + 5];
      s6 += columns[j + 6][row] * weights[j + 6];
      s7 += columns[j + 7][row] * weights[j + 7];
    }
    if (j < columns.length) {
      s0 += columns[j][row] * weights[j];
    }
    if (j + 1 < columns.length) {
      s1 += columns[j + 1][row] * weights[j + 1];
    }
    if (j + 2 < columns.length) {
      s2 += columns[j + 2][row] * weights[j + 2];
    }
    if (j + 3 < columns.length) {
      s3 += columns[j + 3][row] * weights[j + 3];
    }
    if (j + 4 < columns.length) {
      s4 += columns[j + 4][row] * weights[j + 4];
    }
    if (j + 5 < columns.length) {
      s5 += columns[j + 5][row] * weights[j + 5];
    }
    if (j + 6 < columns.length) {
      s6 += columns[j + 6][row] * weights[j + 6];
    }
    return combine(s0, s1, s2, s3, s4, s5, s6, s7);
  }

  /** One lane of all rows; four columns a pass, so that the sums are read and written less. */
  private static void lane(
      double[][] columns, double[] weights, int lane, int from, int to, double[] sums) {
    int j = lane;
    if (j < columns.length - 3 * LANES) {
      startFour(
          sums,
          columns[j],
          columns[j + LANES],
          columns[j + 2 * LANES],
          columns[j + 3 * LANES],
          weights[j],
          weights[j + LANES],
          weights[j + 2 * LANES],
          weights[j + 3 * LANES],
          from,
          to);
      j += 4 * LANES;
    } else {
      Arrays.fill(sums, from, to, 0.0);
    }
    for (; j < columns.length - 3 * LANES; j += 4 * LANES) {
      int k = j + LANES;
      int l = k + LANES;
      int m = l + LANES;
      addFour(
          sums,
          columns[j],
          columns[k],
          columns[l],
          columns[m],
          weights[j],
          weights[k],
          weights[l],
          weights[m],
          from,
          to);
    }
    if (j < columns.length - LANES) {
      int k = j + LANES;
      addTwo(sums, columns[j], columns[k], weights[j], weights[k], from, to);
      j = k + LANES;
    }
    if (j < columns.length) {
      addOne(sums, columns[j], weights[j], from, to);
    }
  }

  /** As {@link #addFour} to zeros. */
  private static void startFour(
      double[] sums,
      double[] a,
      double[] b,
      double[] c,
      double[] d,
      double wa,
      double wb,
      double wc,
      double wd,
      int from,
      int to) {
    for (int row = from; row < to; row++) {
      sums[row] = (((0.0 + a[row] * wa) + b[row] * wb) + c[row] * wc) + d[row] * wd;
    }
  }

  private static void addFour(
      double[] sums,
      double[] a,
      double[] b,
      double[] c,
      double[] d,
      double wa,
      double wb,
      double wc,
      double wd,
      int from,
      int to) {
    for (int row = from; row < to; row++) {
      sums[row] = (((sums[row] + a[row] * wa) + b[row] * wb) + c[row] * wc) + d[row] * wd;
    }
  }

  private static void addTwo(
      double[] sums, double[] a, double[] b, double wa, double wb, int from, int to) {
    for (int row = from; row < to; row++) {
      sums[row] = (sums[row] + a[row] * wa) + b[row] * wb;
    }
  }

  private static void addOne(double[] sums, double[] a, double weight, int from, int to) {
    for (int row = from; row < to; row++) {
      sums[row] += a[row] * weight;
    }
  }

  private static void addTo(double[] sums, double[] others, int from, int to) {
    for (int row = from; row < to; row++) {
      sums[row] += others[row];
    }
  }

  private static void canonicalise(double[] values, int from, int to) {
    for (int row = from; row < to; row++) {
      if (values[row] != values[row]) {
        values[row] = Double.NaN;
      }
    }
  }

  /**
   * Adds the products of pairs {@code from} to {@code to} to lanes that are carried: pair {@code
   * from + i} goes to lane {@code (phase + i) mod 8}.
   */
  static void accumulate(double[] a, double[] b, int from, int to, double[] lanes, int phase) {
    int mask = LANES - 1;
    double s0 = lanes[phase & mask];
    double s1 = lanes[phase + 1 & mask];
    double s2 = lanes[phase + 2 & mask];
    double s3 = lanes[phase + 3 & mask];
    double s4 = lanes[phase + 4 & mask];
    double s5 = lanes[phase + 5 & mask];
    double s6 = lanes[phase + 6 & mask];
    double s7 = lanes[phase + 7 & mask];
    int i = from;
    for (; i < to - 7; i += LANES) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
      s4 += a[i + 4] * b[i + 4];
      s5 += a[i + 5] * b[i + 5];
      s6 += a[i + 6] * b[i + 6];
      s7 += a[i + 7] * b[i + 7];
    }
    lanes[phase & mask] = s0;
    lanes[phase + 1 & mask] = s1;
    lanes[phase + 2 & mask] = s2;
    lanes[phase + 3 & mask] = s3;
    lanes[phase + 4 & mask] = s4;
    lanes[phase + 5 & mask] = s5;
    lanes[phase + 6 & mask] = s6;
    lanes[phase + 7 & mask] = s7;
    for (; i < to; i++) {
      lanes[phase + (i - from) & mask] += a[i] * b[i];
    }
  }

  /** The eight lanes as one number, in the order of the law. */
  static double combine(double[] lanes) {
    return combine(lanes[0], lanes[1], lanes[2], lanes[3], lanes[4], lanes[5], lanes[6], lanes[7]);
  }

  static double combine(
      double s0, double s1, double s2, double s3, double s4, double s5, double s6, double s7) {
    double sum = ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
    return sum != sum ? Double.NaN : sum;
  }
}
