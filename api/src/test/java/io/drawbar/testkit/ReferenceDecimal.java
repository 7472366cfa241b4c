package io.drawbar.testkit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The text of a double as the specification of {@code Double.toString} in JDK 19 and later words
 * it, found by trying one number of digits after the other.
 */
final class ReferenceDecimal {
  private ReferenceDecimal() {}

  /**
   * The shortest decimal of at least two digits that reads back as the value; of those the nearest.
   */
  static String text(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    double magnitude = Math.abs(value);
    if (magnitude == 0) {
      return sign + "0.0";
    }
    if (Double.isInfinite(magnitude)) {
      return sign + "Infinity";
    }
    BigDecimal exact = new BigDecimal(magnitude);
    BigDecimal shortest = null;
    for (int digits = 2; shortest == null; digits++) {
      shortest = nearest(exact, digits, magnitude);
    }
    return sign + notation(shortest, magnitude);
  }

  /**
   * The nearest decimal of so many digits, if it reads back; else the one on the other side; or
   * null.
   */
  private static BigDecimal nearest(BigDecimal exact, int digits, double value) {
    BigDecimal below = exact.round(new MathContext(digits, RoundingMode.DOWN));
    BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
    boolean belowReads = Double.parseDouble(below.toString()) == value;
    boolean aboveReads = Double.parseDouble(above.toString()) == value;
    if (!belowReads || !aboveReads) {
      return belowReads ? below : aboveReads ? above : null;
    }
    int side = exact.subtract(below).compareTo(above.subtract(exact));
    boolean isBelow = side == 0 ? !below.unscaledValue().testBit(0) : side < 0;
    return isBelow ? below : above;
  }

  private static String notation(BigDecimal decimal, double value) {
    if (value >= 1e-3 && value < 1e7) {
      String plain = decimal.stripTrailingZeros().toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    BigDecimal stripped = decimal.stripTrailingZeros();
    String digits = stripped.unscaledValue().toString();
    int exponent = digits.length() - 1 - stripped.scale();
    String fraction = digits.length() == 1 ? "0" : digits.substring(1);
    return digits.charAt(0) + "." + fraction + "E" + exponent;
  }
}
