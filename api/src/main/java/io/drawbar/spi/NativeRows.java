package io.drawbar.spi;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.text.Utf8;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.ListType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import io.drawbar.type.VectorType;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Makes batches of rows that come from outside value by value: those of an engine's own dataset, or
 * of a format of its own. Here are, once for all engines, the mapping of Java's values to columns,
 * the one NaN, and what is wrong with a value.
 *
 * <p>A row is a {@code put} for each column, then {@link #endRow}. After a {@link BadRowException}
 * what has been collected is of no use: the error is to be raised where a task reads, see {@link
 * NativeSource#failed}.
 *
 * <table>
 *   <caption>Values of Java's, and the columns that they go into</caption>
 *   <tr><td>{@code Boolean}</td><td>{@code BOOLEAN}</td></tr>
 *   <tr><td>{@code Long, Integer, Short, Byte}</td><td>{@code LONG}</td></tr>
 *   <tr><td>{@code Double, Float}</td><td>{@code DOUBLE}, every NaN as the canonical one, -0.0 as
 *       it is</td></tr>
 *   <tr><td>{@code String}</td><td>{@code STRING}; a surrogate without its other half becomes
 *       U+FFFD</td></tr>
 *   <tr><td>arrays and {@code List}s of these, nulls among them</td><td>{@code LIST}</td></tr>
 *   <tr><td>arrays and {@code List}s of {@code n} doubles or floats, none null</td>
 *       <td>{@code VECTOR(n)}</td></tr>
 * </table>
 */
public final class NativeRows {
  private static final int MOST_ROWS = 4096;

  /** Long values fill a batch before its rows do. */
  private static final long ENOUGH_BYTES = 1 << 26;

  private final Schema schema;
  private final LongFunction<String> place;
  private final ColumnBuilder[] columns;
  private int rows;
  private long read;

  /**
   * No rows yet.
   *
   * @param place what a row is called in messages, by its number, counted from 1: "row 7 of …"
   */
  public NativeRows(Schema schema, LongFunction<String> place) {
    this.schema = schema;
    this.place = place;
    columns = new ColumnBuilder[schema.size()];
    clear();
  }

  /** The column that holds the values of a class of Java's; empty if none does. */
  public static Optional<DataType> scalar(Class<?> values) {
    if (values == Boolean.class) {
      return Optional.of(DataType.BOOLEAN);
    }
    if (values == String.class) {
      return Optional.of(DataType.STRING);
    }
    if (values == Double.class || values == Float.class) {
      return Optional.of(DataType.DOUBLE);
    }
    return List.of(Long.class, Integer.class, Short.class, Byte.class).contains(values)
        ? Optional.of(DataType.LONG)
        : Optional.empty();
  }

  /** Puts a boolean into a column of booleans. */
  public void putBoolean(int column, boolean value) {
    columns[column].appendBoolean(value);
  }

  /** Puts a whole number into a column of longs. */
  public void putLong(int column, long value) {
    columns[column].appendLong(value);
  }

  /** Puts a number into a column of doubles. */
  public void putDouble(int column, double value) {
    columns[column].appendDouble(value);
  }

  /**
   * Puts a text into a column of strings.
   *
   * @param bytes copied, from {@code start} to before {@code end}
   * @throws BadRowException if it is not valid UTF-8
   */
  public void putText(int column, byte[] bytes, int start, int end) {
    if (Utf8.firstInvalid(bytes, start, end) >= 0) {
      throw bad(column, "the text is not valid UTF-8");
    }
    columns[column].appendText(bytes, start, end);
  }

  /**
   * Puts a sparse vector into a column of vectors.
   *
   * @param size how many elements it has
   * @param indices of those that are given, ascending, copied
   * @param elements their values, copied
   * @throws BadRowException if it is not of the size that the column has, or its indices are wrong
   */
  public void putSparse(int column, int size, int[] indices, double[] elements) {
    int expected = ((VectorType) schema.field(column).type()).size();
    if (size != expected) {
      throw bad(column, "a vector of %s elements, not of %s".formatted(size, expected));
    }
    for (int k = 0; k < indices.length; k++) {
      if (indices[k] < 0 || indices[k] >= size || k > 0 && indices[k] <= indices[k - 1]) {
        throw bad(column, "the indices of a sparse vector do not ascend from 0 to below " + size);
      }
    }
    columns[column].appendSparse(indices, elements);
  }

  /**
   * Puts no value into a column.
   *
   * @throws BadRowException if the column must have one
   */
  public void putNull(int column) {
    Field field = schema.field(column);
    if (field.isRequired()) {
      throw bad(
          column,
          "the value is null, and %s is required; declare it with Field.optional".formatted(field));
    }
    columns[column].appendNull();
  }

  /**
   * Puts an object of Java's, or null, into a column that holds such values; copied.
   *
   * @throws BadRowException if the column does not
   */
  public void putValue(int column, Object value) {
    if (value == null) {
      putNull(column);
      return;
    }
    DataType type = schema.field(column).type();
    Object ours = ours(value, type);
    if (ours == null) {
      throw bad(
          column,
          "%s is a %s, not a %s, which is %s"
              .formatted(
                  RowCheck.shown(value),
                  value.getClass().getSimpleName(),
                  type,
                  RowCheck.javaForm(type)));
    }
    columns[column].appendValue(ours);
  }

  /**
   * Puts all values of a row that a program has made.
   *
   * @throws BadRowException if it is null or has other columns, or a value is not of its column's
   *     type
   */
  public void append(Row row) {
    RowCheck.checkColumns(schema, row, () -> place.apply(read + 1));
    for (int c = 0; c < columns.length; c++) {
      putValue(c, row.value(c));
    }
    endRow();
  }

  /** The same value in the class that a column of the type takes; null if there is none. */
  private static Object ours(Object value, DataType type) {
    if (type instanceof VectorType vector) {
      return elements(value, vector.size());
    }
    if (type instanceof ListType list) {
      return items(value, list.item());
    }
    if (scalar(value.getClass()).filter(type::equals).isEmpty()) {
      return null;
    }
    if (type == DataType.LONG) {
      return ((Number) value).longValue();
    }
    return type == DataType.DOUBLE ? ((Number) value).doubleValue() : value;
  }

  private static double[] elements(Object value, int size) {
    if (value instanceof double[] doubles) {
      return doubles.length == size ? doubles : null;
    }
    List<Object> items = items(value, DataType.DOUBLE);
    return items == null || items.size() != size || items.contains(null)
        ? null
        : items.stream().mapToDouble(item -> (Double) item).toArray();
  }

  private static List<Object> items(Object value, DataType type) {
    boolean array = value.getClass().isArray();
    if (!array && !(value instanceof List)) {
      return null;
    }
    List<Object> items = new ArrayList<>();
    int size = array ? Array.getLength(value) : ((List<?>) value).size();
    for (int i = 0; i < size; i++) {
      Object item = array ? Array.get(value, i) : ((List<?>) value).get(i);
      Object ours = item == null ? null : ours(item, type);
      if (item != null && ours == null) {
        return null;
      }
      items.add(ours);
    }
    return items;
  }

  /** What is wrong with the value of a column in the row that is being put. */
  public BadRowException bad(int column, String what) {
    return new BadRowException(
        "%s, column '%s': %s".formatted(place.apply(read + 1), schema.field(column).name(), what));
  }

  /** Every column of the row has its value. */
  public void endRow() {
    rows++;
    read++;
  }

  /** The number of rows since the last batch. */
  public int rows() {
    return rows;
  }

  /** Whether the batch is long enough: by its rows, or by what they take. */
  public boolean isFull() {
    if (rows >= MOST_ROWS) {
      return true;
    }
    long bytes = 0;
    for (ColumnBuilder column : columns) {
      bytes += column.heapBytes();
    }
    return bytes >= ENOUGH_BYTES;
  }

  /** The rows since the last batch. */
  public Batch build() {
    ColumnVector[] built = new ColumnVector[columns.length];
    for (int c = 0; c < built.length; c++) {
      built[c] = columns[c].build();
    }
    Batch batch = Batch.of(schema, rows, built);
    clear();
    return batch;
  }

  private void clear() {
    for (int c = 0; c < columns.length; c++) {
      columns[c] = ColumnBuilder.of(schema.field(c).type());
    }
    rows = 0;
  }
}
