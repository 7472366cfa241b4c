package io.drawbar.learn;

import java.util.Arrays;

/**
 * Looks for the least of {@code 1/2 z B z - q z} and a penalty, one coordinate after the other, in
 * turns, as J. Friedman, T. Hastie, R. Tibshirani do ("Regularization Paths for Generalized Linear
 * Models via Coordinate Descent", 2010, section 2.2, covariance updates): a coordinate that moves
 * takes its row of B from the slopes of the others.
 *
 * <p>Turns go over those coordinates only which were ever steep enough to leave zero. When these
 * rest, the slopes of all are looked at, which costs no more than a turn does and is no guess, as
 * strong rules are: the matrix is at hand. Each call begins where the one before ended.
 */
final class CoordinateDescent {
  /**
   * How much steeper than its penalty a slope must be, in correlations: less may be rounding, as at
   * the penalty with which the first coordinate is about to leave zero.
   */
  static final double NOISE = 0x1p-43;

  private final Correlations correlations;
  private final double[] place;
  private final boolean[] isMember;

  /** The coordinates in work, in the order in which they came; all arrays below are by it. */
  private int[] members = new int[8];

  private int size;
  private double[][] rows = new double[8][8];
  private double[] values = new double[8];
  private double[] slopes = new double[8];
  private double[] magnitudes = new double[8];
  private double[] curvatures = new double[8];

  CoordinateDescent(Correlations correlations) {
    this.correlations = correlations;
    place = new double[correlations.size()];
    isMember = new boolean[correlations.size()];
  }

  /** Where it is: a coordinate for each feature. */
  double[] place() {
    return place.clone();
  }

  /** How many coordinates are in work. */
  int size() {
    return size;
  }

  /** Goes on from elsewhere. */
  void moveTo(double[] other) {
    System.arraycopy(other, 0, place, 0, place.length);
  }

  /**
   * Descends.
   *
   * @param penalty of the coordinates
   * @param enough it ends when no coordinate has moved by more in a turn
   * @param mostTurns or after so many
   * @throws TrainingInterruptedException between two turns
   */
  void descend(Penalty penalty, double enough, int mostTurns) {
    double[] all = correlations.slopes(place);
    int turns = 0;
    while (join(all, penalty) || turns == 0) {
      for (int i = 0; i < size; i++) {
        int j = members[i];
        values[i] = place[j];
        slopes[i] = all[j];
        magnitudes[i] = penalty.l1()[j];
        curvatures[i] = 1 + penalty.l2()[j];
      }
      double moved = Double.POSITIVE_INFINITY;
      for (; moved > enough && turns < mostTurns; turns++) {
        TrainingInterruptedException.check("a regression with a penalty on magnitudes");
        moved = turn();
      }
      for (int i = 0; i < size; i++) {
        place[members[i]] = values[i];
      }
      if (size == 0 || turns == mostTurns) {
        return;
      }
      all = correlations.slopes(place);
    }
  }

  /**
   * Moves each coordinate in work to where it is best for it; by how much the one that did most.
   */
  private double turn() {
    double most = 0;
    for (int i = 0; i < size; i++) {
      double free = slopes[i] + values[i];
      double shrunk = Math.abs(free) - magnitudes[i];
      double best = shrunk > 0 ? Math.copySign(shrunk / curvatures[i], free) : 0;
      double move = best - values[i];
      if (move != 0) {
        values[i] = best;
        Correlations.subtract(slopes, rows[i], move, size);
        most = Math.max(most, Math.abs(move));
      }
    }
    return most;
  }

  /** Takes in all that are too steep to stay zero, and anything that is not. */
  private boolean join(double[] all, Penalty penalty) {
    int before = size;
    for (int j = 0; j < place.length; j++) {
      boolean isSteep = Math.abs(all[j]) > penalty.l1()[j] + NOISE || place[j] != 0;
      if (isSteep && !isMember[j]) {
        add(j);
      }
    }
    return size > before;
  }

  private void add(int feature) {
    if (size == members.length) {
      grow(2 * size);
    }
    double[] row = correlations.row(feature);
    members[size] = feature;
    isMember[feature] = true;
    size++;
    for (int i = 0; i < size; i++) {
      rows[i][size - 1] = row[members[i]];
      rows[size - 1][i] = row[members[i]];
    }
  }

  private void grow(int length) {
    members = Arrays.copyOf(members, length);
    values = Arrays.copyOf(values, length);
    slopes = Arrays.copyOf(slopes, length);
    magnitudes = Arrays.copyOf(magnitudes, length);
    curvatures = Arrays.copyOf(curvatures, length);
    double[][] longer = new double[length][];
    for (int i = 0; i < length; i++) {
      longer[i] = i < size ? Arrays.copyOf(rows[i], length) : new double[length];
    }
    rows = longer;
  }
}
