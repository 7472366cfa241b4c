package io.drawbar.evaluate;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.LongColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.Superstep;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Given the centres, the exact sum of the silhouettes of the rows of each cluster. One superstep:
 * what goes to the tasks is a state.
 *
 * @param cluster a LONG column
 * @param features a vector column
 * @param elements how many elements it has
 * @param clusters how many clusters there are
 */
record SilhouetteStep(String cluster, String features, int elements, int clusters)
    implements Superstep<Centres, ClusterSums> {
  private static final long serialVersionUID = 1;

  @Override
  public String describe() {
    return toString();
  }

  @Override
  public List<String> columns() {
    return List.of(cluster, features);
  }

  @Override
  public ClusterSums identity() {
    return new ClusterSums(1);
  }

  @Override
  public BlockFold<ClusterSums> open(Centres state) {
    return new Fold(state, elements);
  }

  @Override
  public ClusterSums decode(DataInput in) throws IOException {
    return ClusterSums.decode(in, 1);
  }

  @Override
  public Centres next(Centres state, ClusterSums total) {
    return state.with(total);
  }

  @Override
  public boolean isDone(Centres state) {
    return state.found() != null;
  }

  @Override
  public OptionalInt mostSupersteps() {
    return OptionalInt.of(1);
  }

  @Override
  public void encodeState(Centres state, DataOutput out) throws IOException {
    for (int c = 0; c < clusters; c++) {
      out.writeLong(state.numbers()[c]);
      out.writeLong(state.rows()[c]);
      out.writeDouble(state.spreads()[c]);
      for (double mean : state.means()[c]) {
        out.writeDouble(mean);
      }
    }
    out.writeBoolean(state.found() != null);
    if (state.found() != null) {
      state.found().encode(out);
    }
  }

  @Override
  public Centres decodeState(DataInput in) throws IOException {
    long[] numbers = new long[clusters];
    long[] rows = new long[clusters];
    double[][] means = new double[clusters][elements];
    double[] spreads = new double[clusters];
    for (int c = 0; c < clusters; c++) {
      numbers[c] = in.readLong();
      rows[c] = in.readLong();
      spreads[c] = in.readDouble();
      for (int j = 0; j < elements; j++) {
        means[c][j] = in.readDouble();
      }
    }
    ClusterSums found = in.readBoolean() ? ClusterSums.decode(in, 1) : null;
    return new Centres(numbers, rows, means, spreads, found);
  }

  /*
   * Rows are taken by the tile, an array for each element, so that the distances of a tile from a
   * centre are loops over two arrays that C2 vectorises, and stay in the caches for all centres.
   */
  private static final class Fold implements BlockFold<ClusterSums> {
    private static final int TILE_ROWS = 256;
    private static final int TILE_NUMBERS = 1 << 16;

    /** In place of a distance from other rows of a cluster that has none. */
    private static final double ALONE = -1;

    private final Centres centres;
    private final int tileRows;
    private final double[][] tile;
    private final int[] rows;
    private final double[] distances;
    private final double[] own;
    private final double[] nearest;
    private ClusterSums block = new ClusterSums(1);

    Fold(Centres centres, int elements) {
      this.centres = centres;
      tileRows = Math.max(1, Math.min(TILE_ROWS, TILE_NUMBERS / Math.max(1, elements)));
      tile = new double[elements][tileRows];
      rows = new int[tileRows];
      distances = new double[tileRows];
      own = new double[tileRows];
      nearest = new double[tileRows];
    }

    @Override
    public void batch(Batch batch) {
      long[] clusters = ((LongColumn) batch.column(0)).values();
      for (int start = 0; start < batch.selected(); start += tileRows) {
        int count = Math.min(tileRows, batch.selected() - start);
        for (int i = 0; i < count; i++) {
          rows[i] = batch.row(start + i);
        }
        fill(batch.column(1), count);
        measure(clusters, count);
        for (int i = 0; i < count; i++) {
          // All clusters are those of the first look.
          block.cluster(clusters[rows[i]]).addRow().add(0, silhouette(own[i], nearest[i]));
        }
      }
    }

    private void fill(ColumnVector vectors, int count) {
      if (vectors instanceof SparseVectorColumn sparse) {
        sparse.scatter(rows, count, tile);
        return;
      }
      double[][] elements = ((VectorColumn) vectors).elements();
      for (int j = 0; j < tile.length; j++) {
        double[] from = elements[j];
        double[] to = tile[j];
        for (int i = 0; i < count; i++) {
          to[i] = from[rows[i]];
        }
      }
    }

    private void measure(long[] clusters, int count) {
      Arrays.fill(nearest, 0, count, Double.POSITIVE_INFINITY);
      for (int c = 0; c < centres.numbers().length; c++) {
        double[] means = centres.means()[c];
        Arrays.fill(distances, 0, count, centres.spreads()[c]);
        for (int j = 0; j < tile.length; j++) {
          addSquares(tile[j], means[j], distances, count);
        }
        long number = centres.numbers()[c];
        double others = centres.rows()[c] - 1.0;
        for (int i = 0; i < count; i++) {
          if (clusters[rows[i]] != number) {
            nearest[i] = Math.min(nearest[i], distances[i]);
          } else {
            // Its distance from itself, 0, does not count.
            own[i] = others == 0 ? ALONE : distances[i] * (centres.rows()[c] / others);
          }
        }
      }
    }

    private static void addSquares(double[] x, double mean, double[] into, int count) {
      for (int i = 0; i < count; i++) {
        double distance = x[i] - mean;
        into[i] += distance * distance;
      }
    }

    private static double silhouette(double own, double nearest) {
      if (!(own <= Double.MAX_VALUE && nearest <= Double.MAX_VALUE)) {
        return Double.NaN;
      }
      if (own == ALONE || own == nearest) {
        return 0;
      }
      return own < nearest ? 1 - own / nearest : nearest / own - 1;
    }

    @Override
    public void endBlock(ClusterSums into) {
      into.merge(block);
      block = new ClusterSums(1);
    }
  }
}
