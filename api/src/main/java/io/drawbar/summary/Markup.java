package io.drawbar.summary;

/** Text that others wrote, made harmless: on one line, cut where it is long, escaped for HTML. */
final class Markup {
  private static final int REPLACEMENT = 0xFFFD;

  private Markup() {}

  /**
   * The text on one line, of so many characters at most. What moves a cursor, turns the direction
   * of the text around it, or is no character at all is replaced.
   */
  static String line(String text, int most) {
    StringBuilder line = new StringBuilder();
    int length = 0;
    String spaced = text.replaceAll("\\s+", " ");
    for (int at = 0; at < spaced.length(); ) {
      int c = spaced.codePointAt(at);
      at += Character.charCount(c);
      if (++length == most && at < spaced.length()) {
        return line.append('\u2026').toString();
      }
      line.appendCodePoint(isHarmless(c) ? c : REPLACEMENT);
    }
    return line.toString();
  }

  private static boolean isHarmless(int c) {
    boolean isDirection =
        c == 0x061C
            || c == 0x200E
            || c == 0x200F
            || c >= 0x202A && c <= 0x202E
            || c >= 0x2066 && c <= 0x2069;
    boolean isNone =
        c >= 0xD800 && c <= 0xDFFF || (c & 0xFFFE) == 0xFFFE || c >= 0xFDD0 && c <= 0xFDEF;
    boolean isBreak = c == 0x2028 || c == 0x2029 || c == 0xFEFF;
    return !(Character.isISOControl(c) || isDirection || isNone || isBreak);
  }

  /** The text as content of an element, or as an attribute in quotes, of HTML or SVG. */
  static String escaped(String text) {
    String line = line(text, Integer.MAX_VALUE);
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
