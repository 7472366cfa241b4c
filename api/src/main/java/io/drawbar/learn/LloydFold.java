package io.drawbar.learn;

import io.drawbar.column.Batch;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.BlockMemory;
import io.drawbar.math.NearestCentre;
import java.util.Arrays;

/**
 * Puts the rows of blocks to the nearest centre and adds them up, in order, in plain doubles.
 *
 * <p>From superstep to superstep a block remembers each row's centre, a distance that it is no
 * farther from that one, and a distance that it is no nearer to any other (G. Hamerly, "Making
 * k-means Even Faster", 2010). When centres have moved by less than what is between the two, the
 * row is where it was, and one distance is computed instead of all. Both bounds are on the safe
 * side of what rounding may do to computed distances, so that a row that is passed over would have
 * been found where it is; a distance that is added to the cost is always computed in the same way.
 * So a block that has forgotten gives the same bits.
 */
final class LloydFold implements BlockFold<ClusterSums> {
  /** Bounds are floats, rounded away from each other by more than one is off. */
  private static final double ROUNDING = 0x1p-22;

  /** Below that a lower bound is not worth having. */
  private static final double LEAST = 1e-30;

  private final Clustering state;
  private final int clusters;
  private final int elements;
  private final double slack;
  private final NearestCentre centres;

  /** Of each cluster, how far the farthest of the other centres has moved. */
  private final double[] othersMoved;

  private final FeatureTile tile;
  private final FeatureTile lost;
  private final int[] lostRows;
  private final int[] lostGuesses;
  private final int[] nearest;
  private final double[] distance;
  private final double[] second;
  private final int[] lostNearest;
  private final double[] lostDistance;

  private final double[][] sums;
  private final long[] sizes;
  private final double[] flat;
  private double cost;
  private int rows;
  private BlockMemory memory = BlockMemory.NONE;
  private Bounds bounds = new Bounds();
  private boolean isBounded;
  private boolean hasMoved;

  /** What a block remembers of its rows. */
  static final class Bounds {
    int superstep;
    int[] nearest = new int[0];
    float[] upper = new float[0];
    float[] lower = new float[0];

    void grow(int rows) {
      if (nearest.length < rows) {
        int length = Math.max(rows, nearest.length * 2);
        nearest = Arrays.copyOf(nearest, length);
        upper = Arrays.copyOf(upper, length);
        lower = Arrays.copyOf(lower, length);
      }
    }

    long heapBytes() {
      return 64 + 12L * nearest.length;
    }
  }

  LloydFold(Clustering state, int elements) {
    this.state = state;
    this.elements = elements;
    clusters = state.centres().length;
    slack = LloydStep.slack(elements);
    centres = new NearestCentre(state.centres());
    othersMoved = othersMoved(state.moved());
    tile = new FeatureTile(elements);
    lost = new FeatureTile(elements);
    int most = tile.most();
    lostRows = new int[most];
    lostGuesses = new int[most];
    nearest = new int[most];
    distance = new double[most];
    second = new double[most];
    lostNearest = new int[most];
    lostDistance = new double[most];
    sums = new double[elements][clusters];
    sizes = new long[clusters];
    flat = new double[ClusterSums.length(clusters, elements)];
  }

  private static double[] othersMoved(double[] moved) {
    double[] others = new double[moved.length];
    for (int c = 0; c < moved.length; c++) {
      double most = 0;
      for (int other = 0; other < moved.length; other++) {
        most = other == c ? most : Math.max(most, moved[other]);
      }
      others[c] = most;
    }
    return others;
  }

  @Override
  public void beginBlock(BlockMemory blockMemory) {
    memory = blockMemory;
    isBounded = memory.take() instanceof Bounds left && remember(left);
    if (!isBounded) {
      bounds = new Bounds();
    }
  }

  /** Bounds of the superstep before hold if movements are added; those of this one, as they are. */
  private boolean remember(Bounds left) {
    bounds = left;
    hasMoved = left.superstep == state.superstep() - 1;
    return hasMoved || left.superstep == state.superstep();
  }

  @Override
  public void batch(Batch batch) {
    for (int from = 0; from < batch.selected(); from += tile.most()) {
      int count = tile.fill(batch, 0, from);
      if (isBounded) {
        place(count);
      } else {
        bounds.grow(rows + count);
        centres.find(tile.columns, count, nearest, distance, second);
        for (int i = 0; i < count; i++) {
          bounds.lower[rows + i] = lower(second[i]);
        }
      }
      for (int i = 0; i < count; i++) {
        bounds.nearest[rows + i] = nearest[i];
        bounds.upper[rows + i] = upper(distance[i]);
      }
      add(count);
      rows += count;
    }
  }

  /** The same as to look at all centres, for rows of which something is known. */
  private void place(int count) {
    int lostCount = keep(count);
    if (lostCount < count) {
      centres.distances(tile.columns, count, nearest, distance);
    }
    if (lostCount > 0) {
      lost.take(tile, lostRows, lostCount);
      for (int i = 0; i < lostCount; i++) {
        // Most are nearest to the centre that they were nearest to.
        lostGuesses[i] = nearest[lostRows[i]];
      }
      centres.find(lost.columns, lostCount, lostGuesses, lostNearest, lostDistance, second);
      for (int i = 0; i < lostCount; i++) {
        int row = lostRows[i];
        nearest[row] = lostNearest[i];
        distance[row] = lostDistance[i];
        bounds.lower[rows + row] = lower(second[i]);
      }
    }
  }

  /** Leaves rows where they were that must still be there; how many others there are. */
  private int keep(int count) {
    int others = 0;
    for (int i = 0; i < count; i++) {
      int centre = bounds.nearest[rows + i];
      double upper = bounds.upper[rows + i];
      double lower = bounds.lower[rows + i];
      if (hasMoved) {
        upper += state.moved()[centre];
        lower -= othersMoved[centre];
      }
      nearest[i] = centre;
      if (lower > LEAST && upper * (1 + slack) < lower * (1 - slack)) {
        bounds.lower[rows + i] = (float) (lower * (1 - ROUNDING));
      } else {
        lostRows[others++] = i;
      }
    }
    return others;
  }

  private float upper(double squared) {
    return (float) (Math.sqrt(squared) * (1 + slack + ROUNDING)) + Float.MIN_NORMAL;
  }

  private float lower(double squared) {
    double bound = Math.min(Float.MAX_VALUE, Math.sqrt(squared)) * (1 - slack - ROUNDING);
    return bound < LEAST ? 0 : (float) bound;
  }

  private void add(int count) {
    for (int i = 0; i < count; i++) {
      cost += distance[i];
      sizes[nearest[i]]++;
    }
    int j = 0;
    for (; j < elements - 3; j += 4) {
      double[][] x = tile.columns;
      addFour(
          nearest,
          count,
          x[j],
          x[j + 1],
          x[j + 2],
          x[j + 3],
          sums[j],
          sums[j + 1],
          sums[j + 2],
          sums[j + 3]);
    }
    for (; j < elements; j++) {
      addOne(nearest, count, tile.columns[j], sums[j]);
    }
  }

  /** Four chains of additions side by side. */
  private static void addFour(
      int[] which,
      int count,
      double[] a,
      double[] b,
      double[] c,
      double[] d,
      double[] sumsA,
      double[] sumsB,
      double[] sumsC,
      double[] sumsD) {
    for (int i = 0; i < count; i++) {
      int cluster = which[i];
      sumsA[cluster] += a[i];
      sumsB[cluster] += b[i];
      sumsC[cluster] += c[i];
      sumsD[cluster] += d[i];
    }
  }

  private static void addOne(int[] which, int count, double[] values, double[] sums) {
    for (int i = 0; i < count; i++) {
      sums[which[i]] += values[i];
    }
  }

  @Override
  public void endBlock(ClusterSums into) {
    for (int c = 0; c < clusters; c++) {
      for (int j = 0; j < elements; j++) {
        flat[c * elements + j] = sums[j][c];
      }
    }
    flat[flat.length - 1] = cost;
    into.add(flat, sizes);
    bounds.superstep = state.superstep();
    memory.leave(bounds, bounds.heapBytes());
    for (double[] sum : sums) {
      Arrays.fill(sum, 0.0);
    }
    Arrays.fill(sizes, 0);
    cost = 0;
    rows = 0;
    memory = BlockMemory.NONE;
    bounds = new Bounds();
    isBounded = false;
  }
}
