package io.drawbar.learn;

import java.util.List;

/**
 * The moments of a component's shares, about the mean that it had.
 *
 * @param shift how far the new mean is from that one
 * @param products the mean products of deviations from that one: the upper triangle packed by rows,
 *     or the diagonal
 */
record ComponentMoments(double[] shift, double[] products, boolean isDiagonal) {
  /** Moments of sums with the upper triangle of deviations and a one. */
  static ComponentMoments full(double[] sums, int from, int elements) {
    double[] shift = new double[elements];
    double[] products = new double[MixtureStep.covariances(CovarianceShape.FULL, elements)];
    double share = sums[from + products.length + elements];
    int at = from;
    int to = 0;
    for (int i = 0; i < elements; i++) {
      for (int j = i; j < elements; j++) {
        products[to++] = sums[at++] / share;
      }
      shift[i] = sums[at++] / share;
    }
    return new ComponentMoments(shift, products, false);
  }

  /** Moments of sums with deviations, their squares, and the shares. */
  static ComponentMoments diagonal(double[] sums, int from, int elements) {
    double[] shift = new double[elements];
    double[] products = new double[elements];
    double share = sums[from + 2 * elements];
    for (int j = 0; j < elements; j++) {
      shift[j] = sums[from + j] / share;
      products[j] = sums[from + elements + j] / share;
    }
    return new ComponentMoments(shift, products, true);
  }

  /** The new mean. */
  double[] mean(double[] before) {
    double[] mean = new double[before.length];
    for (int j = 0; j < mean.length; j++) {
      mean[j] = before[j] + shift[j];
    }
    return mean;
  }

  /** The covariances about the new mean, with so much more variance. */
  double[] covariances(List<Double> floors) {
    double[] covariances = new double[products.length];
    int at = 0;
    for (int i = 0; i < shift.length; i++) {
      int end = isDiagonal ? i + 1 : shift.length;
      for (int j = i; j < end; j++, at++) {
        double covariance = products[at] - shift[i] * shift[j];
        covariances[at] = i == j ? Math.max(0, covariance) + floors.get(i) : covariance;
      }
    }
    return covariances;
  }
}
