package io.drawbar.learn;

import java.io.Serializable;

/**
 * The coordinates in which a loss is made smaller: coefficients of features that have been brought
 * to mean 0 and standard deviation 1, which makes the loss about as steep in all directions. For
 * each margin there are the coefficients, then the intercept. Rows stay as they are: {@link
 * #weights} and {@link #offset} turn coordinates into coefficients for them, {@link #gradient}
 * slopes along those into slopes along coordinates.
 *
 * @param margins how many margins a row has
 * @param means of the features; zeros if no intercept is fitted
 * @param factors one over the standard deviation; 0 for a feature that gets no coefficient
 * @param intercept whether there is one
 */
record Coordinates(int margins, double[] means, double[] factors, Intercept intercept)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** How many features there are. */
  int elements() {
    return means.length;
  }

  /** How many coordinates a margin has. */
  int stride() {
    return means.length + 1;
  }

  /** How many coordinates there are. */
  int size() {
    return Math.multiplyExact(margins, stride());
  }

  /** The coefficients of a margin for features as they are. */
  double[] weights(double[] place, int margin) {
    double[] weights = new double[means.length];
    for (int j = 0; j < weights.length; j++) {
      weights[j] = place[margin * stride() + j] * factors[j] + 0.0;
    }
    return weights;
  }

  /** The intercept of a margin for features as they are. */
  double offset(double[] place, int margin) {
    double[] weights = weights(place, margin);
    DoubledSum sum = new DoubledSum().add(place[margin * stride() + weights.length]);
    for (int j = 0; j < weights.length; j++) {
      sum.addProduct(weights[j], -means[j]);
    }
    return sum.high() + 0.0;
  }

  /**
   * Slopes along coordinates.
   *
   * @param sums for each margin the slopes along coefficients; then those along intercepts
   * @param rows what the sums are divided by
   */
  double[] gradient(double[] sums, double rows) {
    double[] gradient = new double[size()];
    int elements = means.length;
    for (int k = 0; k < margins; k++) {
      double along = sums[margins * elements + k];
      for (int j = 0; j < elements; j++) {
        double centred = sums[k * elements + j] - means[j] * along;
        gradient[k * stride() + j] = centred * factors[j] / rows;
      }
      gradient[k * stride() + elements] = intercept == Intercept.FITTED ? along / rows : 0;
    }
    return gradient;
  }
}
