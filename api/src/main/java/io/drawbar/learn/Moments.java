package io.drawbar.learn;

import io.drawbar.iterate.Partial;
import io.drawbar.math.ExactSums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The upper triangle of {@code Z^T Z}, where a row of Z is features, label and a one: sums of
 * products, sums, and the number of rows, packed by rows. The sums are exact, so that merging has
 * no order.
 *
 * <p>What a block adds is not a rounded raw product, which would lose the digits that centring
 * needs, but the moments about a shift near its rows, taken back to zero in twice the digits of a
 * double: see the package page.
 */
final class Moments implements Partial<Moments> {
  private final int columns;
  private final ExactSums sums;
  private final Defects defects;

  /** The moments of no rows. */
  Moments(int columns) {
    this(columns, new ExactSums(size(columns)), new Defects(columns));
  }

  private Moments(int columns, ExactSums sums, Defects defects) {
    this.columns = columns;
    this.sums = sums;
    this.defects = defects;
  }

  /** How many entries the triangle has, with the column of ones. */
  static int size(int columns) {
    return Math.toIntExact((columns + 1L) * (columns + 2L) / 2);
  }

  /** The number of columns, label included, ones not. */
  int columns() {
    return columns;
  }

  /** What could not be used. */
  Defects defects() {
    return defects;
  }

  /** The number of rows that were used. */
  long rows() {
    return (long) sums.round(sums.size() - 1);
  }

  /** All sums, rounded. */
  double[] rounded() {
    return sums.round();
  }

  /** What {@link #rounded} has lost, rounded again. */
  double[] rest(double[] rounded) {
    ExactSums rest = new ExactSums(sums.size());
    rest.merge(sums);
    double[] negated = new double[rounded.length];
    for (int i = 0; i < negated.length; i++) {
      negated[i] = -rounded[i];
    }
    rest.add(negated);
    return rest.round();
  }

  /** Adds what a block amounts to, as sums of two doubles. */
  void add(double[] high, double[] low) {
    sums.add(high);
    sums.add(low);
  }

  /** Adds what could not be used. */
  void add(Defects found) {
    defects.add(found);
  }

  @Override
  public void merge(Moments other) {
    sums.merge(other.sums);
    defects.add(other.defects);
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    out.writeInt(columns);
    defects.encode(out);
    sums.encode(out);
  }

  /** Reads what {@link #encode} wrote; the size is known, and checked before much is allocated. */
  static Moments decode(DataInput in, int columns) throws IOException {
    int found = in.readInt();
    if (found != columns) {
      throw new IOException("moments: " + found + " columns found, " + columns + " expected");
    }
    Defects defects = Defects.decode(in, columns);
    ExactSums sums = ExactSums.decode(in, size(columns));
    double rows = sums.round(sums.size() - 1);
    if (!(rows >= 0 && rows <= 0x1p53 && rows == Math.rint(rows))) {
      throw new IOException("moments: the number of rows is " + rows);
    }
    return new Moments(columns, sums, defects);
  }
}
