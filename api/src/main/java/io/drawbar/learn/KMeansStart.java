package io.drawbar.learn;

import io.drawbar.math.CounterRandom;
import io.drawbar.math.NearestCentre;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes the first centres of weighted candidates, on the driver: k-means++ (D. Arthur, S.
 * Vassilvitskii, "k-means++: The Advantages of Careful Seeding", 2007) and some rounds of Lloyd's
 * algorithm, several times, of which the best is taken.
 */
final class KMeansStart {
  /** What the draws are for, beside other uses of the seed. */
  private static final long STREAM = 0x57A27;

  private static final int MOST_TRIES = 8;
  private static final int ROUNDS = 10;

  /** How many squared differences all tries together may take, about. */
  private static final double WORK = 2e9;

  private final double[][] candidates;
  private final long[] weights;
  private final int clusters;
  private final long seed;
  private final double[] distance;
  private final int[] nearest;

  /**
   * A choice among candidates.
   *
   * @param candidates at least as many as clusters, no two at distance 0
   * @param weights of each candidate, at least 1
   */
  KMeansStart(List<double[]> candidates, long[] weights, int clusters, long seed) {
    this.candidates = candidates.toArray(double[][]::new);
    this.weights = weights;
    this.clusters = clusters;
    this.seed = seed;
    distance = new double[this.candidates.length];
    nearest = new int[this.candidates.length];
  }

  /** The centres. */
  double[][] centres() {
    double once = (double) candidates.length * clusters * candidates[0].length * (ROUNDS + 1);
    int tries = (int) Math.max(1, Math.min(MOST_TRIES, WORK / once));
    double[][] best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int attempt = 0; attempt < tries; attempt++) {
      double[][] centres = drawn(attempt);
      double cost = cost(centres);
      double before = Double.POSITIVE_INFINITY;
      for (int round = 0; round < ROUNDS && cost < before; round++) {
        centres = moved(centres);
        before = cost;
        cost = cost(centres);
      }
      if (best == null || cost < least) {
        best = centres;
        least = cost;
      }
    }
    return best;
  }

  /** Each next one is drawn in proportion to weight and squared distance to those before. */
  private double[][] drawn(int attempt) {
    List<double[]> drawn = new ArrayList<>();
    Arrays.fill(distance, 1.0);
    for (int c = 0; c < clusters; c++) {
      double[] next = candidates[draw(CounterRandom.uniform(seed, STREAM + attempt, c))].clone();
      drawn.add(next);
      for (int i = 0; i < candidates.length; i++) {
        double found = NearestCentre.squaredDistance(candidates[i], next);
        distance[i] = c == 0 ? found : Math.min(distance[i], found);
      }
    }
    return drawn.toArray(double[][]::new);
  }

  private int draw(double uniform) {
    double unit = 0;
    for (double value : distance) {
      unit = Math.max(unit, value);
    }
    double total = 0;
    for (int i = 0; i < distance.length; i++) {
      total += weights[i] * (distance[i] / unit);
    }
    double left = uniform * total;
    int last = 0;
    for (int i = 0; i < distance.length; i++) {
      double share = weights[i] * (distance[i] / unit);
      left -= share;
      last = share > 0 ? i : last;
      if (share > 0 && left <= 0) {
        return i;
      }
    }
    return last;
  }

  /** Finds the nearest centre of each candidate; the weighted sum of squared distances. */
  private double cost(double[][] centres) {
    NearestCentre search = new NearestCentre(centres);
    int most = NearestCentre.rowsAtOnce(centres[0].length);
    double[][] tile = new double[centres[0].length][most];
    int[] which = new int[most];
    double[] found = new double[most];
    double[] second = new double[most];
    double cost = 0;
    for (int from = 0; from < candidates.length; from += most) {
      int count = Math.min(most, candidates.length - from);
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < tile.length; j++) {
          tile[j][i] = candidates[from + i][j];
        }
      }
      search.find(tile, count, which, found, second);
      for (int i = 0; i < count; i++) {
        nearest[from + i] = which[i];
        cost += weights[from + i] * found[i];
      }
    }
    return cost;
  }

  /** The weighted means of the candidates that are nearest to each centre. */
  private double[][] moved(double[][] centres) {
    int elements = centres[0].length;
    double[][] sums = new double[centres.length][elements];
    double[] totals = new double[centres.length];
    for (int i = 0; i < candidates.length; i++) {
      double[] sum = sums[nearest[i]];
      double weight = weights[i];
      totals[nearest[i]] += weight;
      for (int j = 0; j < elements; j++) {
        sum[j] += weight * candidates[i][j];
      }
    }
    for (int c = 0; c < centres.length; c++) {
      for (int j = 0; j < elements; j++) {
        sums[c][j] = totals[c] == 0 ? centres[c][j] : sums[c][j] / totals[c];
      }
    }
    return sums;
  }
}
