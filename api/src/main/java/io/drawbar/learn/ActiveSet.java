package io.drawbar.learn;

import io.drawbar.math.Cholesky;
import io.drawbar.math.NotPositiveDefiniteException;

/**
 * The last digits of a model with a penalty on magnitudes. As long as it is known which
 * coefficients are not zero, and of which sign, the others follow from equations, {@code (C + L2) b
 * = c - l1 sign(b)}, which are solved as those of ridge regression are: scaled, by Cholesky, and
 * refined by a residual in twice the digits. So the model is a function of the data, the penalty,
 * and that set, however it was found.
 *
 * <p>It begins with a set that is nearly right, and ends when it is: no sign is wrong, and no slope
 * of a coefficient that is zero is steeper than its penalty. In between it goes as far to the
 * solution of the set as signs hold, leaves out what became zero there, or takes in the steepest
 * (H. Lee, A. Battle, R. Raina, A. Ng, "Efficient Sparse Coding Algorithms", 2006): each step is
 * downhill, so that no set comes twice. It takes no more than 20 steps in for each feature, and
 * each feature that has come leaves once, so that steps are bounded, too; between two of them,
 * which cost a factorisation of the set, an interrupt is heard.
 */
final class ActiveSet {
  /**
   * What of a feature's variance the others must leave for it to be a part of the equations: below
   * it may be rounding, as of a duplicate.
   */
  private static final double DEPENDENT = 1e-14;

  private static final int MOST_REFINEMENTS = 10;

  /** After so many steps for each feature none is taken in: what is still too steep is rounding. */
  private static final int MOST_STEPS = 20;

  private final GramMatrix matrix;
  private final Correlations correlations;
  private final Penalty penalty;
  private final Penalty scaled;

  /** Coordinates, and their signs: those of the set are not zero. */
  private final double[] place;

  private final double[] signs;

  /**
   * Features that had come in and could not leave zero, because it was rounding that was steep, and
   * those whose penalty has no end.
   */
  private final boolean[] refused;

  /** The features of the set in ascending order, and the arrays by that order. */
  private int[] active;

  private double[] stretches;

  /**
   * A set to begin with.
   *
   * @param penalty in units of the matrix
   * @param scaled in units of the correlations
   * @param place coordinates in those
   */
  ActiveSet(
      GramMatrix matrix,
      Correlations correlations,
      Penalty penalty,
      Penalty scaled,
      double[] place) {
    this.matrix = matrix;
    this.correlations = correlations;
    this.penalty = penalty;
    this.scaled = scaled;
    this.place = place.clone();
    signs = new double[place.length];
    refused = new boolean[place.length];
    for (int j = 0; j < place.length; j++) {
      refused[j] = !Double.isFinite(scaled.l2()[j]);
      this.place[j] = refused[j] ? 0 : place[j];
      signs[j] = Math.signum(this.place[j]);
    }
  }

  /** The coordinates at the end. */
  double[] place() {
    return place.clone();
  }

  /** The coefficients, in the units of the features; not finite if they overflow. */
  double[] solve() {
    for (long step = 0; ; step++) {
      TrainingInterruptedException.check("a regression with a penalty on magnitudes");
      collect();
      double[] packed = packed();
      Cholesky factor;
      try {
        factor = active.length == 0 ? null : Cholesky.factor(packed, active.length, DEPENDENT);
      } catch (NotPositiveDefiniteException e) {
        slide(packed, e.column());
        continue;
      }
      double[] solution = active.length == 0 ? new double[0] : refined(factor);
      double[] target = new double[active.length];
      for (int i = 0; i < target.length; i++) {
        double unit = correlations.root(active[i]) / correlations.labelRoot();
        target[i] = solution[i] * unit;
        if (!Double.isFinite(solution[i])) {
          return solution;
        }
      }
      if (goTo(target) && !(step < MOST_STEPS * (place.length + 1L) && takeIn())) {
        double[] coefficients = new double[place.length];
        for (int i = 0; i < active.length; i++) {
          coefficients[active[i]] = solution[i];
        }
        return coefficients;
      }
    }
  }

  private void collect() {
    int count = 0;
    for (double sign : signs) {
      count += sign == 0 ? 0 : 1;
    }
    active = new int[count];
    stretches = new double[count];
    int at = 0;
    for (int j = 0; j < signs.length; j++) {
      if (signs[j] != 0) {
        stretches[at] = Math.sqrt(1 + scaled.l2()[j]);
        active[at++] = j;
      }
    }
  }

  /** The equations of the set, scaled to a unit diagonal. */
  private double[] packed() {
    double[] packed = new double[active.length * (active.length + 1) / 2];
    int at = 0;
    for (int i = 0; i < active.length; i++) {
      double[] row = correlations.row(active[i]);
      packed[at++] = 1;
      for (int k = i + 1; k < active.length; k++) {
        packed[at++] = row[active[k]] / stretches[i] / stretches[k];
      }
    }
    return packed;
  }

  /**
   * The coefficients of the set: corrected by the residual as long as that gains digits, as {@link
   * NormalEquations} does, but not to see that it would gain no more.
   */
  private double[] refined(Cholesky factor) {
    double[] x = new double[active.length];
    double previous = Double.POSITIVE_INFINITY;
    double first = 0;
    for (int step = 0; step <= MOST_REFINEMENTS; step++) {
      double[] correction = factor.solve(residual(x));
      double largest = 0;
      for (double value : correction) {
        largest = Math.max(largest, Math.abs(value));
      }
      if (!(largest < previous / 2)) {
        x[0] = step == 0 ? Double.NaN : x[0];
        break;
      }
      for (int i = 0; i < x.length; i++) {
        double unit = correlations.labelRoot() / correlations.root(active[i]);
        x[i] += correction[i] / stretches[i] * unit;
      }
      first = step == 0 ? largest : first;
      if (step > 0 && largest * (largest / previous) < first * 0x1p-64) {
        break;
      }
      previous = largest;
    }
    return x;
  }

  /** What the scaled equations are short of. */
  private double[] residual(double[] x) {
    double[] residual = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int j = active[i];
      double magnitude = signs[j] * penalty.l1()[j];
      double exact = matrix.residual(i, active, x, penalty.l2()[j], magnitude);
      residual[i] = exact / correlations.root(j) / correlations.labelRoot() / stretches[i];
    }
    return residual;
  }

  /** Goes to the target, or as far as signs hold; whether it came there. */
  private boolean goTo(double[] target) {
    double share = 1;
    for (int i = 0; i < active.length; i++) {
      share = Math.min(share, shareOfSign(active[i], target[i]));
    }
    boolean isThere = true;
    for (int i = 0; i < active.length; i++) {
      int j = active[i];
      double value = share == 1 ? target[i] : place[j] + share * (target[i] - place[j]);
      boolean isFirst = isZero(j, target[i]) && shareOfSign(j, target[i]) <= share;
      if (isFirst || value * signs[j] <= 0) {
        leaveOut(j, share);
        isThere = false;
      } else {
        place[j] = value;
      }
    }
    return isThere;
  }

  /** Whether a value is on the wrong side, or so near zero that zero is as good a minimum. */
  private boolean isZero(int feature, double value) {
    return value * signs[feature] * (1 + scaled.l2()[feature]) < CoordinateDescent.NOISE / 2;
  }

  /** The share of the way to a value on which a coordinate has its sign. */
  private double shareOfSign(int feature, double target) {
    if (target * signs[feature] > 0) {
      return 1;
    }
    return place[feature] == 0 ? 0 : place[feature] / (place[feature] - target);
  }

  private void leaveOut(int feature, double share) {
    refused[feature] |= share == 0;
    place[feature] = 0;
    signs[feature] = 0;
  }

  /** How much of a slope may be rounding. */
  private double noise() {
    double sum = 1;
    for (double value : place) {
      sum += Math.abs(value);
    }
    return CoordinateDescent.NOISE * sum;
  }

  /** Takes in the feature whose slope is steeper than its penalty by most; the first of such. */
  private boolean takeIn() {
    double[] slopes = correlations.slopes(place);
    double most = noise();
    int steepest = -1;
    for (int j = 0; j < slopes.length; j++) {
      double over = Math.abs(slopes[j]) - scaled.l1()[j];
      if (over > most && signs[j] == 0 && !refused[j]) {
        most = over;
        steepest = j;
      }
    }
    if (steepest >= 0) {
      signs[steepest] = Math.signum(slopes[steepest]);
    }
    return steepest >= 0;
  }

  /**
   * Of features that follow from each other one has to go. There is a direction in which hardly
   * anything but the penalty changes: downhill, until a coordinate is zero; where there is no
   * downhill, the one that follows from those before it becomes smaller.
   */
  private void slide(double[] packed, int last) {
    double[] direction = direction(packed, last);
    double[] slopes = correlations.slopes(place);
    double change = 0;
    double length = 0;
    for (int i = 0; i <= last; i++) {
      int j = active[i];
      double slope = scaled.l1()[j] * signs[j] + scaled.l2()[j] * place[j] - slopes[j];
      change += slope * direction[i];
      length += Math.abs(direction[i]);
    }
    boolean isLevel = Math.abs(change) <= noise() * length;
    double turned = isLevel ? -signs[active[last]] : -Math.signum(change);
    double most = Double.POSITIVE_INFINITY;
    for (int i = 0; i <= last; i++) {
      most = Math.min(most, lengthToZero(active[i], turned * direction[i]));
    }
    if (most == Double.POSITIVE_INFINITY) {
      leaveOut(active[last], 0);
      return;
    }
    for (int i = 0; i <= last; i++) {
      int j = active[i];
      double step = turned * direction[i];
      if (lengthToZero(j, step) <= most) {
        leaveOut(j, most == 0 ? 0 : 1);
      } else {
        place[j] += most * step;
      }
    }
  }

  private double lengthToZero(int feature, double step) {
    return step * signs[feature] < 0 ? Math.abs(place[feature] / step) : Double.POSITIVE_INFINITY;
  }

  /** A feature less its regression on those before it, from which it follows. */
  private double[] direction(double[] packed, int last) {
    double[] before = new double[last * (last + 1) / 2];
    double[] right = new double[last];
    int from = 0;
    int to = 0;
    for (int i = 0; i < last; i++) {
      System.arraycopy(packed, from, before, to, last - i);
      right[i] = packed[from + last - i];
      from += active.length - i;
      to += last - i;
    }
    double[] weights = Cholesky.factor(before, last, 0.0).solve(right);
    double[] direction = new double[last + 1];
    for (int i = 0; i < last; i++) {
      direction[i] = -weights[i] / stretches[i];
    }
    direction[last] = 1 / stretches[last];
    return direction;
  }
}
