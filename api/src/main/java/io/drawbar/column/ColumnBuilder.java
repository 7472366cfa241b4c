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
   * Adds a value given as an object, or null; a NaN becomes the canonical one.
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
   * Adds a value that is not an object.
   *
   * @throws ClassCastException if this is not a column of booleans
   */
  public final void appendBoolean(boolean value) {
    ((BooleanBuilder) this).put(value);
    size++;
  }

  /**
   * Adds a value that is not an object.
   *
   * @throws ClassCastException if this is not a column of longs
   */
  public final void appendLong(long value) {
    ((LongBuilder) this).put(value);
    size++;
  }

  /**
   * Adds a value that is not an object; a NaN becomes the canonical one.
   *
   * @throws ClassCastException if this is not a column of doubles
   */
  public final void appendDouble(double value) {
    ((DoubleBuilder) this).put(canonical(value));
    size++;
  }

  /**
   * Adds a copy of a text.
   *
   * @param utf8 has it, valid, from {@code start} to before {@code end}
   * @throws ClassCastException if this is not a column of strings
   */
  public final void appendText(byte[] utf8, int start, int end) {
    ((TextBuilder) this).put(utf8, start, end);
    size++;
  }

  /**
   * Adds a vector of which only some elements are given; the others are 0.0.
   *
   * @param indices of these elements, ascending, each less than the dimension
   * @param elements their values; NaNs become the canonical one
   * @throws ClassCastException if this is not a column of vectors
   */
  public final void appendSparse(int[] indices, double[] elements) {
    ((VectorBuilder) this).put(indices, elements);
    size++;
  }

  /** Programs and engines keep the bits of a NaN; here there is one. */
  static double canonical(double value) {
    return value == value ? value : Double.NaN;
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
