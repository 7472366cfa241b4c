package io.drawbar.learn;

import io.drawbar.math.Cholesky;
import io.drawbar.math.Logarithm;
import io.drawbar.math.NotPositiveDefiniteException;
import io.drawbar.math.SymmetricScaling;

/**
 * What the densities of components are computed with, {@code c_k - |W_k (x - m_k)|^2 / 2}: see
 * {@link io.drawbar.math.LogDensities}.
 *
 * @param factors W of each component
 * @param constants of each, the logarithm of its weight with that of what makes it a density
 */
record NormalFactors(double[][] factors, double[] constants) {
  /** The share of an element's variance, given those before it, that is no more than rounding. */
  private static final double NO_WIDTH = 1e-13;

  private static final double LOG_OF_TWO_PI = 1.8378770664093453;

  /** A component has no width along an element, given the elements before it. */
  static final class NoWidthException extends Exception {
    private static final long serialVersionUID = 1;

    final int component;
    final int element;

    NoWidthException(int component, int element) {
      super("component %s along element %s".formatted(component, element));
      this.component = component;
      this.element = element;
    }
  }

  /**
   * Factors covariances.
   *
   * @param weights of the components; one without weight needs no width, and counts for nothing
   * @param covariances of each component, the upper triangle packed by rows, or the diagonal
   * @throws NoWidthException if one of them is not positive definite
   */
  static NormalFactors of(
      CovarianceShape shape, double[] weights, double[][] covariances, int elements)
      throws NoWidthException {
    double[][] factors = new double[weights.length][];
    double[] constants = new double[weights.length];
    for (int k = 0; k < weights.length; k++) {
      factors[k] = new double[covariances[k].length];
      if (weights[k] == 0) {
        constants[k] = Double.NEGATIVE_INFINITY;
        continue;
      }
      double logDeterminant =
          shape == CovarianceShape.DIAGONAL
              ? diagonal(covariances[k], k, factors[k])
              : triangle(covariances[k], k, elements, factors[k]);
      constants[k] = Logarithm.log(weights[k]) - 0.5 * (elements * LOG_OF_TWO_PI + logDeterminant);
    }
    return new NormalFactors(factors, constants);
  }

  /** The same for covariances that have been factored before. */
  static NormalFactors sure(
      CovarianceShape shape, double[] weights, double[][] covariances, int elements) {
    try {
      return of(shape, weights, covariances, elements);
    } catch (NoWidthException e) {
      throw new IllegalArgumentException("no density: " + e.getMessage(), e);
    }
  }

  /** Writes the factor of variances; the logarithm of their determinant. */
  private static double diagonal(double[] variances, int component, double[] factor)
      throws NoWidthException {
    double logDeterminant = 0;
    for (int j = 0; j < variances.length; j++) {
      if (!(variances[j] >= Double.MIN_NORMAL && variances[j] <= Double.MAX_VALUE)) {
        throw new NoWidthException(component, j);
      }
      factor[j] = 1 / Math.sqrt(variances[j]);
      logDeterminant += Logarithm.log(variances[j]);
    }
    return logDeterminant;
  }

  /** Writes the factor of covariances; the logarithm of their determinant. */
  private static double triangle(double[] packed, int component, int elements, double[] factor)
      throws NoWidthException {
    try {
      SymmetricScaling scaling = SymmetricScaling.of(packed, elements);
      Cholesky root = Cholesky.factor(scaling.scale(packed), elements, NO_WIDTH);
      unscale(root.inverseRows(), scaling, factor);
      return root.logDeterminant() + logSquares(packed, elements);
    } catch (NotPositiveDefiniteException e) {
      throw new NoWidthException(component, e.column());
    }
  }

  private static void unscale(double[][] rows, SymmetricScaling scaling, double[] packed) {
    double[] whole = new double[rows.length];
    int at = 0;
    for (double[] row : rows) {
      System.arraycopy(row, 0, whole, 0, row.length);
      System.arraycopy(scaling.scaleRight(whole), 0, packed, at, row.length);
      at += row.length;
    }
  }

  /** The logarithm of the product of the diagonal, which scaling has made ones. */
  private static double logSquares(double[] packed, int elements) {
    double sum = 0;
    int at = 0;
    for (int j = 0; j < elements; j++) {
      sum += Logarithm.log(packed[at]);
      at += elements - j;
    }
    return sum;
  }
}
