package io.drawbar.math;

/**
 * Tails of Student's t distribution ("The Probable Error of a Mean", 1908), to some 12 digits of
 * their own, however small and with any degrees of freedom: an {@code I_x(f/2, 1/2)} with {@code x
 * = f / (f + t^2)} (M. Abramowitz, I. A. Stegun, "Handbook of Mathematical Functions", 1964,
 * 26.7.1). The same bits everywhere.
 */
public final class StudentDistribution {
  private StudentDistribution() {}

  /**
   * The probability of a value further from 0 than t, on either side; NaN of NaN, and 0 where the
   * square of t is infinite.
   *
   * @param freedom the degrees of freedom, above 0
   */
  public static double beyond(double t, double freedom) {
    double square = t * t;
    if (square == Double.POSITIVE_INFINITY) {
      return 0;
    }
    double sum = freedom + square;
    return IncompleteBeta.of(freedom / 2, 0.5, freedom / sum, square / sum);
  }

  /**
   * How far from 0 the values are that are exceeded, on both sides, with a probability: 12.706 for
   * 0.05 and one degree of freedom.
   */
  public static double bound(double probability, double freedom) {
    return Tails.bound(t -> beyond(t, freedom), probability);
  }
}
