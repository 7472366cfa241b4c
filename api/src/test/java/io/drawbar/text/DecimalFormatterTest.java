package io.drawbar.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalFormatterTest {

  private static final int RANDOM_VALUES = 200_000;

  @ParameterizedTest
  @CsvSource({
    "0.0, 0.0",
    "-0.0, -0.0",
    "1, 1.0",
    "-1.5, -1.5",
    "100, 100.0",
    "1234567, 1234567.0",
    "123456.7, 123456.7",
    "9999999, 9999999.0",
    "9999999.999999998, 9999999.999999998",
    "10000000, 1.0E7",
    "12345678, 1.2345678E7",
    "0.001, 0.001",
    "0.0012, 0.0012",
    "0.1, 0.1",
    "0.123, 0.123",
    "9.99999999999999E-4, 9.99999999999999E-4",
    "0.0001, 1.0E-4",
    "2E-3, 0.002",
    "1E23, 1.0E23",
    "2E23, 2.0E23",
    "8.41E21, 8.41E21",
    "9.007199254740993E15, 9.007199254740992E15",
    "4.9E-324, 4.9E-324",
    "1E-323, 9.9E-324",
    "1.5E-323, 1.5E-323",
    "2E-323, 2.0E-323",
    "2.2250738585072014E-308, 2.2250738585072014E-308",
    "-2.2250738585072014E-308, -2.2250738585072014E-308",
    "1.7976931348623157E308, 1.7976931348623157E308",
    "NaN, NaN",
    "Infinity, Infinity",
    "-Infinity, -Infinity"
  })
  void writesDoubles(double value, String text) {
    assertThat(DecimalFormatter.toString(value)).isEqualTo(text);
  }

  @Test
  void everyNaNIsWrittenAlike() {
    assertThat(DecimalFormatter.toString(Double.longBitsToDouble(0xFFF8_0000_0000_0001L)))
        .isEqualTo("NaN");
  }

  @Test
  void writesIntoTheMiddle() {
    byte[] into = "abcdefghij".getBytes(ISO_8859_1);
    assertThat(DecimalFormatter.format(-1.25, into, 2)).isEqualTo(7);
    assertThat(new String(into, ISO_8859_1)).isEqualTo("ab-1.25hij");
    assertThat(DecimalFormatter.format(-42L, into, 1)).isEqualTo(4);
    assertThat(new String(into, ISO_8859_1)).isEqualTo("a-42.25hij");
  }

  @Test
  void writesNothingBeyondTheEnd() {
    byte[] into = new byte[DecimalFormatter.MAX_DOUBLE_LENGTH + 2];
    for (double value : new double[] {100, 1E7, 0.002, 1.5E-300, -0.0, 123.456, 1E23}) {
      Arrays.fill(into, (byte) 1);
      int end = DecimalFormatter.format(value, into, 1);
      assertThat(into[0]).isEqualTo((byte) 1);
      for (int i = end; i < into.length; i++) {
        assertThat(into[i]).isEqualTo((byte) 1);
      }
    }
  }

  @Test
  void knowsItsLongestTexts() {
    assertThat(DecimalFormatter.toString(-Double.MIN_NORMAL))
        .hasSize(DecimalFormatter.MAX_DOUBLE_LENGTH);
    assertThat(Long.toString(Long.MIN_VALUE)).hasSize(DecimalFormatter.MAX_LONG_LENGTH);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, -1, 9, 10, -10, 99, 100, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE})
  void writesLongs(long value) {
    assertThat(text(value)).isEqualTo(Long.toString(value));
  }

  @Test
  void writesLongsAsTheJdkDoes() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < RANDOM_VALUES; round++) {
      long value = random.nextLong() >> random.nextInt(64);
      assertThat(text(value)).isEqualTo(Long.toString(value));
    }
    for (long power = 1; power > 0 && power <= Long.MAX_VALUE / 10; power *= 10) {
      for (long value : new long[] {power - 1, power, power + 1, -power}) {
        assertThat(text(value)).isEqualTo(Long.toString(value));
      }
    }
  }

  @Test
  void writesTheShortestDecimal() {
    forManyValues(
        value -> {
          String text = DecimalFormatter.toString(value);
          if (!text.equals(shortest(value))) {
            throw new AssertionError(text + " instead of " + shortest(value));
          }
        });
  }

  @Test
  void readsBackToTheSameBits() {
    byte[] text = new byte[DecimalFormatter.MAX_DOUBLE_LENGTH];
    forManyValues(
        value -> {
          int end = DecimalFormatter.format(value, text, 0);
          if (DecimalParser.parseDouble(text, 0, end) != value) {
            throw new AssertionError(DecimalFormatter.toString(value));
          }
        });
  }

  @Test
  void agreesWithTheJdkFromNineteenOn() {
    assumeThat(Runtime.version().feature())
        .as("Double.toString is the shortest decimal from JDK 19 on")
        .isGreaterThanOrEqualTo(19);
    forManyValues(
        value -> {
          if (!DecimalFormatter.toString(value).equals(Double.toString(value))) {
            throw new AssertionError(DecimalFormatter.toString(value));
          }
        });
  }

  /**
   * Powers of two and of ten with their neighbours, every exponent, random bits, short decimals.
   */
  private static void forManyValues(DoubleConsumer consumer) {
    for (int exponent = Double.MIN_EXPONENT - 52; exponent <= Double.MAX_EXPONENT; exponent++) {
      neighbours(Math.scalb(1.0, exponent), consumer);
    }
    for (int exponent = -323; exponent <= 308; exponent++) {
      neighbours(Double.parseDouble("1e" + exponent), consumer);
    }
    SplittableRandom random = new SplittableRandom(6);
    for (int round = 0; round < RANDOM_VALUES; round++) {
      double value =
          switch (round % 3) {
            case 0 -> Math.rint(random.nextDouble() * 1e6) / 1e3;
            case 1 -> random.nextDouble() * 1e4;
            default -> Math.abs(Double.longBitsToDouble(random.nextLong()));
          };
      if (value > 0 && value <= Double.MAX_VALUE) {
        consumer.accept(value);
      }
    }
  }

  private static void neighbours(double value, DoubleConsumer consumer) {
    consumer.accept(value);
    consumer.accept(Math.nextUp(value));
    if (value > Double.MIN_VALUE) {
      consumer.accept(Math.nextDown(value));
    }
  }

  /** The definition itself, by trying lengths in exact arithmetic. */
  private static String shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    BigDecimal half = BigDecimal.valueOf(0.5);
    BigDecimal low = exact.add(new BigDecimal(Math.nextDown(value))).multiply(half);
    BigDecimal high =
        value == Double.MAX_VALUE
            ? exact.add(new BigDecimal(Math.ulp(value)).multiply(half))
            : exact.add(new BigDecimal(Math.nextUp(value))).multiply(half);
    boolean even = (Double.doubleToRawLongBits(value) & 1) == 0;
    // 17 digits always do; what a length can do, a longer one can.
    int length = 17;
    while (length > 1 && !candidates(exact, low, high, even, length - 1).isEmpty()) {
      length--;
    }
    BigDecimal nearest = null;
    for (BigDecimal candidate : candidates(exact, low, high, even, Math.max(2, length))) {
      int order =
          nearest == null
              ? -1
              : candidate.subtract(exact).abs().compareTo(nearest.subtract(exact).abs());
      if (order < 0 || order == 0 && !candidate.unscaledValue().testBit(0)) {
        nearest = candidate;
      }
    }
    return layOut(nearest.stripTrailingZeros());
  }

  private static List<BigDecimal> candidates(
      BigDecimal exact, BigDecimal low, BigDecimal high, boolean even, int length) {
    int scale = length - (exact.precision() - exact.scale());
    BigDecimal below = exact.setScale(scale, RoundingMode.FLOOR);
    List<BigDecimal> inside = new ArrayList<>();
    for (BigDecimal candidate : List.of(below, below.add(BigDecimal.ONE.movePointLeft(scale)))) {
      int bound = even ? 0 : 1;
      if (candidate.signum() > 0
          && candidate.compareTo(low) >= bound
          && high.compareTo(candidate) >= bound) {
        inside.add(candidate);
      }
    }
    return inside;
  }

  private static String layOut(BigDecimal decimal) {
    String digits = decimal.unscaledValue().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    if (exponent >= -3 && exponent < 7) {
      String plain = decimal.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String rest = digits.length() > 1 ? digits.substring(1) : "0";
    return digits.charAt(0) + "." + rest + "E" + exponent;
  }

  private static String text(long value) {
    byte[] into = new byte[DecimalFormatter.MAX_LONG_LENGTH];
    return new String(into, 0, DecimalFormatter.format(value, into, 0), ISO_8859_1);
  }
}
