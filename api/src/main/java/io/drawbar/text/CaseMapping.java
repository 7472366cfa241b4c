package io.drawbar.text;

/**
 * Lower and upper case of UTF-8 slices by the simple (one character to one) mappings of Unicode 13,
 * the same in every locale and on every JDK.
 *
 * <p>Simple mappings leave out what needs several characters or context: {@code ß} stays as it is
 * in upper case, {@code İ} (U+0130) becomes a plain {@code i}, a capital sigma never becomes a
 * final one, and Turkish is no exception. Malformed bytes are copied as they are.
 */
public final class CaseMapping {

  /**
   * Bytes out per byte in, at most: a few characters of two bytes map to one of three ({@code Ⱥ}
   * U+023A to U+2C65). ASCII text keeps its length.
   */
  public static final double MAX_GROWTH = 1.5;

  private static final long ONES = 0x0101_0101_0101_0101L;

  private CaseMapping() {}

  /**
   * The room that a slice of {@code length} bytes needs at most in either case.
   *
   * @throws ArithmeticException if that is more than an array can hold
   */
  public static int maxLength(int length) {
    return Math.addExact(length, length >> 1);
  }

  /**
   * Writes a slice in lower case.
   *
   * @param into where to write, not the array that is read; needs {@link #maxLength} bytes of room
   * @return the end of what was written
   */
  public static int lower(byte[] from, int start, int end, byte[] into, int at) {
    return map(CaseTable.LOWER, from, start, end, into, at);
  }

  /**
   * Writes a slice in upper case.
   *
   * @param into where to write, not the array that is read; needs {@link #maxLength} bytes of room
   * @return the end of what was written
   */
  public static int upper(byte[] from, int start, int end, byte[] into, int at) {
    return map(CaseTable.UPPER, from, start, end, into, at);
  }

  private static int map(CaseTable table, byte[] from, int start, int end, byte[] into, int at) {
    // The letters that change, as biases that carry into the high bit of each byte.
    long notBefore = (0x80 - table.firstAscii()) * ONES;
    long notAfter = (0x7F - table.lastAscii()) * ONES;
    int i = start;
    int out = at;
    while (i < end) {
      while (i <= end - Long.BYTES) {
        long word = (long) Utf8.LONGS.get(from, i);
        if ((word & Utf8.HIGH_BITS) != 0) {
          break;
        }
        long letters = word + notBefore & ~(word + notAfter) & Utf8.HIGH_BITS;
        Utf8.LONGS.set(into, out, word ^ letters >>> 2);
        i += Long.BYTES;
        out += Long.BYTES;
      }
      // Up to the next eight bytes, one character at a time.
      for (int pause = Math.min(i + Long.BYTES, end); i < pause; ) {
        byte b = from[i];
        if (b >= 0) {
          into[out++] = (byte) (b >= table.firstAscii() && b <= table.lastAscii() ? b ^ 0x20 : b);
          i++;
          continue;
        }
        int length = Utf8.sequence(from, i, end);
        if (length > 0) {
          out = Utf8.put(table.map(Utf8.codePoint(from, i, length)), into, out);
          i += length;
        } else {
          System.arraycopy(from, i, into, out, -length);
          out -= length;
          i -= length;
        }
      }
    }
    return out;
  }
}
