package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.text.Utf8;
import io.drawbar.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * Least or greatest values by {@link ColumnOrder}; -0.0 comes out as 0.0, NaN as the canonical one.
 */
final class Extremes implements Accumulator {
  /** What an array takes beside its bytes. */
  private static final int ARRAY_BYTES = 16;

  private final DataType type;
  private final boolean greatest;
  private boolean[] present = new boolean[0];
  private long[] longs = new long[0];
  private double[] doubles = new double[0];
  private byte[][] strings = new byte[0][];
  private long textBytes;

  Extremes(DataType type, boolean greatest) {
    this.type = type;
    this.greatest = greatest;
  }

  @Override
  public void grow(int groups) {
    if (present.length >= groups) {
      return;
    }
    int size = Math.max(groups, present.length * 2);
    present = Arrays.copyOf(present, size);
    if (type == DataType.STRING) {
      strings = Arrays.copyOf(strings, size);
    } else if (type == DataType.DOUBLE) {
      doubles = Arrays.copyOf(doubles, size);
    } else {
      longs = Arrays.copyOf(longs, size);
    }
  }

  @Override
  public void update(Batch batch, ColumnVector argument, int[] groups) {
    for (int n = 0; n < batch.selected(); n++) {
      int row = batch.row(n);
      if (!argument.isNull(row)) {
        offer(groups[n], argument, row);
        present[groups[n]] = true;
      }
    }
  }

  private void offer(int group, ColumnVector column, int row) {
    if (column instanceof StringColumn text) {
      offer(group, text, row);
    } else if (column instanceof DoubleColumn numbers) {
      double value = numbers.values()[row] + 0.0;
      if (!present[group] || better(ColumnOrder.compare(value, doubles[group]))) {
        doubles[group] = value;
      }
    } else {
      long value =
          column instanceof LongColumn whole
              ? whole.values()[row]
              : ((BooleanColumn) column).values()[row] ? 1 : 0;
      if (!present[group] || better(Long.compare(value, longs[group]))) {
        longs[group] = value;
      }
    }
  }

  private void offer(int group, StringColumn text, int row) {
    int from = text.starts()[row];
    int to = text.ends()[row];
    byte[] held = strings[group];
    if (held == null || better(Utf8.compare(text.bytes(), from, to, held, 0, held.length))) {
      textBytes += to - from - (held == null ? -ARRAY_BYTES : held.length);
      strings[group] = Arrays.copyOfRange(text.bytes(), from, to);
    }
  }

  @Override
  public long textBytes() {
    return textBytes;
  }

  private boolean better(int order) {
    return greatest ? order > 0 : order < 0;
  }

  @Override
  public void merge(Batch batch, int first, int[] groups) {
    update(batch, batch.column(first), groups);
  }

  @Override
  public List<ColumnVector> state(int[] groups, int count) {
    return List.of(result(groups, count));
  }

  @Override
  public ColumnVector result(int[] groups, int count) {
    ColumnBuilder builder = ColumnBuilder.of(type);
    for (int i = 0; i < count; i++) {
      int group = groups[i];
      if (!present[group]) {
        builder.appendNull();
      } else if (type == DataType.STRING) {
        byte[] text = strings[group];
        int[] start = {0};
        int[] end = {text.length};
        builder.append(new StringColumn(1, text, start, end, null), 0);
      } else if (type == DataType.DOUBLE) {
        builder.appendValue(doubles[group]);
      } else if (type == DataType.LONG) {
        builder.appendValue(longs[group]);
      } else {
        builder.appendValue(longs[group] != 0);
      }
    }
    return builder.build();
  }
}
