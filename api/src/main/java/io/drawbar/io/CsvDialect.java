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
 */
record CsvDialect(char separator, boolean hasHeader, boolean trimsSpaces, List<String> nullTexts)
    implements Serializable {
  static final CsvDialect STANDARD = new CsvDialect(',', false, false, List.of());

  CsvDialect {
    if (separator >= 0x80 || separator == '"' || separator == '\n' || separator == '\r') {
      throw new DrawbarException(
          "'%s' cannot separate fields: use an ASCII character that is no quote and no line end"
              .formatted(separator));
    }
    nullTexts = List.copyOf(nullTexts);
  }

  CsvDialect withSeparator(char other) {
    return new CsvDialect(other, hasHeader, trimsSpaces, nullTexts);
  }

  CsvDialect withHeader() {
    return new CsvDialect(separator, true, trimsSpaces, nullTexts);
  }

  CsvDialect withTrimming() {
    return new CsvDialect(separator, hasHeader, true, nullTexts);
  }

  CsvDialect withNullTexts(String... texts) {
    List<String> more = new ArrayList<>(nullTexts);
    more.addAll(List.of(texts));
    return new CsvDialect(separator, hasHeader, trimsSpaces, more);
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
