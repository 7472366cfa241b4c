package io.drawbar.learn;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.math.NearestCentre;

/**
 * Some rows of a vector column, laid out as one array an element: few enough to stay in the cache
 * while they are gone over again and again. Sparse vectors become dense here, so that both forms
 * give the same bits.
 */
final class FeatureTile {
  /** By element. */
  final double[][] columns;

  private final int[] rows;
  private final int most;
  private int nulls;

  FeatureTile(int elements) {
    most = NearestCentre.rowsAtOnce(elements);
    columns = new double[elements][most];
    rows = new int[most];
  }

  /** How many rows there may be. */
  int most() {
    return most;
  }

  /** How many rows of the last batch position were null. */
  int nulls() {
    return nulls;
  }

  /**
   * Takes the next rows of a batch, of which nulls are left out.
   *
   * @param from the first of the rows that count, of which up to {@link #most} are looked at
   * @return how many there are
   */
  int fill(Batch batch, int column, int from) {
    ColumnVector vectors = batch.column(column);
    int to = Math.min(batch.selected(), from + most);
    int count = 0;
    for (int n = from; n < to; n++) {
      int row = batch.row(n);
      if (!vectors.isNull(row)) {
        rows[count++] = row;
      }
    }
    nulls = to - from - count;
    if (vectors instanceof SparseVectorColumn sparse) {
      sparse.scatter(rows, count, columns);
    } else {
      ((VectorColumn) vectors).gather(rows, count, columns);
    }
    return count;
  }

  /** Takes some rows of another tile. */
  void take(FeatureTile other, int[] indices, int count) {
    for (int j = 0; j < columns.length; j++) {
      take(other.columns[j], indices, count, columns[j]);
    }
  }

  private static void take(double[] values, int[] indices, int count, double[] target) {
    for (int i = 0; i < count; i++) {
      target[i] = values[indices[i]];
    }
  }

  /** One row as an array of its own, without negative zeros. */
  double[] row(int i) {
    double[] row = new double[columns.length];
    for (int j = 0; j < row.length; j++) {
      row[j] = columns[j][i] + 0.0;
    }
    return row;
  }
}
