package io.drawbar.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * UTF-8 text as slices of byte arrays: {@code bytes}, {@code from} (inclusive), {@code to}
 * (exclusive), both indices into the array.
 *
 * <p>Malformed text means what the Unicode Standard, table 3-7, does not list: overlong forms,
 * surrogates, code points over U+10FFFF, stray and missing continuation bytes. Where it is decoded,
 * each <em>maximal subpart</em> of an ill-formed sequence (section 3.9) becomes one U+FFFD, which
 * is also what browsers do; {@code new String(bytes, UTF_8)} counts surrogates differently, so it
 * is asked only when the text is valid.
 *
 * <p>A slice that reaches outside its array is an {@link IndexOutOfBoundsException}.
 */
public final class Utf8 {
  /** Up to here a loop is faster than a call of the JDK's. */
  private static final int SHORT = 32;

  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /**
   * Compares two slices by unsigned bytes, which for valid text is the order of code points (unlike
   * {@link String#compareTo}, which puts supplementary characters before U+E000).
   *
   * @return negative, zero or positive as the first slice is before, equal to or after the second
   */
  public static int compare(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    return Arrays.compareUnsigned(a, aFrom, aTo, b, bFrom, bTo);
  }

  /** Whether two slices hold the same bytes. */
  public static boolean equals(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    int length = aTo - aFrom;
    if (length > SHORT || length != bTo - bFrom) {
      return Arrays.equals(a, aFrom, aTo, b, bFrom, bTo);
    }
    if (length < Long.BYTES) {
      int i = 0;
      while (i < length && a[aFrom + i] == b[bFrom + i]) {
        i++;
      }
      return i == length;
    }
    // Words from the start, and the last eight bytes, which may overlap one.
    for (int i = 0; i < length - Long.BYTES; i += Long.BYTES) {
      if ((long) LONGS.get(a, aFrom + i) != (long) LONGS.get(b, bFrom + i)) {
        return false;
      }
    }
    return (long) LONGS.get(a, aTo - Long.BYTES) == (long) LONGS.get(b, bTo - Long.BYTES);
  }

  /** Decodes a slice; malformed parts become U+FFFD, one for each maximal subpart. */
  public static String toString(byte[] bytes, int from, int to) {
    int invalid = firstInvalid(bytes, from, to);
    if (invalid < 0) {
      return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
    StringBuilder text = new StringBuilder(to - from);
    text.append(new String(bytes, from, invalid - from, StandardCharsets.UTF_8));
    for (int i = invalid; i < to; ) {
      int length = sequence(bytes, i, to);
      if (length > 0) {
        text.appendCodePoint(codePoint(bytes, i, length));
        i += length;
      } else {
        text.append(REPLACEMENT);
        i -= length;
      }
    }
    return text.toString();
  }

  /**
   * Encodes a string; an unpaired surrogate, which no UTF-8 text can hold, becomes U+FFFD ({@link
   * String#getBytes} would write a question mark).
   */
  public static byte[] encode(String text) {
    int unpaired = firstUnpaired(text, 0);
    if (unpaired < 0) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    StringBuilder repaired = new StringBuilder(text);
    while (unpaired >= 0) {
      repaired.setCharAt(unpaired, REPLACEMENT);
      unpaired = firstUnpaired(text, unpaired + 1);
    }
    return repaired.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The index in {@code bytes} of the first malformed sequence of the slice, or -1 when all of it
   * is valid. A sequence that the end of the slice cuts off is malformed.
   */
  public static int firstInvalid(byte[] bytes, int from, int to) {
    Objects.checkFromToIndex(from, to, bytes.length);
    int i = from;
    while ((i = skipAscii(bytes, i, to)) < to) {
      int length = sequence(bytes, i, to);
      if (length < 0) {
        return i;
      }
      i += length;
    }
    return -1;
  }

  /** The first index at or after {@code from} that holds no ASCII byte, or {@code to}. */
  static int skipAscii(byte[] bytes, int from, int to) {
    int i = from;
    for (int last = to - Long.BYTES; i <= last; i += Long.BYTES) {
      long high = (long) LONGS.get(bytes, i) & HIGH_BITS;
      if (high != 0) {
        return i + (Long.numberOfTrailingZeros(high) >>> 3);
      }
    }
    while (i < to && bytes[i] >= 0) {
      i++;
    }
    return i;
  }

  /**
   * The length of the valid sequence at {@code i}, 1 to 4, or, when there is none, the negated
   * length of its maximal subpart, -1 to -3.
   */
  static int sequence(byte[] bytes, int i, int to) {
    int lead = bytes[i];
    if (lead >= 0) {
      return 1;
    }
    lead &= 0xFF;
    if (lead < 0xC2 || lead > 0xF4) {
      return -1;
    }
    int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (i + 1 >= to || !maySecond(lead, bytes[i + 1] & 0xFF)) {
      return -1;
    }
    for (int at = 2; at < length; at++) {
      if (i + at >= to || (bytes[i + at] & 0xC0) != 0x80) {
        return -at;
      }
    }
    return length;
  }

  /** Unicode table 3-7: four lead bytes narrow the range of the byte that follows. */
  private static boolean maySecond(int lead, int second) {
    return switch (lead) {
      case 0xE0 -> second >= 0xA0 && second <= 0xBF;
      case 0xED -> second >= 0x80 && second <= 0x9F;
      case 0xF0 -> second >= 0x90 && second <= 0xBF;
      case 0xF4 -> second >= 0x80 && second <= 0x8F;
      default -> second >= 0x80 && second <= 0xBF;
    };
  }

  /** The code point of a valid sequence of the given length. */
  static int codePoint(byte[] bytes, int i, int length) {
    return switch (length) {
      case 1 -> bytes[i];
      case 2 -> (bytes[i] & 0x1F) << 6 | bytes[i + 1] & 0x3F;
      case 3 -> (bytes[i] & 0x0F) << 12 | (bytes[i + 1] & 0x3F) << 6 | bytes[i + 2] & 0x3F;
      default ->
          (bytes[i] & 0x07) << 18
              | (bytes[i + 1] & 0x3F) << 12
              | (bytes[i + 2] & 0x3F) << 6
              | bytes[i + 3] & 0x3F;
    };
  }

  /** Writes a code point that is no surrogate, 1 to 4 bytes, and returns the end. */
  public static int put(int codePoint, byte[] into, int at) {
    if (codePoint < 0x80) {
      into[at] = (byte) codePoint;
      return at + 1;
    }
    if (codePoint < 0x800) {
      into[at] = (byte) (0xC0 | codePoint >> 6);
      into[at + 1] = (byte) (0x80 | codePoint & 0x3F);
      return at + 2;
    }
    if (codePoint < 0x1_0000) {
      into[at] = (byte) (0xE0 | codePoint >> 12);
      into[at + 1] = (byte) (0x80 | codePoint >> 6 & 0x3F);
      into[at + 2] = (byte) (0x80 | codePoint & 0x3F);
      return at + 3;
    }
    into[at] = (byte) (0xF0 | codePoint >> 18);
    into[at + 1] = (byte) (0x80 | codePoint >> 12 & 0x3F);
    into[at + 2] = (byte) (0x80 | codePoint >> 6 & 0x3F);
    into[at + 3] = (byte) (0x80 | codePoint & 0x3F);
    return at + 4;
  }

  private static int firstUnpaired(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      boolean paired =
          Character.isHighSurrogate(c)
              ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
              : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
      if (!paired) {
        return i;
      }
    }
    return -1;
  }
}
