package io.drawbar.testkit;

import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Rows as text: so that two are equal if and only if their values are, to the bit; and as CSV. */
final class RowText {
  private RowText() {}

  /** The columns. */
  static String exact(Schema schema) {
    return schema.fields().stream()
        .map(f -> f.name() + " " + f.type())
        .collect(Collectors.joining(", ", "columns: ", ""));
  }

  /**
   * A row, to the bit.
   *
   * @param isActual whether its bits are what counts; of an expected NaN the canonical one is meant
   */
  static String exact(Row row, boolean isActual) {
    List<String> values = new ArrayList<>();
    for (int c = 0; c < row.schema().size(); c++) {
      values.add(exact(row.value(c), isActual));
    }
    return values.toString();
  }

  private static String exact(Object value, boolean isActual) {
    if (value instanceof Double number) {
      long bits = isActual ? Double.doubleToRawLongBits(number) : Double.doubleToLongBits(number);
      return number + " (0x" + Long.toHexString(bits) + ")";
    }
    if (value instanceof String text) {
      return JavaText.quoted(text);
    }
    if (value instanceof double[] vector) {
      return Arrays.stream(vector)
          .mapToObj(v -> exact(v, isActual))
          .collect(Collectors.joining(", ", "vector(", ")"));
    }
    if (value instanceof List<?> list) {
      return list.stream()
          .map(v -> exact(v, isActual))
          .collect(Collectors.joining(", ", "list(", ")"));
    }
    return value instanceof Long number ? number + "L" : String.valueOf(value);
  }

  static boolean hasLineFeed(Row row) {
    for (int c = 0; c < row.schema().size(); c++) {
      if (row.value(c) instanceof String text && text.indexOf('\n') >= 0) {
        return true;
      }
    }
    return false;
  }

  /** The line of CSV that a row is written as. */
  static String csv(Row row) {
    List<String> fields = new ArrayList<>();
    for (int c = 0; c < row.schema().size(); c++) {
      Object value = row.value(c);
      if (value == null) {
        fields.add("");
      } else if (value instanceof Double number) {
        fields.add(ReferenceDecimal.text(number));
      } else {
        fields.add(value instanceof String text ? csv(text) : value.toString());
      }
    }
    return String.join(",", fields);
  }

  /** The line of CSV that names the columns. */
  static String csvHeader(Schema schema) {
    return schema.names().stream().map(RowText::csv).collect(Collectors.joining(","));
  }

  /**
   * Quoted if it is empty, or holds what has a meaning, or begins or ends with what others may
   * trim.
   */
  private static String csv(String text) {
    boolean special = text.isEmpty() || text.matches("(?s).*[,\"\\r].*|[ \\t].*|.*[ \\t]");
    // Whatever starts with the first byte of a byte order mark is quoted, too.
    boolean nearMark = !text.isEmpty() && text.charAt(0) >= '\uF000';
    return special || nearMark ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  /** A schema whose columns may all be absent. */
  static Schema optional(Schema schema) {
    Schema result = Schema.empty();
    for (Field field : schema.fields()) {
      DataType type = field.type();
      result = result.with(field.name(), type);
    }
    return result;
  }
}
