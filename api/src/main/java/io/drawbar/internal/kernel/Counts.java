package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.LongColumn;
import java.util.Arrays;
import java.util.List;

/** Counts rows, or values that are not null. */
final class Counts implements Accumulator {
  private long[] counts = new long[0];

  @Override
  public void grow(int groups) {
    if (counts.length < groups) {
      counts = Arrays.copyOf(counts, Math.max(groups, counts.length * 2));
    }
  }

  @Override
  public void update(Batch batch, ColumnVector argument, int[] groups) {
    boolean[] nulls = argument == null ? null : argument.nulls();
    int count = batch.selected();
    for (int n = 0; n < count; n++) {
      if (nulls == null || !nulls[batch.row(n)]) {
        counts[groups[n]]++;
      }
    }
  }

  @Override
  public void merge(Batch batch, int first, int[] groups) {
    long[] more = ((LongColumn) batch.column(first)).values();
    for (int n = 0; n < batch.selected(); n++) {
      counts[groups[n]] += more[batch.row(n)];
    }
  }

  long count(int group) {
    return counts[group];
  }

  LongColumn column(int[] groups, int count) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = counts[groups[i]];
    }
    return new LongColumn(count, values, null);
  }

  @Override
  public List<ColumnVector> state(int[] groups, int count) {
    return List.of(column(groups, count));
  }

  @Override
  public ColumnVector result(int[] groups, int count) {
    return column(groups, count);
  }
}
