package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.expr.NormalLogs;
import io.drawbar.math.LogDensities;
import io.drawbar.math.NearestCentre;
import java.util.List;

/** The logarithms of constant normal densities. */
final class Densities implements Evaluator {
  private final Evaluator vector;
  private final LogDensities densities;
  private final double[][] tile;
  private final double[][] logs;
  private final int[] rows;

  Densities(Evaluator vector, NormalLogs normals) {
    this.vector = vector;
    densities =
        new LogDensities(
            arrays(normals.means()), arrays(normals.factors()), array(normals.constants()));
    int elements = normals.means().get(0).size();
    int most = NearestCentre.rowsAtOnce(elements);
    tile = new double[elements][most];
    logs = new double[densities.size()][most];
    rows = new int[most];
  }

  private static double[][] arrays(List<List<Double>> lists) {
    return lists.stream().map(Densities::array).toArray(double[][]::new);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Override
  public ColumnVector evaluate(Batch batch) {
    ColumnVector vectors = vector.evaluate(batch);
    double[][] found = new double[densities.size()][batch.rows()];
    int count = 0;
    for (int n = 0; n < batch.selected(); n++) {
      if (!vectors.isNull(batch.row(n))) {
        rows[count++] = batch.row(n);
      }
      if (count == rows.length || n == batch.selected() - 1) {
        compute(vectors, count, found);
        count = 0;
      }
    }
    return new VectorColumn(batch.rows(), found, vectors.nulls());
  }

  private void compute(ColumnVector vectors, int count, double[][] found) {
    if (vectors instanceof SparseVectorColumn sparse) {
      sparse.scatter(rows, count, tile);
    } else {
      ((VectorColumn) vectors).gather(rows, count, tile);
    }
    densities.compute(tile, count, logs);
    for (int k = 0; k < logs.length; k++) {
      double[] from = logs[k];
      double[] into = found[k];
      for (int i = 0; i < count; i++) {
        into[rows[i]] = from[i] != from[i] ? Double.NaN : from[i];
      }
    }
  }
}
