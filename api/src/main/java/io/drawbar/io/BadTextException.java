package io.drawbar.io;

import io.drawbar.text.Utf8;
import io.drawbar.type.Field;

/** A row does not fit; says what and why, but not yet in which file and line. */
final class BadTextException extends Exception {
  private static final long serialVersionUID = 1;
  private static final int SHOWN_CHARACTERS = 100;

  /**
   * A row of which something is to be said.
   *
   * @param message goes on after {@code "customers.csv, line 3 (byte 120)"}
   */
  BadTextException(String message) {
    super(message, null, false, false);
  }

  /** A value that is not of its column's type. */
  static BadTextException value(Field field, byte[] bytes, int from, int to, String wanted) {
    return new BadTextException(
        ", column '%s': %s is not %s. Correct it, %sor name the texts that stand for no value with nullText(...)."
            .formatted(
                field.name(), quoted(bytes, from, to), wanted, "declare the column as STRING, "));
  }

  /** Bytes that are no text. */
  static BadTextException encoding(String column, byte[] bytes, int from, int to) {
    int at = Utf8.firstInvalid(bytes, from, to);
    return new BadTextException(
        (", column '%s': %s is not valid UTF-8 (byte 0x%02X at %d of the value)."
                + " Convert the file, for instance with iconv -f ISO-8859-1 -t UTF-8.")
            .formatted(column, quoted(bytes, from, to), bytes[at] & 0xFF, at - from));
  }

  /** A value in quotation marks, cut to {@value #SHOWN_CHARACTERS} characters. */
  static String quoted(byte[] bytes, int from, int to) {
    // Four bytes a character at most, so the tail of a huge value is not decoded.
    int enough = (int) Math.min(to, from + 4L * (SHOWN_CHARACTERS + 1));
    String text = Utf8.toString(bytes, from, enough);
    if (text.codePointCount(0, text.length()) > SHOWN_CHARACTERS) {
      text = text.substring(0, text.offsetByCodePoints(0, SHOWN_CHARACTERS)) + "...";
    }
    return "'" + text + "'";
  }
}
