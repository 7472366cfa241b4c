package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.LongColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.math.NearestCentre;
import java.util.List;

/** The index of the nearest of constant centres. */
final class NearestCentres implements Evaluator {
  private final Evaluator vector;
  private final NearestCentre centres;
  private final double[][] tile;
  private final int[] rows;
  private final int[] nearest;
  private final double[] distance;
  private final double[] second;

  NearestCentres(Evaluator vector, List<List<Double>> centres) {
    this.vector = vector;
    this.centres =
        new NearestCentre(
            centres.stream()
                .map(centre -> centre.stream().mapToDouble(Double::doubleValue).toArray())
                .toArray(double[][]::new));
    int elements = centres.get(0).size();
    int most = NearestCentre.rowsAtOnce(elements);
    tile = new double[elements][most];
    rows = new int[most];
    nearest = new int[most];
    distance = new double[most];
    second = new double[most];
  }

  @Override
  public ColumnVector evaluate(Batch batch) {
    ColumnVector vectors = vector.evaluate(batch);
    long[] found = new long[batch.rows()];
    boolean[] nulls = vectors.nulls() == null ? null : vectors.nulls().clone();
    int count = 0;
    for (int n = 0; n < batch.selected(); n++) {
      if (!vectors.isNull(batch.row(n))) {
        rows[count++] = batch.row(n);
      }
      if (count == rows.length || n == batch.selected() - 1) {
        nulls = find(vectors, count, found, nulls);
        count = 0;
      }
    }
    return new LongColumn(batch.rows(), found, nulls);
  }

  private boolean[] find(ColumnVector vectors, int count, long[] found, boolean[] nulls) {
    if (vectors instanceof SparseVectorColumn sparse) {
      sparse.scatter(rows, count, tile);
    } else {
      ((VectorColumn) vectors).gather(rows, count, tile);
    }
    centres.find(tile, count, nearest, distance, second);
    boolean[] absent = nulls;
    for (int i = 0; i < count; i++) {
      if (nearest[i] >= 0) {
        found[rows[i]] = nearest[i];
      } else {
        absent = absent == null ? new boolean[found.length] : absent;
        absent[rows[i]] = true;
      }
    }
    return absent;
  }
}
