package io.drawbar.learn;

import io.drawbar.column.Batch;
import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;

/** How batches of features, label and perhaps a weight are read. */
final class LabelledColumns {
  private LabelledColumns() {}

  /** A label or weight as a double. */
  static double number(ColumnVector column, int row) {
    if (column instanceof DoubleColumn doubles) {
      return doubles.values()[row];
    }
    if (column instanceof LongColumn longs) {
      return longs.values()[row];
    }
    return ((BooleanColumn) column).values()[row] ? 1 : 0;
  }

  /** The weight of a row: 1 where there is no such column. */
  static double weight(Batch batch, int row) {
    return batch.schema().size() < 3 ? 1 : number(batch.column(2), row);
  }

  /** Lays the features of some rows out by column: element j of row i becomes target[j][i]. */
  static void copyFeatures(ColumnVector features, int[] rows, int count, double[][] target) {
    if (features instanceof SparseVectorColumn sparse) {
      sparse.scatter(rows, count, target);
      return;
    }
    double[][] elements = ((VectorColumn) features).elements();
    boolean isRun = count > 0 && rows[count - 1] - rows[0] == count - 1;
    for (int j = 0; j < elements.length; j++) {
      if (isRun) {
        System.arraycopy(elements[j], rows[0], target[j], 0, count);
        continue;
      }
      double[] values = elements[j];
      double[] into = target[j];
      for (int i = 0; i < count; i++) {
        into[i] = values[rows[i]];
      }
    }
  }
}
