package io.drawbar.feature;

import io.drawbar.iterate.Partial;
import io.drawbar.math.ExactSums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Exact sums of the values of some columns that are there, and how many those are. */
final class Means implements Partial<Means> {
  /** Enough that the one rounding to a double is all that is seen. */
  private static final MathContext DIGITS = new MathContext(50, RoundingMode.HALF_EVEN);

  private final ExactSums sums;
  private final long[] counts;

  Means(int columns) {
    this(new ExactSums(columns));
  }

  private Means(ExactSums sums) {
    this.sums = sums;
    counts = new long[sums.size()];
  }

  void add(int column, double value) {
    counts[column]++;
    sums.add(column, value);
  }

  void add(int column, long value) {
    counts[column]++;
    // Both halves are doubles, to the digit.
    sums.add(column, (double) (value >> 32) * 0x1p32);
    sums.add(column, (double) (value & 0xFFFF_FFFFL));
  }

  long count(int column) {
    return counts[column];
  }

  /** Whether all values of a column were finite. */
  boolean isFinite(int column) {
    try {
      sums.exact(column);
      return true;
    } catch (ArithmeticException e) {
      return false;
    }
  }

  /** The mean of a column that has values, and finite ones; never -0.0. */
  double mean(int column) {
    BigDecimal count = BigDecimal.valueOf(counts[column]);
    return sums.exact(column).divide(count, DIGITS).doubleValue() + 0.0;
  }

  @Override
  public void merge(Means other) {
    sums.merge(other.sums);
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    sums.encode(out);
    for (long count : counts) {
      out.writeLong(count);
    }
  }

  static Means decode(DataInput in, int columns) throws IOException {
    Means means = new Means(ExactSums.decode(in, columns));
    for (int i = 0; i < columns; i++) {
      means.counts[i] = in.readLong();
      if (means.counts[i] < 0) {
        throw new IOException("a mean of %s values".formatted(means.counts[i]));
      }
    }
    return means;
  }
}
