package io.drawbar.math;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Sums by BigDecimal, rounded by search: slow, obvious, and nothing in common with the package. */
final class Oracle {

  private Oracle() {}

  static double sum(double[] values) {
    double[] ones = new double[values.length];
    java.util.Arrays.fill(ones, 1.0);
    return sumOfProducts(values, ones);
  }

  static double sumOfProducts(double[] a, double[] b) {
    BigDecimal sum = BigDecimal.ZERO;
    boolean up = false;
    boolean down = false;
    for (int i = 0; i < a.length; i++) {
      if (Double.isFinite(a[i]) && Double.isFinite(b[i])) {
        sum = sum.add(new BigDecimal(a[i]).multiply(new BigDecimal(b[i])));
      } else if (Double.isNaN(a[i] * b[i])) {
        up = true;
        down = true;
      } else if (a[i] * b[i] > 0) {
        up = true;
      } else {
        down = true;
      }
    }
    if (up && down) {
      return Double.NaN;
    }
    if (up || down) {
      return up ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    return round(sum);
  }

  /** The nearest double, found by bisection over the bits of the non-negative doubles. */
  static double round(BigDecimal exact) {
    BigDecimal magnitude = exact.abs();
    long below = 0;
    long above = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);
    while (above - below > 1) {
      long between = (below + above) >>> 1;
      if (value(between).compareTo(magnitude) <= 0) {
        below = between;
      } else {
        above = between;
      }
    }
    int side = magnitude.subtract(value(below)).compareTo(value(above).subtract(magnitude));
    boolean takeAbove = side > 0 || (side == 0 && (below & 1) != 0);
    double rounded = Double.longBitsToDouble(takeAbove ? above : below);
    return exact.signum() < 0 && rounded != 0 ? -rounded : signedZero(exact, rounded);
  }

  /** A sum that is not zero and rounds to zero keeps its sign; a zero sum has none. */
  private static double signedZero(BigDecimal exact, double rounded) {
    return exact.signum() < 0 ? -rounded : rounded;
  }

  /** The value of these bits, where infinity counts as 2^1024, as rounding has it. */
  private static BigDecimal value(long bits) {
    double value = Double.longBitsToDouble(bits);
    return Double.isInfinite(value)
        ? new BigDecimal(BigInteger.ONE.shiftLeft(1024))
        : new BigDecimal(value);
  }
}
