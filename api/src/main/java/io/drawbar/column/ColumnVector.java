package io.drawbar.column;

import io.drawbar.type.DataType;

/**
 * The values of one column for the rows of a {@link Batch}: plain heap arrays, read by index.
 * Arrays may be longer than {@link #size()}; where a row is null its value is undefined. Columns
 * are shared, never changed.
 */
public sealed interface ColumnVector
    permits BooleanColumn,
        LongColumn,
        DoubleColumn,
        StringColumn,
        VectorColumn,
        SparseVectorColumn,
        ListColumn {
  /** The number of rows. */
  int size();

  /** One flag a row, true where the value is missing; null when no value is. */
  boolean[] nulls();

  /** The type of the values. */
  DataType type();

  /** Whether the value at a row is missing. */
  default boolean isNull(int row) {
    boolean[] nulls = nulls();
    return nulls != null && nulls[row];
  }

  /** The same values with other rows missing. */
  ColumnVector withNulls(boolean[] nulls);

  /**
   * The value at a row as an object ({@code Boolean}, {@code Long}, ...) or null: for people and
   * tests.
   */
  Object value(int row);
}
