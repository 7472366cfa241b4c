package io.drawbar.learn;

import io.drawbar.math.Exponential;
import io.drawbar.math.Logarithm;

/**
 * What a row costs, given its margins and its class, and the slope of that along each margin; all
 * without cancellation where the cost is small.
 */
sealed interface Likelihood {
  /**
   * The likelihood of so many classes: of two, one margin decides; of more, one each.
   *
   * @param classes at least 2
   */
  static Likelihood of(int classes) {
    return classes == 2 ? new Binary() : new Softmax();
  }

  /** Minus the logarithm of the probability that the class has; puts its slopes into the array. */
  double loss(double[] margins, int label, double[] slopes);

  /** By how much the class is ahead of the others; the row is on the right side if above zero. */
  double lead(double[] margins, int label);

  /** Two classes: {@code log(1 + e^-m)}, where m is the margin of class 1, negated for class 0. */
  record Binary() implements Likelihood {
    @Override
    public double loss(double[] margins, int label, double[] slopes) {
      double sign = label == 0 ? -1 : 1;
      double m = sign * margins[0];
      double e = Exponential.exp(-Math.abs(m));
      double q = 1 / (1 + e);
      slopes[0] = m >= 0 ? -sign * (e * q) : -sign * q;
      return Math.max(-m, 0.0) + Logarithm.log1p(e);
    }

    @Override
    public double lead(double[] margins, int label) {
      return label == 0 ? -margins[0] : margins[0];
    }
  }

  /** Any number of classes: {@code log sum_k e^(z_k - z_y)}. */
  record Softmax() implements Likelihood {
    @Override
    public double loss(double[] margins, int label, double[] slopes) {
      double most = margins[0];
      for (int k = 1; k < margins.length; k++) {
        most = Math.max(most, margins[k]);
      }
      double others = 0;
      for (int k = 0; k < margins.length; k++) {
        slopes[k] = Exponential.exp(margins[k] - most);
        others += k == label ? 0 : slopes[k];
      }
      double sum = others + slopes[label];
      for (int k = 0; k < margins.length; k++) {
        slopes[k] /= sum;
      }
      slopes[label] = -(others / sum);
      double behind = most - margins[label];
      // With its own class ahead, e^0 is the 1 of log1p.
      return behind == 0 ? Logarithm.log1p(others) : behind + Logarithm.log(sum);
    }

    @Override
    public double lead(double[] margins, int label) {
      double most = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < margins.length; k++) {
        most = k == label ? most : Math.max(most, margins[k]);
      }
      return margins[label] - most;
    }
  }
}
