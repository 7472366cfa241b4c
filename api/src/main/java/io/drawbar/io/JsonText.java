package io.drawbar.io;

import io.drawbar.text.Utf8;

/** The text between the quotes of JSON strings. */
final class JsonText {
  private static final byte[] HEX = Utf8.encode("0123456789abcdef");

  private JsonText() {}

  /**
   * Takes the escapes out of a text that has been checked; the result is never longer.
   *
   * @param into where to write, from {@code at} on
   * @return the end of what was written
   */
  static int decode(byte[] bytes, int from, int to, byte[] into, int at) {
    int written = at;
    int i = from;
    while (i < to) {
      if (bytes[i] != '\\') {
        into[written++] = bytes[i++];
        continue;
      }
      byte letter = bytes[i + 1];
      i += 2;
      if (letter == 'u') {
        int point = JsonScanner.hex(bytes, i);
        i += 4;
        if (Character.isHighSurrogate((char) point)) {
          point = Character.toCodePoint((char) point, (char) JsonScanner.hex(bytes, i + 2));
          i += 6;
        }
        written = Utf8.put(point, into, written);
      } else {
        into[written++] = plain(letter);
      }
    }
    return written;
  }

  private static byte plain(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }

  /** The most bytes that one byte becomes. */
  static final int MOST_ESCAPED = 6;

  /**
   * Writes a text with escapes for what may not stand in a string.
   *
   * @param into needs room for {@value #MOST_ESCAPED} bytes a byte from {@code at} on
   * @return the end of what was written
   */
  static int encode(byte[] bytes, int from, int to, byte[] into, int at) {
    int written = at;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == '"' || b == '\\') {
        into[written++] = '\\';
        into[written++] = b;
      } else if (b >= ' ' || b < 0) {
        into[written++] = b;
      } else {
        int letter = "\b\f\n\r\t".indexOf(b);
        into[written++] = '\\';
        if (letter >= 0) {
          into[written++] = (byte) "bfnrt".charAt(letter);
        } else {
          into[written++] = 'u';
          into[written++] = '0';
          into[written++] = '0';
          into[written++] = HEX[b >> 4];
          into[written++] = HEX[b & 15];
        }
      }
    }
    return written;
  }
}
