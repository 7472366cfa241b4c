package io.drawbar.io;

import io.drawbar.error.DrawbarException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How the fields of a row are written.
 *
 * @param separator an ASCII character between fields
 * @param hasHeader whether the first line names the columns
 * @param trimsSpaces whether blanks around fields are not part of them
 * @param nullTexts what stands for no value besides an empty field
 * @param comment an ASCII character that a line starts with that is no row, or {@link #NO_COMMENTS}
 * @param isMultiline whether quotes may span lines
 * @param longestRow the most bytes that a row may have
 */
record CsvDialect(
    char separator,
    boolean hasHeader,
    boolean trimsSpaces,
    List<String> nullTexts,
    char comment,
    boolean isMultiline,
    int longestRow)
    implements Serializable {
  /** A character that no byte of UTF-8 is. */
  static final char NO_COMMENTS = '\uFFFF';

  static final CsvDialect STANDARD =
      new CsvDialect(',', false, false, List.of(), NO_COMMENTS, false, TextReader.LONGEST_ROW);

  CsvDialect {
    if (separator >= 0x80 || separator == '"' || separator == '\n' || separator == '\r') {
      throw new DrawbarException(
          "'%s' cannot separate fields: use an ASCII character that is no quote and no line end"
              .formatted(separator));
    }
    boolean isLetter = comment >= '0' && comment <= '9' || comment == '"' || comment <= ' ';
    if (comment != NO_COMMENTS && (isLetter || comment >= 0x80 || comment == separator)) {
      throw new DrawbarException(
          ("'%s' cannot start comments: use an ASCII character that is no digit, quote, blank, line"
                  + " end or separator, such as '#'")
              .formatted(comment));
    }
    TextReader.checkLongestRow(longestRow);
    nullTexts = List.copyOf(nullTexts);
  }

  CsvDialect withSeparator(char other) {
    return new CsvDialect(
        other, hasHeader, trimsSpaces, nullTexts, comment, isMultiline, longestRow);
  }

  CsvDialect withHeader() {
    return new CsvDialect(
        separator, true, trimsSpaces, nullTexts, comment, isMultiline, longestRow);
  }

  CsvDialect withTrimming() {
    return new CsvDialect(separator, hasHeader, true, nullTexts, comment, isMultiline, longestRow);
  }

  CsvDialect withoutNullTexts() {
    return new CsvDialect(
        separator, hasHeader, trimsSpaces, List.of(), comment, isMultiline, longestRow);
  }

  CsvDialect withNullTexts(String... texts) {
    List<String> more = new ArrayList<>(nullTexts);
    more.addAll(List.of(texts));
    return new CsvDialect(
        separator, hasHeader, trimsSpaces, more, comment, isMultiline, longestRow);
  }

  CsvDialect withComments(char start) {
    return new CsvDialect(
        separator, hasHeader, trimsSpaces, nullTexts, start, isMultiline, longestRow);
  }

  CsvDialect withLines() {
    return new CsvDialect(separator, hasHeader, trimsSpaces, nullTexts, comment, true, longestRow);
  }

  CsvDialect withLongestRow(int bytes) {
    return new CsvDialect(
        separator, hasHeader, trimsSpaces, nullTexts, comment, isMultiline, bytes);
  }

  /** Whether a line that starts with a byte is no row. */
  boolean isComment(int b) {
    return b == comment;
  }

  /** The byte that comments start with; -1 if there are none. */
  int commentByte() {
    return comment == NO_COMMENTS ? -1 : comment;
  }

  /** A question, with a blank before it, about text without the separator that has another one. */
  static String guess(String line) {
    for (char other : new char[] {';', '\t', '|', ','}) {
      if (line.indexOf(other) >= 0) {
        String literal = other == '\t' ? "\\t" : String.valueOf(other);
        return " Is this file separated by '%s'? Then say so: separator('%s')."
            .formatted(literal, literal);
      }
    }
    return "";
  }
}
