package io.drawbar.column;

import io.drawbar.type.DataType;
import io.drawbar.type.ListType;
import io.drawbar.type.VectorType;
import java.util.Arrays;

/**
 * Grows a column row by row: for group tables, sorted output and sources. Each type has its own;
 * get one from {@link #of}.
 */
public abstract sealed class ColumnBuilder
    permits BooleanBuilder, LongBuilder, DoubleBuilder, TextBuilder, ListBuilder, VectorBuilder {
  int size;
  boolean[] nulls;

  /** An empty builder for columns of a type. */
  public static ColumnBuilder of(DataType type) {
    if (type instanceof VectorType vector) {
      return new VectorBuilder(vector.size());
    }
    if (type instanceof ListType list) {
      return new ListBuilder(of(list.item()));
    }
    if (type == DataType.BOOLEAN) {
      return new BooleanBuilder();
    }
    if (type == DataType.LONG) {
      return new LongBuilder();
    }
    return type == DataType.DOUBLE ? new DoubleBuilder() : new TextBuilder();
  }

  /** The number of rows so far. */
  public final int size() {
    return size;
  }

  /** Adds a row copied from a column of the same type. */
  public final void append(ColumnVector from, int row) {
    if (from.isNull(row)) {
      appendNull();
    } else {
      appendPresent(from, row);
      size++;
    }
  }

  /**
   * Adds rows copied from a column of the same type.
   *
   * @param rows which, by index; null for the first ones
   * @param count how many
   */
  public final void appendAll(ColumnVector from, int[] rows, int count) {
    if (from.nulls() == null) {
      appendAllPresent(from, rows, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      append(from, rows == null ? i : rows[i]);
    }
  }

  /** As {@link #appendAll}, of a column without nulls. */
  void appendAllPresent(ColumnVector from, int[] rows, int count) {
    for (int i = 0; i < count; i++) {
      appendPresent(from, rows == null ? i : rows[i]);
      size++;
    }
  }

  /** The length that an array gets when one more than {@code count} rows are to fit. */
  static int roomFor(int length, int count) {
    return Math.max(count, grown(length));
  }

  /** How many bytes of heap the builder takes. */
  public final long heapBytes() {
    return valueBytes() + (nulls == null ? 0 : nulls.length);
  }

  abstract long valueBytes();

  /** Adds a row with no value. */
  public final void appendNull() {
    if (nulls == null) {
      nulls = new boolean[Math.max(16, size + 1)];
    }
    markNull();
    appendPlaceholder();
    size++;
  }

  /**
   * Adds a value given as an object, or null.
   *
   * @throws ClassCastException if it is not of the column's type
   */
  public final void appendValue(Object value) {
    if (value == null) {
      appendNull();
    } else {
      appendObject(value);
      size++;
    }
  }

  /**
   * The column of all rows added. It shares the builder's arrays: do not add to the builder
   * afterwards.
   */
  public abstract ColumnVector build();

  /**
   * Whether a row added earlier equals a row of a column of the same type, as keys do: null equals
   * null, NaN equals NaN. Zeros are told apart: make them one before.
   */
  public final boolean holds(int index, ColumnVector other, int row) {
    boolean here = nulls != null && index < nulls.length && nulls[index];
    boolean there = other.isNull(row);
    return here || there ? here && there : equalsPresent(index, other, row);
  }

  abstract boolean equalsPresent(int index, ColumnVector other, int row);

  abstract void appendPresent(ColumnVector from, int row);

  abstract void appendPlaceholder();

  abstract void appendObject(Object value);

  final boolean[] nullsOfAll() {
    return nulls == null ? null : Arrays.copyOf(nulls, Math.max(size, 1));
  }

  private void markNull() {
    if (nulls.length <= size) {
      nulls = Arrays.copyOf(nulls, grown(size));
    }
    nulls[size] = true;
  }

  static int grown(int size) {
    return Math.max(16, size + (size >> 1) + 1);
  }
}
