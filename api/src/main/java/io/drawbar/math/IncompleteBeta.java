package io.drawbar.math;

/**
 * The regularised incomplete beta function {@code I_x(a, b)}, of which the tails of Student's t and
 * of F are made.
 *
 * <p>The continued fraction of A. R. DiDonato and A. H. Morris ("Significant Digit Computation of
 * the Incomplete Beta Function Ratios", 1992), whose terms are made of the distance of x from the
 * mean and so keep their digits where a is huge and x next to 1, as they are in a test with many
 * degrees of freedom. It is evaluated by the method of W. J. Lentz (1976), on the side of the mean
 * where dozens of terms do. What stands before it, {@code x^a y^b / B(a, b)}, is taken as C. Loader
 * teaches ("Fast and Accurate Computation of Binomial Probabilities", 2000): by deviances and the
 * errors of Stirling's formula, so that nothing cancels however large a and b are. Logarithms of
 * gamma functions would lose as many digits as they have before the point.
 */
final class IncompleteBeta {
  private static final double TINY = 0x1p-1000;
  private static final double ENOUGH = 0x1p-52;
  private static final int MOST_TERMS = 1_000_000;

  private IncompleteBeta() {}

  /**
   * The share of a beta distribution below x.
   *
   * @param a above 0
   * @param b above 0
   * @param x from 0 to 1
   * @param y 1 - x, given for its digits where x is near 1
   */
  static double of(double a, double b, double x, double y) {
    if (!(x > 0)) {
      return x == 0 ? 0 : Double.NaN;
    }
    if (!(y > 0)) {
      return y == 0 ? 1 : Double.NaN;
    }
    // From whichever of x and y is small, so that its digits are kept.
    double lambda = x > 0.5 ? (a + b) * y - b : a - (a + b) * x;
    double share =
        lambda >= 0
            ? kernel(a, b, x, y) * fraction(a, b, x, y, lambda)
            : 1 - kernel(b, a, y, x) * fraction(b, a, y, x, -lambda);
    return Math.min(1, Math.max(0, share));
  }

  /** {@code x^a y^b / B(a, b)}. */
  private static double kernel(double a, double b, double x, double y) {
    double n = a + b;
    double stirling = stirlingError(n) - stirlingError(a) - stirlingError(b);
    double deviance = deviance(a, n * x) + deviance(b, n * y);
    return Math.sqrt(a * (b / n) / (2 * Math.PI)) * Exponential.exp(stirling - deviance);
  }

  /** {@code u log(u/m) + m - u}, also where u is near m. */
  private static double deviance(double u, double m) {
    double difference = u - m;
    if (Math.abs(difference) >= 0.1 * (u + m)) {
      return u * Logarithm.log(u / m) - difference;
    }
    double v = difference / (u + m);
    double sum = difference * v;
    double power = 2 * u * v;
    for (int j = 3; j < 100; j += 2) {
      power *= v * v;
      double next = sum + power / j;
      if (next == sum) {
        break;
      }
      sum = next;
    }
    return sum;
  }

  /** {@code log(Gamma(z)) - log(sqrt(2 pi / z) (z / e)^z)}. */
  static double stirlingError(double z) {
    double sum = 0;
    double at = z;
    while (at < 16) {
      sum += (at + 0.5) * Logarithm.log1p(1 / at) - 1;
      at += 1;
    }
    double w = 1 / (at * at);
    double series =
        1.0 / 12
            - w
                * (1.0 / 360
                    - w
                        * (1.0 / 1260
                            - w * (1.0 / 1680 - w * (1.0 / 1188 - w * (691.0 / 360360)))));
    return sum + series / at;
  }

  /** What the kernel is multiplied by, where {@code lambda = a - (a + b) x} is not negative. */
  private static double fraction(double a, double b, double x, double y, double lambda) {
    double c = a * (lambda + 1) / (a + 1);
    double d = 0;
    double h = 1 / c;
    for (int n = 1; n < MOST_TERMS; n++) {
      double odd = a + 2.0 * n - 1;
      double numerator = (a + n - 1) / odd * ((a + b + n - 1) / odd) * n * (b - n) * x * x;
      double denominator =
          n + n * (b - n) * x / odd + (a + n) * (lambda + 1 + n * (1 + y)) / (odd + 2);
      d = 1 / away(denominator + numerator * d);
      c = away(denominator + numerator / c);
      double factor = c * d;
      h /= factor;
      if (Math.abs(factor - 1) <= ENOUGH) {
        break;
      }
    }
    return h;
  }

  private static double away(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }
}
