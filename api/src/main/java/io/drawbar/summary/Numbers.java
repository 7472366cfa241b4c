package io.drawbar.summary;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as text, rounded once from their exact values, without a locale. */
final class Numbers {
  /** From 10 to this power on, and below 10 to minus 4, with an exponent. */
  private static final int LARGEST = 9;

  private static final int SMALLEST = -4;
  private static final RoundingMode ROUNDING = RoundingMode.HALF_EVEN;

  private Numbers() {}

  /** A number with so many significant digits; whole digits before the point are all kept. */
  static String digits(double value, int significant) {
    if (!Double.isFinite(value)) {
      return value != value ? "\u2013" : value > 0 ? "\u221e" : "-\u221e";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = rounded(value, significant);
    int power = power(rounded);
    if (power >= SMALLEST && power < LARGEST) {
      boolean isWhole = power >= significant;
      BigDecimal plain = isWhole ? new BigDecimal(value).setScale(0, ROUNDING) : rounded;
      return plain.stripTrailingZeros().toPlainString();
    }
    BigDecimal fraction = rounded.scaleByPowerOfTen(-power).stripTrailingZeros();
    return fraction.toPlainString() + "e" + power;
  }

  private static BigDecimal rounded(double value, int significant) {
    return new BigDecimal(value).round(new MathContext(significant, ROUNDING));
  }

  /** The power of ten of a number's first digit. */
  static int power(BigDecimal value) {
    return value.precision() - value.scale() - 1;
  }

  /** A whole number with separators. */
  static String count(long value) {
    StringBuilder digits = new StringBuilder(Long.toString(value));
    for (int at = digits.length() - 3; at > (value < 0 ? 1 : 0); at -= 3) {
      digits.insert(at, ',');
    }
    return digits.toString();
  }

  /** A place on a plot, to a hundredth of its unit. */
  static String place(double value) {
    BigDecimal hundredths = new BigDecimal(value).setScale(2, ROUNDING);
    return hundredths.signum() == 0 ? "0" : hundredths.stripTrailingZeros().toPlainString();
  }
}
