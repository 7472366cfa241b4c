package io.drawbar.text;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;

/**
 * Reads numbers from UTF-8 slices, the same on every JDK, without making a string.
 *
 * <p>Blanks around the number are not skipped: whether {@code " 1"} is a number is the caller's
 * decision. What is not a number is a {@link NumberFormatException} with the text (its first 64
 * characters) and the reason.
 */
public final class DecimalParser {

  private static final int SHOWN_CHARACTERS = 64;

  /** Up to here every long is a double, exactly. */
  private static final long LARGEST_EXACT = 1L << 53;

  /** 10^22 is the last power of ten that is a double, exactly. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final long[] LONG_POWERS = new long[17];

  static {
    LONG_POWERS[0] = 1;
    for (int i = 1; i < LONG_POWERS.length; i++) {
      LONG_POWERS[i] = LONG_POWERS[i - 1] * 10;
    }
  }

  private static final int LARGEST_POWER = POWERS.length - 1;

  /** A significand below this takes one more digit without overflow. */
  private static final long ROOM_FOR_A_DIGIT = Long.MAX_VALUE / 10;

  /** Every double is long decided when the exponent gets here; it stops counting, not parsing. */
  private static final int EXPONENT_CAP = 100_000_000;

  private static final int EIGHT = Long.BYTES;

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long ZEROS = ONES * '0';
  private static final long POINTS = ONES * '.';

  private DecimalParser() {}

  /**
   * A whole number: an optional sign, {@code +} or {@code -}, and at least one ASCII digit.
   *
   * @throws NumberFormatException if it is anything else, or does not fit 64 bits
   */
  public static long parseLong(byte[] bytes, int from, int to) {
    int i = afterSign(bytes, from, to);
    boolean negative = i > from && bytes[from] == '-';
    if (i >= to) {
      throw malformed("a whole number", bytes, from, to, from == to ? "it is empty" : "no digits");
    }
    if (to - i <= 2 * EIGHT && to >= 2 * EIGHT) {
      long lower = lastEight(bytes, i, to);
      long upper = to - i > EIGHT ? lastEight(bytes, i, to - EIGHT) : ZEROS;
      if (areDigits(lower) && areDigits(upper)) {
        long magnitude = eightDigits(upper) * 100_000_000 + eightDigits(lower);
        return negative ? -magnitude : magnitude;
      }
    }
    // Negative, because the range of longs reaches one further down than up.
    long value = 0;
    long bound = negative ? Long.MIN_VALUE : -Long.MAX_VALUE;
    for (; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        throw unexpected("a whole number", bytes, from, to, i);
      }
      if (value < Long.MIN_VALUE / 10 || value * 10 < bound + digit) {
        requireDigits(bytes, from, to, i);
        throw malformed("a whole number", bytes, from, to, "it does not fit 64 bits");
      }
      value = value * 10 - digit;
    }
    return negative ? value : -value;
  }

  /**
   * The double nearest to a decimal, ties to even.
   *
   * <pre>
   * number   = [sign] ( decimal [exponent] | "NaN" | "Infinity" )
   * decimal  = digits [ "." [digits] ] | "." digits
   * exponent = ("e" | "E") [sign] digits
   * sign     = "+" | "-"
   * </pre>
   *
   * <p>No hexadecimal form, no trailing {@code d} or {@code f}, no {@code inf}. {@code -0} is -0.0,
   * a NaN is the canonical one whatever its sign, what is too large is infinite and what is too
   * small is zero, as in {@link Double#parseDouble}.
   *
   * <p>When the digits form an integer up to 2^53 and the power of ten is within 22, one
   * multiplication or division of two exact doubles is correctly rounded (W. D. Clinger, "How to
   * Read Floating Point Numbers Accurately", PLDI 1990); anything else goes to FastDoubleParser (D.
   * Lemire, "Number Parsing at a Gigabyte per Second", Software: Practice and Experience 51(8),
   * 2021), which is correctly rounded, too.
   *
   * @throws NumberFormatException if the slice does not follow the grammar
   */
  public static double parseDouble(byte[] bytes, int from, int to) {
    int i = afterSign(bytes, from, to);
    boolean negative = i > from && bytes[from] == '-';
    int first = i;
    if (to - first <= EIGHT && to - first > 1 && to >= EIGHT) {
      long word = lastEight(bytes, first, to);
      long different = word ^ POINTS;
      // The high bit of each byte that is a point and, perhaps, of some after one.
      long points = different - ONES & ~different & Utf8.HIGH_BITS;
      // Of the lowest point: all bits below its byte's highest. Without one, none are left.
      long upTo = points == 0 ? 0 : points ^ points - 1;
      int decimals = Long.numberOfLeadingZeros(upTo) >>> 3;
      word = word & ~upTo | (word & upTo >>> 8) << 8 | (points == 0 ? 0 : '0');
      if (areDigits(word)) {
        double value = eightDigits(word) / POWERS[decimals & 7];
        return negative ? -value : value;
      }
    } else if (to - first > EIGHT && to - first <= 3 * EIGHT && to >= 2 * EIGHT) {
      double value = mediumDecimal(bytes, first, to);
      if (value >= 0) {
        return negative ? -value : value;
      }
    }
    long significand = 0;
    boolean truncated = false;
    int point = -1;
    for (; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit >= 0 && digit <= 9) {
        if (significand < ROOM_FOR_A_DIGIT) {
          significand = significand * 10 + digit;
        } else {
          truncated = true;
        }
      } else if (bytes[i] == '.' && point < 0) {
        point = i;
      } else {
        break;
      }
    }
    int digits = i - first - (point < 0 ? 0 : 1);
    if (digits == 0) {
      return word(bytes, from, to, first, negative);
    }
    int power = point < 0 ? 0 : point + 1 - i;
    if (i < to) {
      power += exponent(bytes, from, to, i);
    }
    if (!truncated && significand <= LARGEST_EXACT) {
      if (significand == 0) {
        return negative ? -0.0 : 0.0;
      }
      if (power >= -LARGEST_POWER && power <= LARGEST_POWER) {
        double exact = significand;
        double value = power < 0 ? exact / POWERS[-power] : exact * POWERS[power];
        return negative ? -value : value;
      }
    }
    return JavaDoubleParser.parseDouble(bytes, from, to - from);
  }

  /**
   * A decimal of up to 7 digits, a point, and up to 16 digits: the commonest of all that are longer
   * than eight bytes, looked at eight at a time.
   *
   * @return -1 for any other, whether it is a number or not, and where more than one operation
   *     would have to be rounded
   */
  private static double mediumDecimal(byte[] bytes, int first, int to) {
    long different = (long) Utf8.LONGS.get(bytes, first) ^ POINTS;
    long points = different - ONES & ~different & Utf8.HIGH_BITS;
    int point = first + (Long.numberOfTrailingZeros(points) >>> 3);
    int decimals = to - point - 1;
    if (points == 0 || point == first || decimals > 2 * EIGHT || decimals <= 0) {
      return -1;
    }
    long lower = lastEight(bytes, point + 1, to);
    long upper = decimals > EIGHT ? lastEight(bytes, point + 1, to - EIGHT) : ZEROS;
    // The bytes before the point, moved to the end of a word with zeros in front.
    int missing = EIGHT - (point - first);
    long whole =
        (long) Utf8.LONGS.get(bytes, first) << 8 * missing | ZEROS >>> Long.SIZE - 8 * missing;
    if (!areDigits(lower) || !areDigits(upper) || !areDigits(whole)) {
      return -1;
    }
    long fraction = eightDigits(upper) * 100_000_000 + eightDigits(lower);
    long integer = eightDigits(whole);
    if (integer > LARGEST_EXACT / LONG_POWERS[decimals]) {
      return -1;
    }
    long significand = integer * LONG_POWERS[decimals] + fraction;
    return significand <= LARGEST_EXACT ? significand / POWERS[decimals] : -1;
  }

  /**
   * The last bytes of a slice, the first one lowest, and in front of them, if they are fewer than
   * eight, zeros as digits; eight bytes before {@code to} are there.
   */
  private static long lastEight(byte[] bytes, int from, int to) {
    long word = (long) Utf8.LONGS.get(bytes, to - EIGHT);
    int missing = EIGHT - (to - from);
    if (missing <= 0) {
      return word;
    }
    long others = -1L >>> Long.SIZE - 8 * missing;
    return word & ~others | ZEROS & others;
  }

  /** Whether each of eight bytes is a digit. (D. Lemire, as below.) */
  private static boolean areDigits(long word) {
    long high = 0xF0F0_F0F0_F0F0_F0F0L;
    return (word & high | (word + 0x0606_0606_0606_0606L & high) >>> 4) == 0x3333_3333_3333_3333L;
  }

  /** The value of eight digits, the first one lowest: pairs, then fours, then all of them. */
  private static long eightDigits(long word) {
    long pairs = (word & 0x0F0F_0F0F_0F0F_0F0FL) * (10 << 8 | 1) >>> 8;
    long fours = (pairs & 0x00FF_00FF_00FF_00FFL) * (100 << 16 | 1) >>> 16;
    return (fours & 0x0000_FFFF_0000_FFFFL) * (10_000L << 32 | 1) >>> 32;
  }

  private static int afterSign(byte[] bytes, int from, int to) {
    return from < to && (bytes[from] == '-' || bytes[from] == '+') ? from + 1 : from;
  }

  private static int exponent(byte[] bytes, int from, int to, int at) {
    if ((bytes[at] | 0x20) != 'e') {
      throw unexpected("a number", bytes, from, to, at);
    }
    int i = afterSign(bytes, at + 1, to);
    boolean negative = i > at + 1 && bytes[at + 1] == '-';
    if (i >= to) {
      throw malformed("a number", bytes, from, to, "the exponent has no digits");
    }
    int exponent = 0;
    for (; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        throw unexpected("a number", bytes, from, to, i);
      }
      exponent = Math.min(exponent * 10 + digit, EXPONENT_CAP);
    }
    return negative ? -exponent : exponent;
  }

  private static double word(byte[] bytes, int from, int to, int first, boolean negative) {
    if (is("NaN", bytes, first, to)) {
      return Double.NaN;
    }
    if (is("Infinity", bytes, first, to)) {
      return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (first == to || bytes[first] == '.' && first + 1 == to) {
      throw malformed("a number", bytes, from, to, from == to ? "it is empty" : "no digits");
    }
    throw unexpected("a number", bytes, from, to, bytes[first] == '.' ? first + 1 : first);
  }

  private static boolean is(String word, byte[] bytes, int from, int to) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (bytes[from + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** A wrong character later in the text is the better reason than an overflow before it. */
  private static void requireDigits(byte[] bytes, int from, int to, int at) {
    for (int i = at; i < to; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        throw unexpected("a whole number", bytes, from, to, i);
      }
    }
  }

  private static NumberFormatException unexpected(
      String wanted, byte[] bytes, int from, int to, int at) {
    String found = Utf8.toString(bytes, at, at + Math.abs(Utf8.sequence(bytes, at, to)));
    return malformed(wanted, bytes, from, to, "unexpected '" + found + "' at byte " + (at - from));
  }

  private static NumberFormatException malformed(
      String wanted, byte[] bytes, int from, int to, String reason) {
    // Four bytes a character at most, so the tail of a huge cell is not decoded.
    int enough = (int) Math.min(to, from + 4L * (SHOWN_CHARACTERS + 1));
    String text = Utf8.toString(bytes, from, enough);
    if (text.codePointCount(0, text.length()) > SHOWN_CHARACTERS) {
      text = text.substring(0, text.offsetByCodePoints(0, SHOWN_CHARACTERS)) + "...";
    }
    return new NumberFormatException("not " + wanted + ": '" + text + "': " + reason);
  }
}
