package io.drawbar.spi;

import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.ListType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import io.drawbar.type.VectorType;
import java.util.List;
import java.util.function.Supplier;

/** Whether rows that a program has made fit the schema that it has declared. */
public final class RowCheck {
  private RowCheck() {}

  /**
   * Checks a row.
   *
   * @param place what the row is of, for messages
   * @param number its number there, counted from 1
   * @throws BadRowException if it is null, has other columns or a value that is not of its column's
   *     type; names the row and the column
   */
  public static void check(Schema schema, Row row, String place, long number) {
    checkColumns(schema, row, () -> "row %s of %s".formatted(number, place));
    for (int c = 0; c < schema.size(); c++) {
      Field field = schema.field(c);
      Object value = row.value(c);
      if (value == null && field.isRequired()) {
        throw new BadRowException(
            ("row %s of %s, column '%s': the value is null, and %s is required;"
                    + " declare it with Field.optional")
                .formatted(number, place, field.name(), field));
      }
      if (value != null && !fits(field.type(), value)) {
        throw new BadRowException(
            "row %s of %s, column '%s': %s is a %s, not a %s, which is %s"
                .formatted(
                    number,
                    place,
                    field.name(),
                    shown(value),
                    value.getClass().getSimpleName(),
                    field.type(),
                    javaForm(field.type())));
      }
    }
  }

  /** Whether it is a row, and of these columns. */
  static void checkColumns(Schema schema, Row row, Supplier<String> place) {
    if (row == null) {
      throw new BadRowException(place.get() + " is null");
    }
    if (!row.schema().names().equals(schema.names())) {
      throw new BadRowException(
          "%s has the columns (%s), not (%s)".formatted(place.get(), row.schema(), schema));
    }
  }

  private static boolean fits(DataType type, Object value) {
    if (type instanceof VectorType vector) {
      return value instanceof double[] elements && elements.length == vector.size();
    }
    if (type instanceof ListType list) {
      return value instanceof List<?> items
          && items.stream().allMatch(item -> item == null || fits(list.item(), item));
    }
    return value instanceof Boolean && type == DataType.BOOLEAN
        || value instanceof Long && type == DataType.LONG
        || value instanceof Double && type == DataType.DOUBLE
        || value instanceof String && type == DataType.STRING;
  }

  /** A value for a message. */
  static String shown(Object value) {
    String text =
        value instanceof double[] elements ? elements.length + " elements" : value.toString();
    return text.length() > 100 ? text.substring(0, 100) + "..." : text;
  }

  /** What is to be given for a column of a type. */
  static String javaForm(DataType type) {
    if (type instanceof VectorType vector) {
      return "a double[] of " + vector.size();
    }
    if (type instanceof ListType list) {
      return "a List of which each item is " + javaForm(list.item());
    }
    return type == DataType.BOOLEAN
        ? "a Boolean"
        : type == DataType.LONG
            ? "a Long (1L)"
            : type == DataType.DOUBLE ? "a Double (1.0)" : "a String";
  }
}
