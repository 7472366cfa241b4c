package io.drawbar.math;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers rounded to decimals: exactly, half away from zero. */
public final class Rounding {
  /** From here on a double is a whole number. */
  private static final double WHOLE = 0x1p52;

  /** All of them, and all numbers below 2^53, are doubles: their quotient is rounded once. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private Rounding() {}

  /**
   * The double nearest to the decimal, of so many places, that is nearest to a number; of two such
   * decimals that away from zero. The sign stays; NaN and infinities do, too.
   *
   * @param digits from 0 to 15
   */
  public static double round(double number, int digits) {
    double size = Math.abs(number);
    if (!(size < WHOLE)) {
      return number;
    }
    double scaled = size * POWERS[digits];
    if (scaled < WHOLE) {
      double below = Math.floor(scaled);
      double rest = scaled - below;
      // The product is off by half a unit in its last place at most, and exact without digits.
      if (digits == 0 || Math.abs(rest - 0.5) > Math.ulp(scaled)) {
        return Math.copySign((rest < 0.5 ? below : below + 1) / POWERS[digits], number);
      }
    }
    BigDecimal decimal = new BigDecimal(size).setScale(digits, RoundingMode.HALF_UP);
    return Math.copySign(decimal.doubleValue(), number);
  }
}
