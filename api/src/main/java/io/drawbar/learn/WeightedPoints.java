package io.drawbar.learn;

import io.drawbar.math.NearestCentre;
import java.util.Arrays;
import java.util.List;

/** Some points with weights, in the memory of the driver, and the nearest centre of each. */
final class WeightedPoints {
  final double[][] points;
  final double[] weights;
  final int elements;

  /** Of each point, the index of the nearest of the centres that were assigned last. */
  final int[] nearest;

  /** The squared distance to it. */
  final double[] distance;

  /** The squared distance to the nearest of the other centres. */
  final double[] second;

  private final int most;
  private final double[][][] tiles;
  private final int[] tileNearest;
  private final double[] tileDistance;
  private final double[] tileSecond;

  /**
   * Some points.
   *
   * @param points at least one, each of as many elements; not copied
   * @param weights of each, 0 or more; not copied
   */
  WeightedPoints(List<double[]> points, double[] weights) {
    this.points = points.toArray(double[][]::new);
    this.weights = weights;
    int count = this.points.length;
    elements = this.points[0].length;
    nearest = new int[count];
    distance = new double[count];
    second = new double[count];
    most = NearestCentre.rowsAtOnce(elements);
    tiles = new double[(count + most - 1) / most][elements][most];
    for (int i = 0; i < count; i++) {
      double[][] tile = tiles[i / most];
      for (int j = 0; j < elements; j++) {
        tile[j][i % most] = this.points[i][j];
      }
    }
    tileNearest = new int[most];
    tileDistance = new double[most];
    tileSecond = new double[most];
  }

  int size() {
    return points.length;
  }

  /** Finds the nearest centre of each point; the weighted sum of squared distances. */
  double assign(double[][] centres) {
    NearestCentre search = new NearestCentre(centres);
    double cost = 0;
    for (int t = 0; t < tiles.length; t++) {
      int from = t * most;
      int count = Math.min(most, points.length - from);
      search.find(tiles[t], count, tileNearest, tileDistance, tileSecond);
      System.arraycopy(tileNearest, 0, nearest, from, count);
      System.arraycopy(tileDistance, 0, distance, from, count);
      System.arraycopy(tileSecond, 0, second, from, count);
      for (int i = 0; i < count; i++) {
        cost += weights[from + i] * tileDistance[i];
      }
    }
    return cost;
  }

  /** The weights of the points of each centre. */
  double[] totals(int centres) {
    double[] totals = new double[centres];
    for (int i = 0; i < points.length; i++) {
      totals[nearest[i]] += weights[i];
    }
    return totals;
  }

  /** The weighted means of the points of each centre; a centre without points stays. */
  double[][] means(double[][] centres) {
    double[][] means = new double[centres.length][elements];
    for (int i = 0; i < points.length; i++) {
      double[] sum = means[nearest[i]];
      double[] point = points[i];
      double weight = weights[i];
      for (int j = 0; j < elements; j++) {
        sum[j] += weight * point[j];
      }
    }
    double[] totals = totals(centres.length);
    for (int c = 0; c < centres.length; c++) {
      for (int j = 0; j < elements; j++) {
        means[c][j] = totals[c] == 0 ? centres[c][j] : means[c][j] / totals[c];
      }
    }
    return means;
  }

  /** The points of each centre, by index, ascending. */
  int[][] members(int centres) {
    int[] counts = new int[centres];
    for (int c : nearest) {
      counts[c]++;
    }
    int[][] members = new int[centres][];
    Arrays.setAll(members, c -> new int[counts[c]]);
    Arrays.fill(counts, 0);
    for (int i = 0; i < nearest.length; i++) {
      members[nearest[i]][counts[nearest[i]]++] = i;
    }
    return members;
  }
}
