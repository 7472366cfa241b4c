package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.math.KeyedExactSums;
import io.drawbar.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * Sums and averages of DOUBLEs: the exact sum, rounded once, whatever the order. The state of a
 * group is its count, an expansion of three doubles, and, where those do not hold it, a rest as
 * bytes.
 */
final class DoubleTotals implements Accumulator {
  static final List<DataType> STATE =
      List.of(DataType.LONG, DataType.DOUBLE, DataType.DOUBLE, DataType.DOUBLE, DataType.STRING);

  private final boolean average;
  private final Counts counts = new Counts();
  private final KeyedExactSums sums = new KeyedExactSums();

  DoubleTotals(boolean average) {
    this.average = average;
  }

  @Override
  public void grow(int groups) {
    counts.grow(groups);
    sums.grow(groups);
  }

  @Override
  public void update(Batch batch, ColumnVector argument, int[] groups) {
    counts.update(batch, argument, groups);
    double[] values = ((DoubleColumn) argument).values();
    if (argument.nulls() == null) {
      sums.addEach(groups, values, batch.selection(), batch.selected());
      return;
    }
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
    double[] high = ((DoubleColumn) batch.column(first + 1)).values();
    double[] middle = ((DoubleColumn) batch.column(first + 2)).values();
    double[] low = ((DoubleColumn) batch.column(first + 3)).values();
    StringColumn rests = (StringColumn) batch.column(first + 4);
    for (int n = 0; n < batch.selected(); n++) {
      int row = batch.row(n);
      byte[] rest =
          rests.isNull(row)
              ? null
              : Arrays.copyOfRange(rests.bytes(), rests.starts()[row], rests.ends()[row]);
      sums.addState(groups[n], high[row], middle[row], low[row], rest);
    }
  }

  @Override
  public List<ColumnVector> state(int[] groups, int count) {
    double[][] expansion = new double[3][count];
    RestColumn rests = new RestColumn(count);
    for (int i = 0; i < count; i++) {
      int group = groups[i];
      expansion[0][i] = sums.high(group);
      expansion[1][i] = sums.middle(group);
      expansion[2][i] = sums.low(group);
      rests.put(i, sums.rest(group));
    }
    return List.of(
        counts.column(groups, count),
        new DoubleColumn(count, expansion[0], null),
        new DoubleColumn(count, expansion[1], null),
        new DoubleColumn(count, expansion[2], null),
        rests.column());
  }

  @Override
  public ColumnVector result(int[] groups, int count) {
    ColumnBuilder builder = ColumnBuilder.of(DataType.DOUBLE);
    for (int i = 0; i < count; i++) {
      long rows = counts.count(groups[i]);
      if (rows == 0) {
        builder.appendNull();
      } else {
        double sum = sums.round(groups[i]);
        builder.appendValue(average ? sum / rows : sum);
      }
    }
    return builder.build();
  }

  /** Byte strings, nearly all of them absent. */
  private static final class RestColumn {
    private final int count;
    private final int[] starts;
    private final int[] ends;
    private final boolean[] nulls;
    private byte[] bytes = new byte[0];
    private int used;

    RestColumn(int count) {
      this.count = count;
      starts = new int[count];
      ends = new int[count];
      nulls = new boolean[count];
    }

    void put(int row, byte[] rest) {
      nulls[row] = rest == null;
      if (rest != null) {
        if (bytes.length - used < rest.length) {
          bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, used + rest.length));
        }
        System.arraycopy(rest, 0, bytes, used, rest.length);
        starts[row] = used;
        used += rest.length;
        ends[row] = used;
      }
    }

    StringColumn column() {
      return new StringColumn(count, bytes, starts, ends, nulls);
    }
  }
}
