package io.drawbar.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {

  @Test
  void ordersByCodePointsAndNotByUtf16() {
    byte[] privateUse = Utf8.encode("\uE000");
    byte[] supplementary = Utf8.encode("\uD83D\uDE00");
    assertThat("\uE000").isGreaterThan("\uD83D\uDE00");
    assertThat(compare(privateUse, supplementary)).isNegative();
    assertThat(compare(supplementary, privateUse)).isPositive();
    assertThat(compare(Utf8.encode("a"), Utf8.encode("ab"))).isNegative();
    assertThat(compare(Utf8.encode("ab"), Utf8.encode("ab"))).isZero();
    assertThat(compare(Utf8.encode(""), Utf8.encode("a"))).isNegative();
    assertThat(compare(new byte[] {0x7F}, new byte[] {(byte) 0x80})).isNegative();
  }

  @Test
  void comparesSlicesOnly() {
    byte[] a = Utf8.encode("xxwordyy");
    byte[] b = Utf8.encode("word");
    assertThat(Utf8.compare(a, 2, 6, b, 0, 4)).isZero();
    assertThat(Utf8.equals(a, 2, 6, b, 0, 4)).isTrue();
    assertThat(Utf8.equals(a, 1, 5, b, 0, 4)).isFalse();
    assertThat(Utf8.equals(a, 2, 5, b, 0, 4)).isFalse();
    assertThat(Utf8.toString(a, 2, 6)).isEqualTo("word");
    assertThat(Utf8.toString(a, 3, 3)).isEmpty();
  }

  @Test
  void equalSlicesAreThoseOfTheJdk() {
    SplittableRandom random = new SplittableRandom(3);
    for (int trial = 0; trial < 50_000; trial++) {
      int length = random.nextInt(70);
      byte[] a = new byte[length + 20];
      byte[] b = new byte[length + 20];
      random.nextBytes(a);
      random.nextBytes(b);
      int aFrom = random.nextInt(21);
      int bFrom = random.nextInt(21);
      System.arraycopy(a, aFrom, b, bFrom, length);
      assertThat(Utf8.equals(a, aFrom, aFrom + length, b, bFrom, bFrom + length)).isTrue();
      if (length > 0) {
        b[bFrom + random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
        assertThat(Utf8.equals(a, aFrom, aFrom + length, b, bFrom, bFrom + length)).isFalse();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "C080, 0", // overlong NUL
    "61C1BF, 1", // overlong
    "E08080, 0", // overlong
    "E09FBF, 0", // overlong
    "F08FBFBF, 0", // overlong
    "EDA080, 0", // first surrogate
    "EDBFBF, 0", // last surrogate
    "F4908080, 0", // U+110000
    "F5808080, 0",
    "FF, 0",
    "80, 0", // stray continuation
    "C3, 0", // cut off
    "E282, 0",
    "F09F98, 0",
    "C328, 0",
    "E28228, 0",
    "F09F9828, 0",
    "616161616161616161616161FF, 12",
    "ED9FBF, -1", // U+D7FF
    "EE8080, -1", // U+E000
    "F48FBFBF, -1", // U+10FFFF
    "F0908080, -1", // U+10000
    "E0A080, -1", // U+0800
    "C280, -1", // U+0080
    "7F, -1",
    "'', -1"
  })
  void isStrict(String hex, int firstInvalid) {
    byte[] bytes = bytes(hex);
    assertThat(Utf8.firstInvalid(bytes, 0, bytes.length)).isEqualTo(firstInvalid);
  }

  @Test
  void validityAgreesWithTheStrictDecoderOfTheJdk() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 200_000; round++) {
      byte[] bytes = noise(random, random.nextInt(24));
      int from = random.nextInt(bytes.length + 1);
      boolean valid = Utf8.firstInvalid(bytes, from, bytes.length) < 0;
      assertThat(valid).as(hex(bytes)).isEqualTo(jdkAccepts(bytes, from));
      int invalid = Utf8.firstInvalid(bytes, 0, bytes.length);
      if (invalid >= 0) {
        assertThat(jdkAccepts(Arrays.copyOf(bytes, invalid), 0)).as(hex(bytes)).isTrue();
      }
    }
  }

  @Test
  void everyCodePointComesBack() {
    byte[] into = new byte[4];
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        continue;
      }
      int end = Utf8.put(codePoint, into, 0);
      if (Utf8.sequence(into, 0, end) != end || Utf8.codePoint(into, 0, end) != codePoint) {
        throw new AssertionError(Integer.toHexString(codePoint));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "61FF62, a\uFFFDb",
    "61E28262, a\uFFFDb", // one subpart of two bytes
    "F09F9862, \uFFFDb", // one subpart of three bytes
    "EDA080, \uFFFD\uFFFD\uFFFD", // no prefix of a surrogate is a prefix of a character
    "C3, \uFFFD",
    "F080, \uFFFD\uFFFD",
    "C3A9FFC3A9, \u00E9\uFFFD\u00E9",
    "F09F9880FF, \uD83D\uDE00\uFFFD"
  })
  void decodesMalformedPartsOneByOne(String hex, String text) {
    byte[] bytes = bytes(hex);
    assertThat(Utf8.toString(bytes, 0, bytes.length)).isEqualTo(text);
  }

  @Test
  void encodesUnpairedSurrogatesAsReplacement() {
    assertThat(Utf8.encode("a\uD83Db")).isEqualTo("a\uFFFDb".getBytes(UTF_8));
    assertThat(Utf8.encode("a\uDE00b")).isEqualTo("a\uFFFDb".getBytes(UTF_8));
    assertThat(Utf8.encode("\uDE00\uD83D")).isEqualTo("\uFFFD\uFFFD".getBytes(UTF_8));
    assertThat(Utf8.encode("\uD83D\uD83D\uDE00")).isEqualTo("\uFFFD\uD83D\uDE00".getBytes(UTF_8));
    assertThat(Utf8.encode("\uD83D\uDE00\uDE00")).isEqualTo("\uD83D\uDE00\uFFFD".getBytes(UTF_8));
    assertThat(Utf8.encode("a\u00E9\uD83D\uDE00")).isEqualTo("a\u00E9\uD83D\uDE00".getBytes(UTF_8));
  }

  @Test
  void refusesSlicesOutsideTheArray() {
    byte[] bytes = new byte[9];
    assertThatThrownBy(() -> Utf8.firstInvalid(bytes, 0, 10))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Utf8.firstInvalid(bytes, -1, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Utf8.toString(bytes, 3, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Utf8.compare(bytes, 0, 10, bytes, 0, 9))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** Bytes that are often nearly valid: pieces of characters, some damaged. */
  static byte[] noise(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; ) {
      if (random.nextInt(8) == 0) {
        bytes[i++] = (byte) random.nextInt(256);
        continue;
      }
      int codePoint =
          switch (random.nextInt(4)) {
            case 0 -> 'a' + random.nextInt(26);
            case 1 -> 0x80 + random.nextInt(0x780);
            case 2 -> 0x800 + random.nextInt(0xF800);
            default -> 0x1_0000 + random.nextInt(0x10_0000);
          };
      byte[] character = new byte[4];
      int end = Utf8.put(codePoint, character, 0);
      int kept = Math.min(random.nextInt(16) == 0 ? 1 : end, length - i);
      System.arraycopy(character, 0, bytes, i, kept);
      i += kept;
    }
    return bytes;
  }

  private static boolean jdkAccepts(byte[] bytes, int from) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, bytes.length - from));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static int compare(byte[] a, byte[] b) {
    return Utf8.compare(a, 0, a.length, b, 0, b.length);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
