package io.drawbar.testkit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/**
 * The sum of doubles: exact, rounded once, half to even. Every finite double is a whole multiple of
 * 2^-1074, so whole numbers of any length do it.
 */
final class ReferenceSum {
  private static final int UNIT = -1074;
  private static final int PRECISION = 53;

  private ReferenceSum() {}

  static double of(List<Double> values) {
    boolean rises = values.contains(Double.POSITIVE_INFINITY);
    boolean falls = values.contains(Double.NEGATIVE_INFINITY);
    if (values.contains(Double.NaN) || rises && falls) {
      return Double.NaN;
    }
    if (rises || falls) {
      return rises ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    BigInteger total = BigInteger.ZERO;
    for (double value : values) {
      total = total.add(units(value));
    }
    return rounded(total);
  }

  private static BigInteger units(double value) {
    if (value == 0) {
      return BigInteger.ZERO;
    }
    int exponent = Math.max(Math.getExponent(value), Double.MIN_EXPONENT) - (PRECISION - 1);
    // Scaled up so that it is whole: exact, since it has 53 bits at most.
    double whole = Math.scalb(value, -exponent);
    return new BigDecimal(whole).toBigIntegerExact().shiftLeft(exponent - UNIT);
  }

  /** The double nearest to a number of units. */
  static double rounded(BigInteger units) {
    BigInteger magnitude = units.abs();
    int dropped = Math.max(0, magnitude.bitLength() - PRECISION);
    BigInteger kept = magnitude.shiftRight(dropped);
    BigInteger rest = magnitude.subtract(kept.shiftLeft(dropped));
    if (dropped > 0) {
      int side = rest.compareTo(BigInteger.ONE.shiftLeft(dropped - 1));
      if (side > 0 || side == 0 && kept.testBit(0)) {
        kept = kept.add(BigInteger.ONE);
      }
    }
    // Both steps are exact but for an overflow: whatever was dropped, 53 bits are left at most.
    double value = Math.scalb((double) kept.longValueExact(), dropped + UNIT);
    return units.signum() < 0 ? -value : value;
  }
}
