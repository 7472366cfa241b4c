package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.VectorColumn;
import java.util.Arrays;

/** Copies the rows of a batch that count, into arrays of just their length. */
final class BatchCopy {
  private BatchCopy() {}

  static Batch of(Batch batch) {
    int count = batch.selected();
    ColumnVector[] columns = batch.columns();
    for (int c = 0; c < columns.length; c++) {
      columns[c] = copy(columns[c], batch.selection(), count);
    }
    return Batch.of(batch.schema(), count, columns);
  }

  private static ColumnVector copy(ColumnVector column, int[] selection, int count) {
    if (column instanceof DoubleColumn doubles) {
      boolean[] nulls = copy(column.nulls(), selection, count);
      return new DoubleColumn(count, copy(doubles.values(), selection, count), nulls);
    }
    if (column instanceof LongColumn longs) {
      boolean[] nulls = copy(column.nulls(), selection, count);
      return new LongColumn(count, copy(longs.values(), selection, count), nulls);
    }
    if (column instanceof BooleanColumn flags) {
      boolean[] nulls = copy(column.nulls(), selection, count);
      return new BooleanColumn(count, copy(flags.values(), selection, count), nulls);
    }
    if (column instanceof VectorColumn dense) {
      double[][] elements = new double[dense.elements().length][];
      for (int j = 0; j < elements.length; j++) {
        elements[j] = copy(dense.elements()[j], selection, count);
      }
      return new VectorColumn(count, elements, copy(column.nulls(), selection, count));
    }
    ColumnBuilder builder = ColumnBuilder.of(column.type());
    builder.appendAll(column, selection, count);
    return builder.build();
  }

  private static double[] copy(double[] values, int[] selection, int count) {
    if (selection == null) {
      return Arrays.copyOf(values, count);
    }
    double[] some = new double[count];
    for (int n = 0; n < count; n++) {
      some[n] = values[selection[n]];
    }
    return some;
  }

  private static long[] copy(long[] values, int[] selection, int count) {
    if (selection == null) {
      return Arrays.copyOf(values, count);
    }
    long[] some = new long[count];
    for (int n = 0; n < count; n++) {
      some[n] = values[selection[n]];
    }
    return some;
  }

  /** Also of nulls, of which there may be none. */
  private static boolean[] copy(boolean[] values, int[] selection, int count) {
    if (values == null || selection == null) {
      return values == null ? null : Arrays.copyOf(values, count);
    }
    boolean[] some = new boolean[count];
    for (int n = 0; n < count; n++) {
      some[n] = values[selection[n]];
    }
    return some;
  }
}
