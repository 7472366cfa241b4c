package io.drawbar.math;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The exponential function, with the same bits on every processor and Java.
 *
 * <p>The result is less than 0.51 units in the last place from the true one, for a subnormal result
 * less than 0.76, so that nearly all are rounded correctly (tests hold it to that bound). {@code
 * Math.exp} may differ between machines; {@code StrictMath.exp} is right and some four times as
 * slow.
 *
 * <p>P. T. P. Tang, "Table-Driven Implementation of the Exponential Function in IEEE Floating-Point
 * Arithmetic", 1989: {@code x = (64 m + j) log(2)/64 + r}, hence {@code exp(x) = 2^m 2^(j/64)
 * exp(r)}, where r is so small, 0.0055 at most, that seven terms of the series do.
 */
public final class Exponential {
  private static final int BITS = 6;
  private static final int COUNT = 1 << BITS;

  /** The roots {@code 2^(j/64)}, each the sum of two doubles: 2j and 2j + 1. */
  private static final double[] ROOTS = roots();

  private static final double INVERSE = COUNT / 0.6931471805599453;

  /** log(2)/64 in two parts, the first of so few digits that 17 bits times it are exact. */
  private static final double STEP_HIGH = 0x1.62e42feep-1 / COUNT;

  private static final double STEP_LOW = 0x1.a39ef35793c76p-33 / COUNT;

  /** Adding it leaves a whole number in the last bits. */
  private static final double WHOLE = 0x1.8p52;

  /** Above, the result overflows; the double next to log(2^1024). */
  private static final double MOST = 0x1.62e42fefa39efp9;

  /** Below, it is nearer to zero than to the least double. */
  private static final double LEAST = -0x1.74910d52d3052p9;

  /** Below, it is subnormal or nearly so. */
  private static final double LEAST_NORMAL = -708;

  private Exponential() {}

  private static double[] roots() {
    MathContext digits = new MathContext(60);
    BigDecimal root = BigDecimal.valueOf(2);
    for (int i = 0; i < BITS; i++) {
      root = root.sqrt(digits);
    }
    double[] table = new double[2 * COUNT];
    BigDecimal power = BigDecimal.ONE;
    for (int j = 0; j < COUNT; j++) {
      table[2 * j] = power.doubleValue();
      table[2 * j + 1] = power.subtract(new BigDecimal(table[2 * j])).doubleValue();
      power = power.multiply(root, digits);
    }
    return table;
  }

  /** {@code e^x}: NaN of NaN, infinity above 709.78, zero below -745.13. */
  public static double exp(double x) {
    if (!(x >= LEAST_NORMAL && x <= MOST)) {
      return special(x);
    }
    double shifted = x * INVERSE + WHOLE;
    int k = (int) Double.doubleToRawLongBits(shifted);
    double value = mantissa(x, shifted - WHOLE, k & COUNT - 1);
    // A number from 1 to 2 times a power of two, which may be 2^1024 only as 2 times 2^1023.
    int m = k >> BITS;
    return m < Double.MAX_EXPONENT
        ? value * Double.longBitsToDouble((long) (m + Double.MAX_EXPONENT) << 52)
        : value * 2 * 0x1p1022 * Double.longBitsToDouble((long) m << 52);
  }

  private static double mantissa(double x, double k, int j) {
    double r = (x - k * STEP_HIGH) - k * STEP_LOW;
    double p =
        r + r * r * (0.5 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120 + r * (1.0 / 720)))));
    double high = ROOTS[2 * j];
    return high + (ROOTS[2 * j + 1] + high * p);
  }

  private static double special(double x) {
    if (x != x) {
      return Double.NaN;
    }
    if (x > 0) {
      return Double.POSITIVE_INFINITY;
    }
    if (x < LEAST) {
      return 0;
    }
    double shifted = x * INVERSE + WHOLE;
    int k = (int) Double.doubleToRawLongBits(shifted);
    double value = mantissa(x, shifted - WHOLE, k & COUNT - 1);
    // First normal, then rounded once more.
    int m = (k >> BITS) + 128;
    return value * Double.longBitsToDouble((long) (m + Double.MAX_EXPONENT) << 52) * 0x1p-128;
  }

  /**
   * The logistic function {@code 1 / (1 + e^-x)}, within three units in the last place on both
   * sides of zero.
   */
  public static double sigmoid(double x) {
    double e = exp(-Math.abs(x));
    double q = 1 / (1 + e);
    return x >= 0 ? q : x < 0 ? e * q : Double.NaN;
  }
}
