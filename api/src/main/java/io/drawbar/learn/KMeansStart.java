package io.drawbar.learn;

import io.drawbar.math.CounterRandom;
import io.drawbar.math.NearestCentre;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds centres of weighted points, on the driver: k-means++ (D. Arthur, S. Vassilvitskii,
 * "k-means++: The Advantages of Careful Seeding", 2007), rounds of Lloyd's algorithm, and between
 * them, as long as it helps, the centre that is missed least goes to the cluster that is best cut
 * in two ({@link ClusterSplits}).
 */
final class KMeansStart {
  /** What the draws are for, beside other uses of the seed. */
  private static final long STREAM = 0x57A27;

  private static final int ROUNDS_AT_FIRST = 4;
  private static final int ROUNDS_OF_SWAP = 4;
  private static final int ROUNDS_AT_LAST = 10;

  /** How many swaps in a row may be in vain. */
  private static final int MOST_VAIN = 2;

  /** A share of the cost that is not worth another round. */
  private static final double LITTLE = 1e-4;

  /** How many squared differences all rounds together may take, about. */
  private static final double WORK = 2e9;

  /**
   * What was found.
   *
   * @param centres as many as were asked for; or all distinct points, if they are less
   * @param weights of the points of each
   * @param reach the largest squared distance of a point to the nearest of them
   */
  record Found(List<double[]> centres, double[] weights, double reach) {}

  private final WeightedPoints points;
  private final int clusters;
  private final long seed;

  /** How many times all points are held against all centres. */
  private final double mostRounds;

  private double cost;

  /**
   * A choice among points.
   *
   * @param points at least one
   * @param weights of each, 0 or more
   */
  KMeansStart(List<double[]> points, double[] weights, int clusters, long seed) {
    this.points = new WeightedPoints(points, weights);
    this.clusters = clusters;
    this.seed = seed;
    mostRounds = WORK / ((double) points.size() * clusters * points.get(0).length);
  }

  /**
   * Finds the centres.
   *
   * @param before those to begin with, at most as many as are asked for; of fewer, each is a point
   */
  Found from(List<double[]> before) {
    double[][] centres = drawn(before);
    if (centres.length == clusters) {
      centres = settled(centres, ROUNDS_AT_FIRST);
      centres = swapped(centres);
      centres = settled(centres, (int) Math.max(1, Math.min(ROUNDS_AT_LAST, mostRounds)));
    } else {
      // They are the points themselves, which their means need not be, to the last bit.
      points.assign(centres);
    }
    double reach = Arrays.stream(points.distance).max().orElseThrow();
    return new Found(List.of(centres), points.totals(centres.length), reach);
  }

  /** Each next one is drawn in proportion to weight and squared distance to those before. */
  private double[][] drawn(List<double[]> before) {
    List<double[]> drawn = new ArrayList<>(before);
    double[] distance = new double[points.size()];
    Arrays.fill(distance, 1.0);
    if (!drawn.isEmpty()) {
      points.assign(drawn.toArray(double[][]::new));
      System.arraycopy(points.distance, 0, distance, 0, distance.length);
    }
    while (drawn.size() < clusters) {
      int next = draw(distance, CounterRandom.uniform(seed, STREAM, drawn.size()));
      if (next < 0) {
        break;
      }
      points.assign(new double[][] {points.points[next]});
      for (int i = 0; i < distance.length; i++) {
        double found = points.distance[i];
        distance[i] = drawn.isEmpty() ? found : Math.min(distance[i], found);
      }
      drawn.add(points.points[next]);
    }
    return drawn.toArray(double[][]::new);
  }

  /** The index of a point, or -1 if all are at distance 0. */
  private int draw(double[] distance, double uniform) {
    double unit = 0;
    for (double value : distance) {
      unit = Math.max(unit, value);
    }
    double total = 0;
    for (int i = 0; i < distance.length && unit > 0; i++) {
      total += points.weights[i] * (distance[i] / unit);
    }
    double left = uniform * total;
    int last = -1;
    for (int i = 0; i < distance.length && unit > 0; i++) {
      double share = points.weights[i] * (distance[i] / unit);
      left -= share;
      last = share > 0 ? i : last;
      if (share > 0 && left <= 0) {
        return i;
      }
    }
    return last;
  }

  /** Rounds of Lloyd's algorithm, after which points are assigned and the cost is known. */
  private double[][] settled(double[][] from, int most) {
    double[][] centres = from;
    cost = points.assign(centres);
    for (int round = 0; round < most; round++) {
      double before = cost;
      centres = points.means(centres);
      cost = points.assign(centres);
      if (cost >= before * (1 - LITTLE)) {
        break;
      }
    }
    return centres;
  }

  private double[][] swapped(double[][] from) {
    double[][] centres = from;
    int most = (int) Math.min(2.0 * clusters, mostRounds / (2 * ROUNDS_OF_SWAP));
    for (int swap = 0; swap < most; swap++) {
      double[][] better = better(centres);
      if (better == centres) {
        break;
      }
      centres = better;
    }
    return centres;
  }

  /** The centres after a swap that lowers the cost; or as they are, if none is found. */
  private double[][] better(double[][] centres) {
    double before = cost;
    ClusterSplits splits = new ClusterSplits(points, centres);
    boolean[] isSplit = new boolean[clusters];
    boolean[] isRemoved = new boolean[clusters];
    for (int vain = 0; vain < MOST_VAIN; vain++) {
      int split = splits.best(isSplit);
      int removed = split < 0 ? -1 : splits.least(isRemoved, split);
      // What is lost is less than is thought, because the other centres will move.
      if (removed < 0 || !(splits.gain(split) > splits.loss(removed) / 2)) {
        return centres;
      }
      isSplit[split] = true;
      isRemoved[removed] = true;
      double[][] better = settled(splits.swapped(centres, split, removed), ROUNDS_OF_SWAP);
      if (cost < before * (1 - LITTLE)) {
        return better;
      }
    }
    return centres;
  }

  /** The squared distance of a point to the nearest of some centres. */
  static double distance(double[] point, List<double[]> centres) {
    double least = Double.POSITIVE_INFINITY;
    for (double[] centre : centres) {
      least = Math.min(least, NearestCentre.squaredDistance(point, centre));
    }
    return least;
  }
}
