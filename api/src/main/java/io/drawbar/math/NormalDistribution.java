package io.drawbar.math;

/**
 * Tails of the standard normal distribution, to some 13 digits of their own, however small.
 *
 * <p>Within two deviations by the series of G. Marsaglia ("Evaluating the Normal Distribution",
 * 2004), beyond by Laplace's continued fraction. Only additions, multiplications and {@link
 * Exponential}: the same bits everywhere.
 */
public final class NormalDistribution {
  private static final double ROOT_TWO_PI = 2.5066282746310002;

  /** From two deviations on, so many terms of the fraction are more than enough. */
  private static final int TERMS = 100;

  private NormalDistribution() {}

  /** The probability of a value above z; NaN of NaN. */
  public static double above(double z) {
    if (z < 0) {
      return 1 - above(-z);
    }
    if (z >= 2) {
      double denominator = z;
      for (int k = TERMS; k > 0; k--) {
        denominator = z + k / denominator;
      }
      return density(z) / denominator;
    }
    double sum = z;
    double term = z;
    for (int k = 3; k < 200; k += 2) {
      term *= z * z / k;
      sum += term;
    }
    return 0.5 - density(z) * sum;
  }

  /** The probability of a value further from 0 than z, on either side. */
  public static double beyond(double z) {
    return 2 * above(Math.abs(z));
  }

  /** How far from 0 the values are that are exceeded, on both sides, with a probability. */
  public static double bound(double probability) {
    return Tails.bound(NormalDistribution::beyond, probability);
  }

  /** {@code e^(-z^2/2)} over the root of two pi; the square is taken in two parts. */
  private static double density(double z) {
    if (!(z < 40)) {
      return z >= 40 ? 0 : Double.NaN;
    }
    double upper = Math.rint(z * 0x1p16) * 0x1p-16;
    double rest = (z - upper) * (z + upper);
    return Exponential.exp(-upper * upper / 2) * Exponential.exp(-rest / 2) / ROOT_TWO_PI;
  }
}
