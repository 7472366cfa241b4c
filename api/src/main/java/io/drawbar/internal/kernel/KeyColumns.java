package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import java.util.Arrays;

/** The columns of a batch that rows are matched by. */
final class KeyColumns {
  private KeyColumns() {}

  static ColumnVector[] of(Batch batch, int[] keys) {
    return Arrays.stream(keys).mapToObj(batch::column).toArray(ColumnVector[]::new);
  }

  /** As keys, -0.0 is 0.0 and there is one NaN. */
  static ColumnVector canonical(ColumnVector key) {
    if (!(key instanceof DoubleColumn doubles)) {
      return key;
    }
    double[] values = new double[doubles.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Double.longBitsToDouble(Double.doubleToLongBits(doubles.values()[i] + 0.0));
    }
    return new DoubleColumn(values.length, values, doubles.nulls());
  }

  /** A batch whose keys are {@link #canonical(ColumnVector) canonical}. */
  static Batch canonical(Batch batch, int[] keys) {
    if (Arrays.stream(keys).noneMatch(k -> batch.column(k) instanceof DoubleColumn)) {
      return batch;
    }
    ColumnVector[] columns = new ColumnVector[batch.schema().size()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = batch.column(c);
    }
    for (int key : keys) {
      columns[key] = canonical(columns[key]);
    }
    return batch.withColumns(batch.schema(), columns);
  }

  /** Those rows of a batch that have no null among their keys. */
  static Batch withoutNulls(Batch batch, int[] keys) {
    ColumnVector[] columns = of(batch, keys);
    if (Arrays.stream(columns).allMatch(column -> column.nulls() == null)) {
      return batch;
    }
    int[] selection = new int[batch.selected()];
    int kept = 0;
    for (int n = 0; n < batch.selected(); n++) {
      int row = batch.row(n);
      if (Arrays.stream(columns).noneMatch(column -> column.isNull(row))) {
        selection[kept++] = row;
      }
    }
    return batch.select(selection, kept);
  }
}
