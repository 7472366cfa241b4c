package io.drawbar.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalParserTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "+0",
        "7",
        "+7",
        "-7",
        "000000000000000000000000000000007",
        "9223372036854775807",
        "-9223372036854775808",
        "-9223372036854775807",
        "+9223372036854775807"
      })
  void readsLongs(String text) {
    assertThat(parseLong(text)).isEqualTo(Long.parseLong(text));
  }

  @ParameterizedTest
  @CsvSource({
    "'', it is empty",
    "-, no digits",
    "+, no digits",
    "12a, unexpected 'a' at byte 2",
    "1.0, unexpected '.' at byte 1",
    "' 1', unexpected ' ' at byte 0",
    "'1 ', unexpected ' ' at byte 1",
    "--1, unexpected '-' at byte 1",
    "1\u00E9, unexpected '\u00E9' at byte 1",
    "\u0661, unexpected '\u0661' at byte 0",
    "9223372036854775808, it does not fit 64 bits",
    "-9223372036854775809, it does not fit 64 bits",
    "92233720368547758070, it does not fit 64 bits",
    "99999999999999999999999, it does not fit 64 bits",
    "99999999999999999999999x, unexpected 'x' at byte 23"
  })
  void saysWhyATextIsNoLong(String text, String reason) {
    assertThatThrownBy(() -> parseLong(text))
        .isInstanceOf(NumberFormatException.class)
        .hasMessage("not a whole number: '" + text + "': " + reason);
  }

  @Test
  void readsLongsAsTheJdkDoes() {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < 200_000; round++) {
      String text = Long.toString(random.nextLong() >> random.nextInt(64));
      assertThat(parseLong(text)).isEqualTo(Long.parseLong(text));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-0.0e5",
        "+.0",
        "0e99999999999999999999",
        "1",
        "1.",
        ".5",
        "-1.5e3",
        "1E+3",
        "1e-3",
        "Infinity",
        "-Infinity",
        "+Infinity",
        "9007199254740992",
        "9007199254740993",
        "9007199254740993.00000000000000000000000000000000000000001",
        "1e22",
        "1e23",
        "123456789012345e22",
        "123456789012345e-22",
        "999999999999999e23",
        "4.9E-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "2.2250738585072011e-308",
        "2.2250738585072012e-308",
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "1e309",
        "-1e309",
        "1e-400",
        "-1e-400",
        "1e99999999999999999999",
        "1e-99999999999999999999",
        "1e2147483648",
        "1e-2147483649",
        "000000000000000000000000000000000000000000.1",
        "0.000000000000000000000000000000000000000001",
        "100000000000000000000000000000000000000000"
      })
  void readsDoubles(String text) {
    assertThat(Double.doubleToRawLongBits(parseDouble(text)))
        .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "+NaN", "-NaN"})
  void readsTheCanonicalNaN(String text) {
    assertThat(Double.doubleToRawLongBits(parseDouble(text))).isEqualTo(0x7FF8_0000_0000_0000L);
  }

  @ParameterizedTest
  @CsvSource({
    "'', it is empty",
    "-, no digits",
    "., no digits",
    "+., no digits",
    "e5, unexpected 'e' at byte 0",
    ".e5, unexpected 'e' at byte 1",
    "1e, the exponent has no digits",
    "1e-, the exponent has no digits",
    "1e5.0, unexpected '.' at byte 3",
    "1.2.3, unexpected '.' at byte 3",
    "..1, unexpected '.' at byte 1",
    "1d, unexpected 'd' at byte 1",
    "1f, unexpected 'f' at byte 1",
    "1_000, unexpected '_' at byte 1",
    "0x1p3, unexpected 'x' at byte 1",
    "inf, unexpected 'i' at byte 0",
    "nan, unexpected 'n' at byte 0",
    "Infinit, unexpected 'I' at byte 0",
    "Infinityx, unexpected 'I' at byte 0",
    "' 1', unexpected ' ' at byte 0",
    "'1 ', unexpected ' ' at byte 1",
    "1;5, unexpected ';' at byte 1",
    "--1, unexpected '-' at byte 1",
    "1\u00E9, unexpected '\u00E9' at byte 1"
  })
  void saysWhyATextIsNoDouble(String text, String reason) {
    assertThatThrownBy(() -> parseDouble(text))
        .isInstanceOf(NumberFormatException.class)
        .hasMessage("not a number: '" + text + "': " + reason);
  }

  @Test
  void showsTheFirstCharactersOfALongText() {
    String text = "\uD83D\uDE00".repeat(63) + "xyz";
    assertThatThrownBy(() -> parseDouble(text))
        .hasMessage(
            "not a number: '"
                + "\uD83D\uDE00".repeat(63)
                + "x...': unexpected '\uD83D\uDE00' at byte 0");
    assertThatThrownBy(() -> parseLong("1".repeat(1_000_000)))
        .hasMessage("not a whole number: '" + "1".repeat(64) + "...': it does not fit 64 bits");
    assertThatThrownBy(() -> parseLong("x".repeat(64)))
        .hasMessage("not a whole number: '" + "x".repeat(64) + "': unexpected 'x' at byte 0");
  }

  @Test
  void showsMalformedBytesAsReplacement() {
    assertThatThrownBy(() -> DecimalParser.parseDouble(new byte[] {'1', (byte) 0xFF}, 0, 2))
        .hasMessage("not a number: '1\uFFFD': unexpected '\uFFFD' at byte 1");
  }

  @Test
  void roundsAsTheJdkDoes() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 200_000; round++) {
      requireSameAsJdk(decimal(random));
    }
  }

  @Test
  void roundsWhatIsHalfwayToEvenAndWhatIsJustAboveUp() {
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < 5_000; round++) {
      double value = Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
      if (value < Double.MAX_VALUE) {
        BigDecimal up = new BigDecimal(Math.nextUp(value));
        BigDecimal halfway = new BigDecimal(value).add(up).divide(BigDecimal.valueOf(2));
        boolean odd = (Double.doubleToRawLongBits(value) & 1) != 0;
        String digits = halfway.unscaledValue().toString();
        String power = "e" + -halfway.scale();
        assertThat(parseDouble(digits + power)).isEqualTo(odd ? Math.nextUp(value) : value);
        assertThat(parseDouble(digits + ".0000001" + power)).isEqualTo(Math.nextUp(value));
      }
    }
  }

  private static String decimal(SplittableRandom random) {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
    int digits = 1 + random.nextInt(random.nextInt(10) == 0 ? 200 : 20);
    int point = random.nextInt(2 * digits);
    for (int i = 0; i < digits; i++) {
      if (i == point) {
        text.append('.');
      }
      text.append((char) ('0' + random.nextInt(10)));
    }
    if (random.nextBoolean()) {
      text.append(random.nextBoolean() ? 'e' : 'E').append(random.nextInt(660) - 330);
    }
    return text.toString();
  }

  /** Words of eight bytes must find what a loop finds, wherever in an array a text stands. */
  @Test
  void followsTheGrammarInAnyPlace() {
    SplittableRandom random = new SplittableRandom(9);
    String[] alphabets = {"0123456789", "0123456789.", "0159.-+", "09.eE-+", "019/:;.,\u00E9 "};
    int numbers = 0;
    for (int trial = 0; trial < 100_000; trial++) {
      String alphabet = alphabets[random.nextInt(alphabets.length)];
      StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
      for (int left = random.nextInt(20); left > 0; left--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      byte[] before = new byte[random.nextInt(20)];
      random.nextBytes(before);
      numbers += agrees(text.toString(), before) ? 1 : 0;
    }
    assertThat(numbers).isBetween(25_000, 75_000);
  }

  /** As people and programs write most of them: some digits, a point, more digits. */
  @Test
  void readsDecimalsOfAnyLengthInAnyPlace() {
    SplittableRandom random = new SplittableRandom(10);
    int numbers = 0;
    for (int trial = 0; trial < 200_000; trial++) {
      StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
      String digits = random.nextInt(3) == 0 ? "09" : "0123456789";
      int point = random.nextInt(10);
      for (int i = random.nextInt(18) + point; i >= 0; i--) {
        text.append(digits.charAt(random.nextInt(digits.length())));
        text.append(point-- == 0 ? "." : "");
      }
      if (random.nextInt(4) == 0) {
        text.setCharAt(random.nextInt(text.length()), "/:.e-9".charAt(random.nextInt(6)));
      }
      byte[] before = new byte[random.nextInt(20)];
      random.nextBytes(before);
      numbers += agrees(text.toString(), before) ? 1 : 0;
    }
    assertThat(numbers).isBetween(120_000, 190_000);
  }

  private static boolean agrees(String text, byte[] before) {
    byte[] own = text.getBytes(UTF_8);
    byte[] bytes = Arrays.copyOf(before, before.length + own.length + 1);
    System.arraycopy(own, 0, bytes, before.length, own.length);
    int to = before.length + own.length;
    Long whole = null;
    if (text.matches("[-+]?[0-9]+")) {
      try {
        whole = Long.valueOf(text);
      } catch (NumberFormatException e) {
        // It does not fit.
      }
    }
    try {
      assertThat(DecimalParser.parseLong(bytes, before.length, to)).isEqualTo(whole);
    } catch (NumberFormatException e) {
      assertThat(whole).as(text).isNull();
    }
    boolean isNumber = text.matches("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");
    try {
      double found = DecimalParser.parseDouble(bytes, before.length, to);
      assertThat(isNumber).as(text).isTrue();
      assertThat(Double.doubleToRawLongBits(found))
          .as(text)
          .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
    } catch (NumberFormatException e) {
      assertThat(isNumber).as(text).isFalse();
    }
    return isNumber;
  }

  private static void requireSameAsJdk(String text) {
    long expected = Double.doubleToRawLongBits(Double.parseDouble(text));
    if (Double.doubleToRawLongBits(parseDouble(text)) != expected) {
      throw new AssertionError(text + " was read as " + parseDouble(text));
    }
  }

  /** As a slice between digits that must not be read. */
  private static double parseDouble(String text) {
    byte[] bytes = ("9" + text + "9").getBytes(UTF_8);
    return DecimalParser.parseDouble(bytes, 1, bytes.length - 1);
  }

  private static long parseLong(String text) {
    byte[] bytes = ("9" + text + "9").getBytes(UTF_8);
    return DecimalParser.parseLong(bytes, 1, bytes.length - 1);
  }
}
