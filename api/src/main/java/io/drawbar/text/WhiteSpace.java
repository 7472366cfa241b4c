package io.drawbar.text;

/**
 * The ends of a slice without the white space around it: the 25 characters with the property {@code
 * White_Space}, which no version of Unicode has changed since 6.3. Written down here, since {@code
 * String.strip} leaves out the no-break space, and {@code trim} all but ASCII.
 */
public final class WhiteSpace {
  private WhiteSpace() {}

  /** The index of the first byte that is not white space; {@code to} if there is none. */
  public static int start(byte[] bytes, int from, int to) {
    int at = from;
    for (int length = length(bytes, at, to); length > 0; length = length(bytes, at, to)) {
      at += length;
    }
    return at;
  }

  /** The index after the last byte that is not white space; {@code from} if there is none. */
  public static int end(byte[] bytes, int from, int to) {
    int at = to;
    while (at > from) {
      int lead = at - 1;
      while (lead > from && (bytes[lead] & 0xC0) == 0x80) {
        lead--;
      }
      if (length(bytes, lead, at) != at - lead) {
        break;
      }
      at = lead;
    }
    return at;
  }

  /** How many bytes the white space at an index has; 0 if something else or nothing is there. */
  private static int length(byte[] bytes, int at, int to) {
    if (at >= to) {
      return 0;
    }
    int lead = bytes[at];
    if (lead >= 0) {
      return lead == ' ' || lead >= '\t' && lead <= '\r' ? 1 : 0;
    }
    int length = Utf8.sequence(bytes, at, to);
    return length > 0 && isWhite(Utf8.codePoint(bytes, at, length)) ? length : 0;
  }

  private static boolean isWhite(int character) {
    return switch (character) {
      case 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
      default -> character >= 0x2000 && character <= 0x200A;
    };
  }
}
