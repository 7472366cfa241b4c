package io.drawbar.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoundingTest {
  private static double exact(double number, int digits) {
    BigDecimal decimal = new BigDecimal(number).setScale(digits, RoundingMode.HALF_UP);
    return Math.copySign(Double.parseDouble(decimal.toString()), number);
  }

  private static void check(double number, int digits) {
    assertThat(Rounding.round(number, digits))
        .as("round(%s, %s)", number, digits)
        .isEqualTo(exact(number, digits));
  }

  /** Decimals with a 5 at the end are all near a half, on one side or the other, or on it. */
  @Test
  void nearHalvesTheExactValueDecides() {
    for (int digits = 0; digits <= 15; digits++) {
      for (int i = 0; i < 2_000; i++) {
        double half = Double.parseDouble(i + "5e" + -(digits + 1));
        check(half, digits);
        check(-half, digits);
        check(Math.nextUp(half), digits);
        check(Math.nextDown(half), digits);
      }
    }
  }

  @Test
  void anyNumberIsRoundedExactly() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 200_000; i++) {
      double number = Math.scalb(random.nextDouble() - 0.5, random.nextInt(-60, 60));
      check(number, random.nextInt(16));
      check(random.nextInt(1 << 20) / 1024.0, random.nextInt(11));
    }
    check(Double.MIN_VALUE, 15);
    check(Double.MAX_VALUE, 15);
    check(0x1p52 - 0.5, 0);
    check(0x1.fffffffffffffp-2, 0);
  }
}
