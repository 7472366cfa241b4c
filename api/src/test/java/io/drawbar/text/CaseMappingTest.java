package io.drawbar.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseMappingTest {

  @ParameterizedTest
  @CsvSource({
    "Hello World, hello world, HELLO WORLD",
    "'', '', ''",
    "@AZ[`az{, @az[`az{, @AZ[`AZ{",
    "0123456789-ABCDEFGHIJ, 0123456789-abcdefghij, 0123456789-ABCDEFGHIJ",
    "\u00C9t\u00E9, \u00E9t\u00E9, \u00C9T\u00C9",
    "stra\u00DFe, stra\u00DFe, STRA\u00DFE",
    "\u1E9E, \u00DF, \u1E9E",
    "\u0130, i, \u0130",
    "\u0131, \u0131, I",
    "\u212A, k, \u212A",
    "\u023A, \u2C65, \u023A",
    "\u0250, \u0250, \u2C6F",
    "\u039F\u0394\u039F\u03A3, \u03BF\u03B4\u03BF\u03C3, \u039F\u0394\u039F\u03A3",
    "\u03C2, \u03C2, \u03A3",
    "\u01C4\u01C5\u01C6, \u01C6\u01C6\u01C6, \u01C4\u01C4\u01C4",
    "\u10D0, \u10D0, \u1C90",
    "\u13A0, \uAB70, \u13A0",
    "\uD801\uDC00\uD801\uDC28, \uD801\uDC28\uD801\uDC28, \uD801\uDC00\uD801\uDC00",
    "\u4E2D\u6587, \u4E2D\u6587, \u4E2D\u6587"
  })
  void mapsCharacterByCharacter(String text, String lower, String upper) {
    assertThat(lower(text)).isEqualTo(lower);
    assertThat(upper(text)).isEqualTo(upper);
  }

  @Test
  void agreesWithJdk17OnEveryCodePoint() {
    assumeThat(Runtime.version().feature())
        .as("JDK 17 has Unicode 13, as the table; other JDKs have other versions")
        .isEqualTo(17);
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      int lower = CaseTable.LOWER.map(codePoint);
      int upper = CaseTable.UPPER.map(codePoint);
      if (lower != Character.toLowerCase(codePoint) || upper != Character.toUpperCase(codePoint)) {
        throw new AssertionError("U+" + Integer.toHexString(codePoint));
      }
    }
  }

  @Test
  void growsAsLittleAsPromised() {
    byte[] bytes = new byte[4];
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      int length = Utf8.put(codePoint, bytes, 0);
      int lower = Utf8.put(CaseTable.LOWER.map(codePoint), bytes, 0);
      int upper = Utf8.put(CaseTable.UPPER.map(codePoint), bytes, 0);
      int most = CaseMapping.maxLength(length);
      if (lower > most || upper > most || most > CaseMapping.MAX_GROWTH * length) {
        throw new AssertionError("U+" + Integer.toHexString(codePoint));
      }
    }
    assertThat(upper("\u0250".repeat(100))).isEqualTo("\u2C6F".repeat(100));
    assertThatThrownBy(() -> CaseMapping.maxLength(Integer.MAX_VALUE))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void doesNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(new Locale("tr", "TR"));
      assertThat(lower("TITLE")).isEqualTo("title");
      assertThat(upper("title")).isEqualTo("TITLE");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void mapsTextOfAnyLengthAndAlignment() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 50_000; round++) {
      int[] codePoints = new int[random.nextInt(40)];
      int rarity = 1 + random.nextInt(20);
      for (int i = 0; i < codePoints.length; i++) {
        codePoints[i] = random.nextInt(rarity) == 0 ? random.nextInt(0xD800) : random.nextInt(128);
      }
      String text = new String(codePoints, 0, codePoints.length);
      assertThat(lower(text)).isEqualTo(mapped(codePoints, CaseTable.LOWER));
      assertThat(upper(text)).isEqualTo(mapped(codePoints, CaseTable.UPPER));
    }
  }

  @Test
  void copiesMalformedBytes() {
    byte[] from = {'A', (byte) 0xFF, 'B', (byte) 0xE2, (byte) 0x82, 'C', (byte) 0xC3};
    byte[] into = new byte[CaseMapping.maxLength(from.length)];
    int end = CaseMapping.lower(from, 0, from.length, into, 0);
    assertThat(Arrays.copyOf(into, end)).containsExactly('a', 0xFF, 'b', 0xE2, 0x82, 'c', 0xC3);
  }

  @Test
  void keepsToItsSlices() {
    byte[] from = Utf8.encode("XXHELLO WORLDXX");
    byte[] into = new byte[20];
    assertThat(CaseMapping.lower(from, 2, 13, into, 3)).isEqualTo(14);
    assertThat(Utf8.toString(into, 3, 14)).isEqualTo("hello world");
    assertThat(into[2]).isZero();
    assertThat(into[14]).isZero();
  }

  private static String mapped(int[] codePoints, CaseTable table) {
    StringBuilder text = new StringBuilder();
    for (int codePoint : codePoints) {
      text.appendCodePoint(table.map(codePoint));
    }
    return text.toString();
  }

  private static String lower(String text) {
    byte[] from = Utf8.encode(text);
    byte[] into = new byte[CaseMapping.maxLength(from.length)];
    return Utf8.toString(into, 0, CaseMapping.lower(from, 0, from.length, into, 0));
  }

  private static String upper(String text) {
    byte[] from = Utf8.encode(text);
    byte[] into = new byte[CaseMapping.maxLength(from.length)];
    return Utf8.toString(into, 0, CaseMapping.upper(from, 0, from.length, into, 0));
  }
}
