package io.drawbar.evaluate;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.LongColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.math.ExactSums;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/**
 * For each cluster the exact sum of its vectors, and behind it that of their squared norms.
 *
 * @param cluster a LONG column
 * @param features a vector column
 * @param elements how many elements it has
 */
record ClusterKernel(String cluster, String features, int elements)
    implements LeafKernel<ClusterSums> {
  private static final long serialVersionUID = 1;

  @Override
  public List<String> columns() {
    return List.of(cluster, features);
  }

  @Override
  public ClusterSums identity() {
    return new ClusterSums(elements + 1);
  }

  @Override
  public BlockFold<ClusterSums> open() {
    return new Fold(elements);
  }

  @Override
  public ClusterSums decode(DataInput in) throws IOException {
    return ClusterSums.decode(in, elements + 1);
  }

  /** Whether a row of vectors has finite elements only. */
  private static boolean isFinite(double[] row) {
    boolean finite = true;
    for (double x : row) {
      finite &= Math.abs(x) <= Double.MAX_VALUE;
    }
    return finite;
  }

  private static final class Fold implements BlockFold<ClusterSums> {
    private final int elements;
    private final double[] row;
    private ClusterSums block;

    Fold(int elements) {
      this.elements = elements;
      row = new double[elements];
      block = new ClusterSums(elements + 1);
    }

    @Override
    public void batch(Batch batch) {
      LongColumn clusters = (LongColumn) batch.column(0);
      ColumnVector vectors = batch.column(1);
      for (int n = 0; n < batch.selected(); n++) {
        int i = batch.row(n);
        if (clusters.isNull(i) || vectors.isNull(i)) {
          block.addNull();
          continue;
        }
        if (vectors instanceof SparseVectorColumn sparse) {
          sparse.copyTo(i, row);
        } else {
          ((VectorColumn) vectors).copyTo(i, row);
        }
        if (isFinite(row)) {
          add(clusters.values()[i]);
        } else {
          block.addUnusable();
        }
      }
    }

    private void add(long number) {
      ClusterSums.Cluster cluster = block.cluster(number);
      if (cluster == null) {
        return;
      }
      ExactSums sums = cluster.addRow();
      for (int j = 0; j < elements; j++) {
        if (row[j] != 0) {
          sums.add(j, row[j]);
          sums.addProduct(elements, row[j], row[j]);
        }
      }
    }

    @Override
    public void endBlock(ClusterSums into) {
      into.merge(block);
      block = new ClusterSums(elements + 1);
    }
  }
}
