package io.drawbar.type;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One row as values: {@code Boolean}, {@code Long}, {@code Double}, {@code String}, {@code List} of
 * those, {@code double[]} for a vector, or null. For looking at results; work on many rows is done
 * with expressions.
 */
public final class Row {
  private final Schema schema;
  private final Object[] values;

  private Row(Schema schema, Object[] values) {
    this.schema = schema;
    this.values = values;
  }

  /**
   * A row of the given values.
   *
   * @throws IllegalArgumentException if their number is not the schema's
   */
  public static Row of(Schema schema, Object... values) {
    if (values.length != schema.size()) {
      throw new IllegalArgumentException(
          "a row of (%s) has %s values, not %s".formatted(schema, schema.size(), values.length));
    }
    return new Row(schema, values.clone());
  }

  /** The columns. */
  public Schema schema() {
    return schema;
  }

  /** The value at a position counted from 0, or null. */
  public Object value(int index) {
    return values[index];
  }

  /** The value of a column, or null; fails as {@link Schema#indexOf} does. */
  public Object value(String column) {
    return values[schema.indexOf(column)];
  }

  /** The value of a LONG column that is not null. */
  public long longValue(String column) {
    return (Long) present(column, DataType.LONG);
  }

  /** The value of a DOUBLE column that is not null. */
  public double doubleValue(String column) {
    return (Double) present(column, DataType.DOUBLE);
  }

  /** The value of a BOOLEAN column that is not null. */
  public boolean booleanValue(String column) {
    return (Boolean) present(column, DataType.BOOLEAN);
  }

  /** The value of a STRING column that is not null. */
  public String stringValue(String column) {
    return (String) present(column, DataType.STRING);
  }

  private Object present(String column, DataType wanted) {
    int index = schema.indexOf(column);
    DataType type = schema.field(index).type();
    if (!type.equals(wanted)) {
      throw new IllegalArgumentException(
          "column '%s' is %s, not %s".formatted(column, type, wanted));
    }
    return Objects.requireNonNull(
        values[index], () -> "column '" + column + "' is null in this row");
  }

  /** Whether both have the same columns and, bit for bit, the same values. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Row row
        && schema.equals(row.schema)
        && Arrays.deepEquals(values, row.values);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(values);
  }

  @Override
  public String toString() {
    List<Object> shown =
        Arrays.stream(values)
            .map(v -> v instanceof double[] d ? (Object) Arrays.toString(d) : v)
            .toList();
    StringBuilder text = new StringBuilder("(");
    for (int i = 0; i < shown.size(); i++) {
      text.append(i == 0 ? "" : ", ")
          .append(schema.field(i).name())
          .append('=')
          .append(shown.get(i));
    }
    return text.append(')').toString();
  }
}
