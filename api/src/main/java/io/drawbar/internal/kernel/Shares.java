package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.math.Exponential;
import io.drawbar.math.Logarithm;
import java.util.Arrays;

/** Vectors of margins as shares, and the greatest of them. */
final class Shares {
  private Shares() {}

  /** Reads the rows of a vector column, dense or sparse, one after another. */
  private static final class Rows {
    private final ColumnVector column;
    private final double[] row;

    Rows(ColumnVector column) {
      this.column = column;
      row =
          new double
              [column instanceof SparseVectorColumn sparse
                  ? sparse.dimension()
                  : ((VectorColumn) column).elements().length];
    }

    double[] at(int index) {
      if (column instanceof SparseVectorColumn sparse) {
        sparse.copyTo(index, row);
      } else {
        ((VectorColumn) column).copyTo(index, row);
      }
      return row;
    }
  }

  /** Where the greatest element is; NaN is greatest. */
  private static int greatest(double[] row) {
    int best = 0;
    for (int k = 1; k < row.length; k++) {
      if (row[k] > row[best] || row[k] != row[k] && row[best] == row[best]) {
        best = k;
      }
    }
    return best;
  }

  /** Shares that add up to 1. */
  record Softmax(Evaluator vector) implements Evaluator {
    @Override
    public ColumnVector evaluate(Batch batch) {
      ColumnVector column = vector.evaluate(batch);
      Rows rows = new Rows(column);
      double[][] shares = new double[rows.row.length][batch.rows()];
      for (int n = 0; n < batch.selected(); n++) {
        int i = batch.row(n);
        if (!column.isNull(i)) {
          share(rows.at(i), shares, i);
        }
      }
      return new VectorColumn(batch.rows(), shares, column.nulls());
    }

    private static void share(double[] row, double[][] shares, int i) {
      double most = row[greatest(row)];
      double sum = 0;
      for (int k = 0; k < row.length; k++) {
        row[k] = Exponential.exp(row[k] - most);
        sum += row[k];
      }
      for (int k = 0; k < row.length; k++) {
        double share = row[k] / sum;
        shares[k][i] = share != share ? Double.NaN : share;
      }
    }
  }

  /** The logarithm of the sum of the exponentials. */
  record LogSumExp(Evaluator vector) implements Evaluator {
    @Override
    public ColumnVector evaluate(Batch batch) {
      ColumnVector column = vector.evaluate(batch);
      Rows rows = new Rows(column);
      double[] values = new double[batch.rows()];
      for (int n = 0; n < batch.selected(); n++) {
        int i = batch.row(n);
        values[i] = column.isNull(i) ? 0 : logSum(rows.at(i));
      }
      return new DoubleColumn(batch.rows(), values, column.nulls());
    }

    private static double logSum(double[] row) {
      double most = row[greatest(row)];
      if (!(Math.abs(most) <= Double.MAX_VALUE)) {
        return most != most ? Double.NaN : most;
      }
      double sum = 0;
      for (double value : row) {
        sum += Exponential.exp(value - most);
      }
      return most + Logarithm.log(sum);
    }
  }

  /** The position of the greatest element; null where one is NaN. */
  record IndexOfGreatest(Evaluator vector) implements Evaluator {
    @Override
    public ColumnVector evaluate(Batch batch) {
      ColumnVector column = vector.evaluate(batch);
      Rows rows = new Rows(column);
      long[] values = new long[batch.rows()];
      boolean[] nulls = column.nulls();
      for (int n = 0; n < batch.selected(); n++) {
        int i = batch.row(n);
        if (column.isNull(i)) {
          continue;
        }
        double[] row = rows.at(i);
        int greatest = greatest(row);
        values[i] = greatest;
        if (row[greatest] != row[greatest]) {
          nulls = nulls == column.nulls() ? own(nulls, batch.rows()) : nulls;
          nulls[i] = true;
        }
      }
      return new LongColumn(batch.rows(), values, nulls);
    }

    private static boolean[] own(boolean[] nulls, int rows) {
      return nulls == null ? new boolean[rows] : Arrays.copyOf(nulls, rows);
    }
  }
}
