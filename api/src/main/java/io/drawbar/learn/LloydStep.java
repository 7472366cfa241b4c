package io.drawbar.learn;

import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.Superstep;
import io.drawbar.math.NearestCentre;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One round of S. P. Lloyd's algorithm ("Least Squares Quantization in PCM", 1957 and 1982): each
 * row goes to the nearest centre, each centre to the mean of its rows. A centre without rows stays.
 *
 * <p>When no centre moves by more than a share of the typical distance, or there were enough
 * rounds, a last superstep counts the rows of the centres as they are.
 *
 * @param features the vector column
 * @param elements how many it has
 * @param clusters how many there are
 * @param tolerance the share
 * @param most how many rounds there are at most
 */
record LloydStep(String features, int elements, int clusters, double tolerance, int most)
    implements Superstep<Clustering, ClusterSums> {
  private static final long serialVersionUID = 1;

  /**
   * How much a computed distance of two points may be off, as a share of it: each operation of a
   * lane has an error of 2^-53, and there are at most as many as elements.
   */
  static double slack(int elements) {
    return (elements + 64) * 0x1p-52;
  }

  @Override
  public String describe() {
    return ("k-means on '%s' of %s elements: at most %s rounds that move %s centres, to a tolerance"
            + " of %s")
        .formatted(features, elements, most, clusters, tolerance);
  }

  @Override
  public List<String> columns() {
    return List.of(features);
  }

  @Override
  public ClusterSums identity() {
    return new ClusterSums(clusters, elements);
  }

  @Override
  public ClusterSums decode(DataInput in) throws IOException {
    return ClusterSums.decode(in, clusters, elements);
  }

  @Override
  public BlockFold<ClusterSums> open(Clustering state) {
    return new LloydFold(state, elements);
  }

  @Override
  public Clustering next(Clustering state, ClusterSums total) {
    long[] sizes = total.sizes().clone();
    double cost = total.cost();
    int done = state.superstep() + 1;
    if (state.phase() == Clustering.Phase.MEASURING) {
      return new Clustering(
          state.centres(),
          new double[clusters],
          done,
          Clustering.Phase.DONE,
          sizes,
          cost,
          state.followedBy(cost));
    }
    double[][] centres = new double[clusters][];
    double[] moved = new double[clusters];
    double farthest = 0;
    for (int c = 0; c < clusters; c++) {
      double[] before = state.centres()[c];
      centres[c] = sizes[c] == 0 ? before : mean(total, c);
      if (!Arrays.equals(centres[c], before)) {
        double distance = Math.sqrt(NearestCentre.squaredDistance(centres[c], before));
        moved[c] = distance * (1 + slack(elements)) + Float.MIN_NORMAL;
        farthest = Math.max(farthest, distance);
      }
    }
    Clustering.Phase phase = Clustering.Phase.MOVING;
    if (Arrays.stream(moved).allMatch(distance -> distance == 0)) {
      // What was counted was counted of these.
      phase = Clustering.Phase.DONE;
    } else if (done >= most || farthest <= tolerance * typical(cost, sizes)) {
      phase = Clustering.Phase.MEASURING;
    }
    return new Clustering(centres, moved, done, phase, sizes, cost, state.followedBy(cost));
  }

  private double[] mean(ClusterSums total, int cluster) {
    double[] mean = new double[elements];
    for (int j = 0; j < elements; j++) {
      mean[j] = total.mean(cluster, j);
    }
    return mean;
  }

  /** The root of the mean squared distance. */
  private static double typical(double cost, long[] sizes) {
    return Math.sqrt(cost / Arrays.stream(sizes).sum());
  }

  @Override
  public boolean isDone(Clustering state) {
    return state.phase() == Clustering.Phase.DONE;
  }

  /** Where centres have moved, somebody has to measure: see {@link Clustering#still}. */
  @Override
  public boolean mayEnd(Clustering state) {
    return state.phase() == Clustering.Phase.MOVING;
  }

  @Override
  public OptionalInt mostSupersteps() {
    return OptionalInt.of((int) Math.min(most + 1L, Integer.MAX_VALUE));
  }

  @Override
  public OptionalDouble loss(Clustering state) {
    return OptionalDouble.of(state.cost());
  }

  @Override
  public void encodeState(Clustering state, DataOutput out) throws IOException {
    state.encode(out);
  }

  @Override
  public Clustering decodeState(DataInput in) throws IOException {
    return Clustering.decode(in, clusters, elements);
  }
}
