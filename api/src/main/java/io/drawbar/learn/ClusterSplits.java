package io.drawbar.learn;

import java.util.stream.IntStream;

/**
 * What would be gained if clusters were cut in two, and lost if their points went elsewhere:
 * Lloyd's rounds never do either, and end where two clusters share a centre while another has two.
 * (H. Ismkhan, "I-k-means-+: An Iterative Clustering Algorithm Based on an Enhanced Version of the
 * k-means", 2018.)
 */
final class ClusterSplits {
  private static final int ROUNDS = 6;

  private final WeightedPoints points;

  /** Of each cluster, by how much the cost falls with two centres in place of its one. */
  private final double[] gains;

  /** Of each cluster, by how much the cost rises at most without its centre. */
  private final double[] losses;

  private final double[][][] halves;

  /**
   * Of the clusters that points were assigned to last.
   *
   * @param centres theirs: means of their points, or nearly so
   */
  ClusterSplits(WeightedPoints points, double[][] centres) {
    this.points = points;
    gains = new double[centres.length];
    losses = new double[centres.length];
    halves = new double[centres.length][][];
    for (int i = 0; i < points.size(); i++) {
      losses[points.nearest[i]] += points.weights[i] * (points.second[i] - points.distance[i]);
    }
    int[][] members = points.members(centres.length);
    for (int c = 0; c < centres.length; c++) {
      if (members[c].length > 1) {
        split(c, members[c], centres[c]);
      }
    }
  }

  /** The cluster of the highest gain of those that are left. */
  int best(boolean[] isLeftOut) {
    return IntStream.range(0, gains.length)
        .filter(c -> !isLeftOut[c])
        .reduce((best, c) -> gains[c] > gains[best] ? c : best)
        .orElse(-1);
  }

  /** The cluster of the lowest loss of those that are left, but for one; -1 if there is none. */
  int least(boolean[] isLeftOut, int but) {
    return IntStream.range(0, losses.length)
        .filter(c -> !isLeftOut[c] && c != but)
        .reduce((least, c) -> losses[c] < losses[least] ? c : least)
        .orElse(-1);
  }

  double gain(int cluster) {
    return gains[cluster];
  }

  double loss(int cluster) {
    return losses[cluster];
  }

  /** The centres with both halves of one cluster, and none for another. */
  double[][] swapped(double[][] centres, int split, int removed) {
    double[][] swapped = centres.clone();
    swapped[split] = halves[split][0];
    swapped[removed] = halves[split][1];
    return swapped;
  }

  /** Two means of the members, begun with the farthest of them and its mirror image. */
  private void split(int cluster, int[] members, double[] centre) {
    int far = members[0];
    for (int i : members) {
      far = points.distance[i] > points.distance[far] ? i : far;
    }
    double[][] two = {points.points[far], new double[centre.length]};
    for (int j = 0; j < centre.length; j++) {
      two[1][j] = 2 * centre[j] - two[0][j];
    }
    double before = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double[][] sums = new double[2][centre.length];
      double[] totals = new double[2];
      sum(members, two, sums, totals);
      if (totals[0] == 0 || totals[1] == 0) {
        return;
      }
      double apart = 0;
      for (int j = 0; j < centre.length; j++) {
        sums[0][j] /= totals[0];
        sums[1][j] /= totals[1];
        double difference = sums[0][j] - sums[1][j];
        apart += difference * difference;
      }
      two = sums;
      // The scatter between two means about the one of both (R. A. Fisher's analysis of variance).
      double gain = totals[0] * (totals[1] / (totals[0] + totals[1])) * apart;
      halves[cluster] = two;
      gains[cluster] = gain;
      if (!(gain > before)) {
        return;
      }
      before = gain;
    }
  }

  /** Adds each member to the nearer of two centres. */
  private void sum(int[] members, double[][] two, double[][] sums, double[] totals) {
    int elements = two[0].length;
    double[] middle = new double[elements];
    double[] axis = new double[elements];
    for (int j = 0; j < elements; j++) {
      middle[j] = two[0][j] + (two[1][j] - two[0][j]) / 2;
      axis[j] = two[0][j] - two[1][j];
    }
    for (int i : members) {
      double[] point = points.points[i];
      double side = 0;
      for (int j = 0; j < elements; j++) {
        side += (point[j] - middle[j]) * axis[j];
      }
      int which = side >= 0 ? 0 : 1;
      double weight = points.weights[i];
      totals[which] += weight;
      double[] sum = sums[which];
      for (int j = 0; j < elements; j++) {
        sum[j] += weight * point[j];
      }
    }
  }
}
