package io.drawbar.feature;

import io.drawbar.iterate.Partial;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The least and the greatest of whole numbers, and how many were missing. */
final class IndexRange implements Partial<IndexRange> {
  private long least = Long.MAX_VALUE;
  private long greatest = Long.MIN_VALUE;
  private long nulls;

  void add(long index) {
    least = Math.min(least, index);
    greatest = Math.max(greatest, index);
  }

  void addNull() {
    nulls++;
  }

  /** Whether no number was there. */
  boolean isEmpty() {
    return least > greatest;
  }

  long least() {
    return least;
  }

  long greatest() {
    return greatest;
  }

  long nulls() {
    return nulls;
  }

  @Override
  public void merge(IndexRange other) {
    least = Math.min(least, other.least);
    greatest = Math.max(greatest, other.greatest);
    nulls += other.nulls;
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    out.writeLong(least);
    out.writeLong(greatest);
    out.writeLong(nulls);
  }

  static IndexRange decode(DataInput in) throws IOException {
    IndexRange range = new IndexRange();
    range.least = in.readLong();
    range.greatest = in.readLong();
    range.nulls = in.readLong();
    if (range.nulls < 0) {
      throw new IOException("range of indices with %s nulls".formatted(range.nulls));
    }
    return range;
  }
}
