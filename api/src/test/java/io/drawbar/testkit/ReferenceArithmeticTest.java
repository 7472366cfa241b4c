package io.drawbar.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who watches the oracle: its rounding and its decimals, where they are hard. */
class ReferenceArithmeticTest {
  private static void assertSum(double expected, Double... values) {
    assertThat(Double.doubleToRawLongBits(ReferenceSum.of(List.of(values))))
        .as("sum of %s", List.of(values))
        .isEqualTo(Double.doubleToRawLongBits(expected));
  }

  @Test
  void sumsAreRoundedOnceHalfToEven() {
    assertSum(0x1p53, 0x1p53, 1.0);
    assertSum(0x1p53 + 4, 0x1p53 + 2, 1.0);
    assertSum(0x1p53 + 2, 0x1p53, 1.0, Double.MIN_VALUE);
    assertSum(0x1p53, 0x1p53, 1.0, -Double.MIN_VALUE);
    assertSum(-0x1p53 - 2, -0x1p53, -1.0, -Double.MIN_VALUE);
    assertSum(1.0, 1e300, 1.0, -1e300);
  }

  @Test
  void sumsAtTheEndsOfTheRange() {
    assertSum(0.0, -0.0);
    assertSum(0.0, 1.0, -1.0);
    assertSum(2 * Double.MIN_VALUE, Double.MIN_VALUE, Double.MIN_VALUE);
    assertSum(Double.MIN_NORMAL, 0x0.8p-1022, 0x0.8p-1022);
    assertSum(Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE);
    assertSum(Double.MAX_VALUE, Double.MAX_VALUE, Math.nextDown(0x1p970));
    assertSum(Double.POSITIVE_INFINITY, Double.MAX_VALUE, 0x1p970);
    assertSum(Double.NEGATIVE_INFINITY, -Double.MAX_VALUE, -Double.MAX_VALUE);
    assertSum(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, -Double.MAX_VALUE);
    assertSum(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    assertSum(Double.NaN, Double.NaN, Double.POSITIVE_INFINITY);
  }

  @Test
  void sumsAreThoseOfBigDecimal() {
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      List<Double> values = new ArrayList<>();
      BigDecimal total = BigDecimal.ZERO;
      int spread = 1 + random.nextInt(400);
      int middle = random.nextInt(1400) - 1000;
      for (int k = random.nextInt(6); k >= 0; k--) {
        double value = Math.scalb(random.nextGaussian(), middle + random.nextInt(spread));
        values.add(value);
        total = total.add(new BigDecimal(value));
      }
      assertThat(ReferenceSum.of(values)).as("sum of %s", values).isEqualTo(total.doubleValue());
    }
  }

  private static void assertText(String text, double value) {
    assertThat(ReferenceDecimal.text(value)).isEqualTo(text);
  }

  @Test
  void decimalsAreThoseOfLaterJdks() {
    assertText("2.0E23", 2e23); // 1.9999999999999998E23 on JDK 17
    assertText("2.0E-4", 2e-4);
    assertText("4.9E-324", Double.MIN_VALUE);
    assertText("9.9E-324", 2 * Double.MIN_VALUE);
    assertText("5.684341886080802E-14", 0x1p-44);
    assertText("2.2250738585072014E-308", Double.MIN_NORMAL);
    assertText("1.7976931348623157E308", Double.MAX_VALUE);
    assertText("9.007199254740992E15", 0x1p53);
    assertText("0.001", 0.001);
    assertText("9999999.0", 9999999);
    assertText("1.0E7", 1e7);
    assertText("-0.1", -0.1);
    assertText("-0.0", -0.0);
    assertText("-Infinity", Double.NEGATIVE_INFINITY);
  }
}
