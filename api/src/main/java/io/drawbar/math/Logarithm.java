package io.drawbar.math;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Natural logarithms, with the same bits on every processor and Java.
 *
 * <p>Both are less than 0.8 units in the last place from the true result (tests hold them to that).
 * {@code Math.log} may differ between machines; {@code StrictMath.log} is right and slower.
 *
 * <p>After P. T. P. Tang, "Table-Driven Implementation of the Logarithm Function in IEEE
 * Floating-Point Arithmetic", 1990: {@code x = 2^m y} with y from 1 to 2, and c, of 12 binary
 * digits, near {@code 1/y}, give {@code log(x) = m log(2) - log(c) + log(1 + r)} with {@code r = c
 * y - 1}, so small that seven terms of the series do. The first two are kept in two doubles each,
 * of which the upper ones add without rounding; r is rounded once, as y is multiplied in two
 * halves.
 */
public final class Logarithm {
  private static final int BITS = 7;
  private static final int COUNT = 1 << BITS;

  /** The numbers c for y near {@code 1 + j/128}. */
  private static final double[] INVERSES = new double[COUNT + 1];

  /** Minus the logarithms of c, each the sum of two doubles: 2j and 2j + 1. */
  private static final double[] LOGS = new double[2 * COUNT + 2];

  static {
    for (int j = 0; j <= COUNT; j++) {
      INVERSES[j] = Math.rint(0x1p12 * COUNT / (COUNT + j)) * 0x1p-12;
      BigDecimal log = minusLog(INVERSES[j]);
      // 42 digits after the point: with 11 before it, sums of multiples are exact.
      LOGS[2 * j] = Math.rint(log.doubleValue() * 0x1p42) * 0x1p-42;
      LOGS[2 * j + 1] = log.subtract(new BigDecimal(LOGS[2 * j])).doubleValue();
    }
  }

  private static final double LOG2_HIGH = LOGS[2 * COUNT];
  private static final double LOG2_LOW = LOGS[2 * COUNT + 1];
  private static final long FRACTION = (1L << 52) - 1;
  private static final long UPPER_HALF = FRACTION >> 26 << 26;
  private static final long ONE = (long) Double.MAX_EXPONENT << 52;

  private Logarithm() {}

  /** {@code -log(c) = 2 artanh((1 - c) / (1 + c))}, c from 1/2 to 1. */
  private static BigDecimal minusLog(double c) {
    MathContext digits = new MathContext(50);
    BigDecimal exact = new BigDecimal(c);
    BigDecimal x = BigDecimal.ONE.subtract(exact).divide(BigDecimal.ONE.add(exact), digits);
    BigDecimal square = x.multiply(x, digits);
    BigDecimal power = x.add(x);
    BigDecimal sum = BigDecimal.ZERO;
    for (int n = 1; n < 100; n += 2) {
      sum = sum.add(power.divide(BigDecimal.valueOf(n), digits), digits);
      power = power.multiply(square, digits);
    }
    return sum;
  }

  /** The natural logarithm: NaN of NaN and negative numbers, minus infinity of zero. */
  public static double log(double x) {
    if (x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE) {
      return log(x, 0, 0);
    }
    if (x > 0 && x < Double.MIN_NORMAL) {
      return log(x * 0x1p54, -54, 0);
    }
    return x == 0 ? Double.NEGATIVE_INFINITY : x > 0 ? x : Double.NaN;
  }

  /** {@code log(1 + x)}, also where x is near zero; NaN below -1. */
  public static double log1p(double x) {
    double sum = 1 + x;
    if (!(sum > 0 && sum <= Double.MAX_VALUE)) {
      return log(sum);
    }
    if (sum == 1) {
      return x; // up to x squared over two, less than half a unit in its last place
    }
    return log(sum, 0, Expansion.sumError(1, x, sum));
  }

  /** {@code log(2^exponent (x + lost))}, where x is normal and has lost that to rounding. */
  private static double log(double x, int exponent, double lost) {
    long bits = Double.doubleToRawLongBits(x);
    int m = (int) (bits >> 52) - Double.MAX_EXPONENT;
    double y = Double.longBitsToDouble(bits & FRACTION | ONE);
    double upper = Double.longBitsToDouble(bits & UPPER_HALF | ONE);
    int j = (int) ((bits & FRACTION) + (1L << 51 - BITS) >> 52 - BITS);
    double c = INVERSES[j];
    double r = (upper * c - 1) + (y - upper) * c;
    double square = r * r;
    double tail =
        square * (-0.5 + r * (1.0 / 3 + r * (-0.25 + r * (0.2 + r * (-1.0 / 6 + r * (1.0 / 7))))));
    double more =
        lost * (c - c * r) * Double.longBitsToDouble((long) (Double.MAX_EXPONENT - m) << 52);
    double high = (m + exponent) * LOG2_HIGH + LOGS[2 * j];
    double low = (m + exponent) * LOG2_LOW + LOGS[2 * j + 1] + more;
    // What the sum of the greatest two has lost is known.
    double sum = high + r;
    double rounding = Expansion.sumError(high, r, sum);
    return sum + (rounding + (tail + low));
  }
}
