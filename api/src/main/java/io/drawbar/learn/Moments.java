package io.drawbar.learn;

import io.drawbar.iterate.Partial;
import io.drawbar.math.ExactSums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The upper triangle of {@code Z^T Z}, where a row of Z is features, label and a one: sums of
 * products, sums, and the number of rows, packed by rows. The sums are exact, so that merging has
 * no order. Where rows have weights all are sums of weighted rows, and the last is that of the
 * weights.
 *
 * <p>What a block adds is not a rounded raw product, which would lose the digits that centring
 * needs, but the moments about a shift near its rows, taken back to zero in twice the digits of a
 * double: see the package page.
 */
final class Moments implements Partial<Moments> {
  private final int columns;
  private final ExactSums sums;
  private final Defects defects;
  private long rows;
  private long badWeights;

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
    return rows;
  }

  /** The sum of their weights: their number, where they have none. */
  double weight() {
    return sums.round(sums.size() - 1);
  }

  /** How many rows could not be used for their weight alone. */
  long badWeights() {
    return badWeights;
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

  /** Counts rows that were used, and those with a weight that cannot be. */
  void count(long used, long withBadWeights) {
    rows += used;
    badWeights += withBadWeights;
  }

  /** Adds what could not be used. */
  void add(Defects found) {
    defects.add(found);
  }

  @Override
  public void merge(Moments other) {
    sums.merge(other.sums);
    count(other.rows, other.badWeights);
    defects.add(other.defects);
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    out.writeInt(columns);
    out.writeLong(rows);
    out.writeLong(badWeights);
    defects.encode(out);
    sums.encode(out);
  }

  /** Reads what {@link #encode} wrote; the size is known, and checked before much is allocated. */
  static Moments decode(DataInput in, int columns) throws IOException {
    int found = in.readInt();
    if (found != columns) {
      throw new IOException("moments: " + found + " columns found, " + columns + " expected");
    }
    long rows = in.readLong();
    long badWeights = in.readLong();
    if (rows < 0 || badWeights < 0) {
      throw new IOException("moments: %s rows, %s bad weights".formatted(rows, badWeights));
    }
    Defects defects = Defects.decode(in, columns);
    Moments moments = new Moments(columns, ExactSums.decode(in, size(columns)), defects);
    moments.count(rows, badWeights);
    if (!(moments.weight() >= 0)) {
      throw new IOException("moments: the rows weigh " + moments.weight());
    }
    return moments;
  }
}
