package io.drawbar.learn;

/**
 * What is known of one coefficient: how far from zero it is, in its standard errors, and how likely
 * it would be that far if it were zero.
 *
 * @param name of the element, or {@code intercept}
 * @param value the coefficient
 * @param standardError its own, in its unit
 * @param statistic the value over the standard error: of a linear regression t, of a logistic one z
 * @param probability the p-value, two-sided: of Student's t distribution, or of the normal one
 * @param least where the interval of 95 percent begins
 * @param most where it ends
 */
public record CoefficientTest(
    String name,
    double value,
    double standardError,
    double statistic,
    double probability,
    double least,
    double most) {
  /** What lies outside of an interval. */
  static final double OUTSIDE = 0.05;
}
