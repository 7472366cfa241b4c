package io.drawbar.io;

import io.drawbar.text.Utf8;

/** A row does not fit; says what and why, but not yet in which file and line. */
final class BadTextException extends Exception {
  private static final long serialVersionUID = 1;
  private static final int SHOWN_CHARACTERS = 100;

  private final int row;
  private final String column;

  /**
   * A row of which something is to be said.
   *
   * @param row the index of its first byte
   * @param message goes on after {@code "customers.csv, line 3 (byte 120)"}
   */
  BadTextException(int row, String message) {
    this(row, null, message);
  }

  /** A row of which a column does not fit, whose name the message has, too. */
  BadTextException(int row, String column, String message) {
    super(message, null, false, false);
    this.row = row;
    this.column = column;
  }

  /** The same of a column. */
  BadTextException of(String name) {
    return new BadTextException(row, name, getMessage());
  }

  /** The index of the first byte of the row. */
  int row() {
    return row;
  }

  /** The declared column that does not fit, or null if it is the whole row. */
  String column() {
    return column;
  }

  /** What is wrong, as a text of its own. */
  String reason() {
    return getMessage().substring(2);
  }

  /** The message for bytes that are no text. */
  static String encoding(String column, byte[] bytes, int from, int to) {
    int at = Utf8.firstInvalid(bytes, from, to);
    return (", column '%s': %s is not valid UTF-8 (byte 0x%02X at %s of the value)."
            + " Convert the file, for instance with iconv -f ISO-8859-1 -t UTF-8.")
        .formatted(column, quoted(bytes, from, to), bytes[at] & 0xFF, at - from);
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
