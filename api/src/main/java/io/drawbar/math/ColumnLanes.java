package io.drawbar.math;

import java.util.Arrays;
import java.util.Objects;

/**
 * Sums of a block's columns, each row times a factor of its own, {@code sum_i f_i x_ij}: what a
 * gradient is made of.
 *
 * <p>The law is that of {@link Dot}, along the rows: row {@code i} of a block goes to lane {@code i
 * mod 8} of each column, in order, and the lanes are added at the end. Lanes are carried from call
 * to call, so that a block may come in tiles that stay in the second-level cache between the pass
 * that makes the factors and this one; where it is cut changes no bit. Sparse rows give the bits of
 * dense ones as long as factors are finite: an element that is not stored would add a zero.
 */
public final class ColumnLanes {
  private static final int MASK = Dot.LANES - 1;

  private final int columns;

  /** Lane l of column j is at 8 j + l. */
  private final double[] sums;

  private final double[] lanes = new double[Dot.LANES];
  private int phase;

  /** Empty sums of so many columns. */
  public ColumnLanes(int columns) {
    this.columns = columns;
    sums = new double[Math.multiplyExact(columns, Dot.LANES)];
  }

  /**
   * Adds the block's next rows.
   *
   * @param values one array a column
   * @param factors one a row, with the indices of the columns
   * @param from the first row
   * @param to the one after the last
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public void add(double[][] values, double[] factors, int from, int to) {
    Objects.checkIndex(columns - 1, values.length);
    Objects.checkFromToIndex(from, to, factors.length);
    for (int j = 0; j < columns; j++) {
      System.arraycopy(sums, j * Dot.LANES, lanes, 0, Dot.LANES);
      Dot.accumulate(values[j], factors, from, to, lanes, phase);
      System.arraycopy(lanes, 0, sums, j * Dot.LANES, Dot.LANES);
    }
    phase = phase + (to - from) & MASK;
  }

  /**
   * Adds the block's next row, of which only some elements are stored.
   *
   * @param indices of those, each less than the number of columns
   * @param values of those
   * @param from the first of both
   * @param to the one after the last
   * @param factor of the row
   */
  public void addRow(int[] indices, double[] values, int from, int to, double factor) {
    for (int k = from; k < to; k++) {
      sums[indices[k] * Dot.LANES + phase] += values[k] * factor;
    }
    phase = phase + 1 & MASK;
  }

  /** The sum of a column so far, which begins anew; rows go on to be counted. */
  public double take(int column) {
    Objects.checkIndex(column, columns);
    System.arraycopy(sums, column * Dot.LANES, lanes, 0, Dot.LANES);
    Arrays.fill(sums, column * Dot.LANES, (column + 1) * Dot.LANES, 0.0);
    return Dot.combine(lanes);
  }

  /**
   * Writes the sums of the block and begins the next one.
   *
   * @param into gets one number a column
   * @param at where the first of them goes
   */
  public void finish(double[] into, int at) {
    Objects.checkFromIndexSize(at, columns, into.length);
    for (int j = 0; j < columns; j++) {
      System.arraycopy(sums, j * Dot.LANES, lanes, 0, Dot.LANES);
      into[at + j] = Dot.combine(lanes);
    }
    Arrays.fill(sums, 0.0);
    phase = 0;
  }
}
