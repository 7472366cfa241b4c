package io.drawbar.math;

/**
 * The upper tail of the F distribution of R. A. Fisher and G. W. Snedecor, to some 12 digits of its
 * own: {@code I_x(m/2, n/2)} with {@code x = m / (m + n f)} (M. Abramowitz, I. A. Stegun, "Handbook
 * of Mathematical Functions", 1964, 26.6.2). The same bits everywhere.
 */
public final class FisherDistribution {
  private FisherDistribution() {}

  /**
   * The probability of a value above f; 1 of what is below 0, NaN of NaN.
   *
   * @param numerator degrees of freedom of what is divided, above 0
   * @param denominator those of what it is divided by, above 0
   */
  public static double above(double f, double numerator, double denominator) {
    if (f <= 0) {
      return 1;
    }
    double product = numerator * f;
    if (product == Double.POSITIVE_INFINITY) {
      return 0;
    }
    double sum = denominator + product;
    return IncompleteBeta.of(denominator / 2, numerator / 2, denominator / sum, product / sum);
  }
}
