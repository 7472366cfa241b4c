package io.drawbar.io;

import io.drawbar.text.DecimalParser;

/**
 * Which kind of value a text of CSV is: the least that {@link Cells} takes it for without dropping
 * something of it. Zeros in front and a plus before a whole number are dropped by a LONG, and so
 * such a text stays one; {@code -0} is a DOUBLE, which keeps its sign; a number that a DOUBLE would
 * make infinite or zero is a text.
 */
final class CsvCell {
  private static final int LONGEST_LONG = 19;

  private CsvCell() {}

  static CellKind kind(byte[] bytes, int from, int to) {
    if (from == to) {
      return CellKind.TEXT;
    }
    if (is("true", bytes, from, to) || is("false", bytes, from, to)) {
      return CellKind.BOOLEAN;
    }
    int first = bytes[from] == '-' || bytes[from] == '+' ? from + 1 : from;
    int end = digits(bytes, first, to);
    if (end - first > 1 && bytes[first] == '0') {
      return CellKind.TEXT;
    }
    if (end == to && end > first) {
      return whole(bytes, from, first, to);
    }
    if (!isDecimal(bytes, first, end, to)) {
      return isWord(bytes, first, to) ? CellKind.DOUBLE : CellKind.TEXT;
    }
    double value = DecimalParser.parseDouble(bytes, from, to);
    boolean isLost = Double.isInfinite(value) || value == 0 && !isZero(bytes, first, to);
    return isLost ? CellKind.TEXT : CellKind.DOUBLE;
  }

  private static CellKind whole(byte[] bytes, int from, int first, int to) {
    if (bytes[from] == '+') {
      return CellKind.TEXT;
    }
    if (bytes[from] == '-' && bytes[first] == '0') {
      return CellKind.DOUBLE;
    }
    return to - first > LONGEST_LONG ? CellKind.TEXT : ofLong(bytes, from, to, CellKind.TEXT);
  }

  /**
   * The kind of a whole number.
   *
   * @param beyond what one is that does not fit 64 bits
   */
  static CellKind ofLong(byte[] bytes, int from, int to, CellKind beyond) {
    long value;
    try {
      value = DecimalParser.parseLong(bytes, from, to);
    } catch (NumberFormatException e) {
      return beyond;
    }
    // The largest double that comes back as a long below the largest long is exact; 2^63 is not.
    boolean isDouble = (long) (double) value == value && value != Long.MAX_VALUE;
    return isDouble ? CellKind.LONG : CellKind.WIDE;
  }

  /** Whether what follows the digits in front makes them a decimal of {@link DecimalParser}. */
  private static boolean isDecimal(byte[] bytes, int first, int end, int to) {
    int i = end;
    int count = end - first;
    if (i < to && bytes[i] == '.') {
      int fraction = i + 1;
      i = digits(bytes, fraction, to);
      count += i - fraction;
    }
    if (count == 0) {
      return false;
    }
    if (i < to && (bytes[i] | 0x20) == 'e') {
      i++;
      i += i < to && (bytes[i] == '-' || bytes[i] == '+') ? 1 : 0;
      int exponent = i;
      i = digits(bytes, exponent, to);
      return i == to && i > exponent;
    }
    return i == to;
  }

  private static boolean isWord(byte[] bytes, int from, int to) {
    if (from == to || bytes[from] != 'N' && bytes[from] != 'I') {
      return false;
    }
    String text =
        new String(
            bytes, from, Math.min(to - from, 9), java.nio.charset.StandardCharsets.ISO_8859_1);
    return text.equals("NaN") || text.equals("Infinity");
  }

  private static boolean isZero(byte[] bytes, int from, int to) {
    for (int i = from; i < to && (bytes[i] | 0x20) != 'e'; i++) {
      if (bytes[i] > '0' && bytes[i] <= '9') {
        return false;
      }
    }
    return true;
  }

  private static int digits(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] >= '0' && bytes[i] <= '9') {
      i++;
    }
    return i;
  }

  private static boolean is(String word, byte[] bytes, int from, int to) {
    boolean same = to - from == word.length();
    for (int i = 0; same && i < word.length(); i++) {
      same = (bytes[from + i] | 0x20) == word.charAt(i);
    }
    return same;
  }
}
