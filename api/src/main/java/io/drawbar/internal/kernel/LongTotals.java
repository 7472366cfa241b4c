package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.LongColumn;
import io.drawbar.expr.Aggregate;
import io.drawbar.expr.AggregateFunction;
import io.drawbar.expr.EvaluationException;
import io.drawbar.math.KeyedLongSums;
import io.drawbar.type.DataType;
import java.util.List;

/** Sums and averages of LONGs, in 128 bits: only a total that does not fit is an error. */
final class LongTotals implements Accumulator {
  static final List<DataType> STATE = List.of(DataType.LONG, DataType.LONG, DataType.LONG);

  private final Aggregate aggregate;
  private final Counts counts = new Counts();
  private final KeyedLongSums sums = new KeyedLongSums();

  LongTotals(Aggregate aggregate) {
    this.aggregate = aggregate;
  }

  @Override
  public void grow(int groups) {
    counts.grow(groups);
    sums.grow(groups);
  }

  @Override
  public void update(Batch batch, ColumnVector argument, int[] groups) {
    counts.update(batch, argument, groups);
    long[] values = ((LongColumn) argument).values();
    for (int n = 0; n < batch.selected(); n++) {
      int row = batch.row(n);
      if (!argument.isNull(row)) {
        sums.add(groups[n], values[row]);
      }
    }
  }

  @Override
  public void merge(Batch batch, int first, int[] groups) {
    counts.merge(batch, first, groups);
    long[] high = ((LongColumn) batch.column(first + 1)).values();
    long[] low = ((LongColumn) batch.column(first + 2)).values();
    for (int n = 0; n < batch.selected(); n++) {
      int row = batch.row(n);
      sums.addState(groups[n], high[row], low[row]);
    }
  }

  @Override
  public List<ColumnVector> state(int[] groups, int count) {
    long[] high = new long[count];
    long[] low = new long[count];
    for (int i = 0; i < count; i++) {
      high[i] = sums.high(groups[i]);
      low[i] = sums.low(groups[i]);
    }
    return List.of(
        counts.column(groups, count),
        new LongColumn(count, high, null),
        new LongColumn(count, low, null));
  }

  @Override
  public ColumnVector result(int[] groups, int count) {
    boolean average = aggregate.function() == AggregateFunction.AVG;
    ColumnBuilder builder = ColumnBuilder.of(average ? DataType.DOUBLE : DataType.LONG);
    for (int i = 0; i < count; i++) {
      long rows = counts.count(groups[i]);
      if (rows == 0) {
        builder.appendNull();
      } else if (average) {
        builder.appendValue(sums.round(groups[i]) / rows);
      } else {
        builder.appendValue(total(groups[i]));
      }
    }
    return builder.build();
  }

  private long total(int group) {
    try {
      return sums.total(group);
    } catch (ArithmeticException e) {
      throw new EvaluationException(
          "%s: %s; sum a cast to DOUBLE".formatted(aggregate, e.getMessage()));
    }
  }
}
