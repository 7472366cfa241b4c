package io.drawbar.learn;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What coordinates cost: {@code sum_j l1_j |u_j| + l2_j / 2 u_j^2}; the intercepts cost nothing.
 *
 * @param l1 the weight of each coordinate's magnitude
 * @param l2 that of half its square
 */
record Penalty(double[] l1, double[] l2) implements Serializable {
  private static final long serialVersionUID = 1;

  static Penalty of(Coordinates coordinates, double l1, double l2, PenaltyScale scale) {
    double[] magnitudes = new double[coordinates.size()];
    double[] squares = new double[coordinates.size()];
    for (int k = 0; k < coordinates.margins(); k++) {
      for (int j = 0; j < coordinates.elements(); j++) {
        double unit = scale == PenaltyScale.STANDARDISED ? 1 : coordinates.factors()[j];
        magnitudes[k * coordinates.stride() + j] = l1 * unit;
        squares[k * coordinates.stride() + j] = l2 * unit * unit;
      }
    }
    return new Penalty(magnitudes, squares);
  }

  /**
   * That of the coefficients of features as they are, beside half the sum of squared errors over
   * all rows: so many times that beside their mean.
   */
  static Penalty of(GramMatrix matrix, int elements, double l1, double l2, PenaltyScale scale) {
    double[] magnitudes = new double[elements];
    double[] squares = new double[elements];
    double rows = matrix.rows();
    for (int j = 0; j < elements; j++) {
      double square = matrix.at(j, j);
      boolean isAsGiven = scale == PenaltyScale.AS_GIVEN;
      magnitudes[j] = isAsGiven ? rows * l1 : Math.sqrt(rows) * l1 * Math.sqrt(square);
      squares[j] = isAsGiven ? rows * l2 : l2 * square;
    }
    return new Penalty(magnitudes, squares);
  }

  /** Refuses weights that are no penalty. */
  static void check(double l1, double l2) {
    if (!(l1 >= 0 && l2 >= 0) || Double.isInfinite(l1 + l2)) {
      throw new IllegalArgumentException(
          "a penalty is 0 or more: withL2(0.01), not "
              + (l1 >= 0 && l1 <= Double.MAX_VALUE ? l2 : l1));
    }
  }

  /** Refuses what is no share of magnitudes. */
  static void checkMixing(double mixing) {
    if (!(mixing >= 0 && mixing <= 1)) {
      throw new IllegalArgumentException("a share of magnitudes is 0 to 1, not " + mixing);
    }
  }

  /** The whole cost of a place. */
  double at(double[] place) {
    double sum = 0;
    for (int i = 0; i < place.length; i++) {
      sum += l1[i] * Math.abs(place[i]) + l2[i] / 2 * place[i] * place[i];
    }
    return sum;
  }

  /**
   * At least the cost of a share of the way: squares as they are there, magnitudes in proportion,
   * which are less if one changes its sign.
   */
  double between(double[] from, double[] to, double share) {
    double sum = 0;
    for (int i = 0; i < from.length; i++) {
      double place = from[i] + share * (to[i] - from[i]);
      sum += l1[i] * ((1 - share) * Math.abs(from[i]) + share * Math.abs(to[i]));
      sum += l2[i] / 2 * place * place;
    }
    return sum;
  }

  boolean hasMagnitudes() {
    return Arrays.stream(l1).anyMatch(weight -> weight > 0);
  }

  boolean isNone() {
    return !hasMagnitudes() && Arrays.stream(l2).allMatch(weight -> weight == 0);
  }

  /** Adds the slopes of the squares. */
  void addSlopes(double[] place, double[] gradient) {
    for (int i = 0; i < place.length; i++) {
      gradient[i] += l2[i] * place[i];
    }
  }

  /** The slope of magnitudes and squares from one place to another, at a share of the way. */
  double slope(double[] from, double[] to, double share) {
    double sum = 0;
    for (int i = 0; i < from.length; i++) {
      double move = to[i] - from[i];
      sum += l1[i] * (Math.abs(to[i]) - Math.abs(from[i]));
      sum += l2[i] * (from[i] + share * move) * move;
    }
    return sum;
  }

  /**
   * The steepest slope with the magnitudes: the gradient of least length that the cost has, of
   * several where a coordinate is zero (G. Andrew, J. Gao, 2007).
   */
  double[] steepest(double[] place, double[] gradient) {
    double[] steepest = gradient.clone();
    for (int i = 0; i < place.length; i++) {
      double weight = l1[i];
      if (weight == 0) {
        continue;
      }
      if (place[i] != 0) {
        steepest[i] += Math.copySign(weight, place[i]);
      } else {
        double over = Math.abs(gradient[i]) - weight;
        steepest[i] = over > 0 ? Math.copySign(over, gradient[i]) : 0;
      }
    }
    return steepest;
  }
}
