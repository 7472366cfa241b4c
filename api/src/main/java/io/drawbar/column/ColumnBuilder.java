package io.drawbar.column;

import io.drawbar.error.DrawbarException;
import io.drawbar.text.Utf8;
import io.drawbar.type.DataType;
import io.drawbar.type.ListType;
import io.drawbar.type.VectorType;
import java.util.Arrays;
import java.util.List;

/**
 * Grows a column row by row: for group tables, sorted output and sources. Each type has its own;
 * get one from {@link #of}.
 */
public abstract sealed class ColumnBuilder
    permits ColumnBuilder.OfBooleans,
        ColumnBuilder.OfLongs,
        ColumnBuilder.OfDoubles,
        ColumnBuilder.OfStrings,
        ColumnBuilder.OfLists,
        VectorBuilder {
  int size;
  boolean[] nulls;

  /** An empty builder for columns of a type. */
  public static ColumnBuilder of(DataType type) {
    if (type instanceof VectorType vector) {
      return new VectorBuilder(vector.size());
    }
    if (type instanceof ListType list) {
      return new OfLists(of(list.item()));
    }
    if (type == DataType.BOOLEAN) {
      return new OfBooleans();
    }
    if (type == DataType.LONG) {
      return new OfLongs();
    }
    return type == DataType.DOUBLE ? new OfDoubles() : new OfStrings();
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

  static final class OfBooleans extends ColumnBuilder {
    private boolean[] values = new boolean[16];

    private void put(boolean value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, grown(size));
      }
      values[size] = value;
    }

    @Override
    boolean equalsPresent(int index, ColumnVector other, int row) {
      return values[index] == ((BooleanColumn) other).values()[row];
    }

    @Override
    void appendPresent(ColumnVector from, int row) {
      put(((BooleanColumn) from).values()[row]);
    }

    @Override
    void appendPlaceholder() {
      put(false);
    }

    @Override
    void appendObject(Object value) {
      put((Boolean) value);
    }

    @Override
    long valueBytes() {
      return values.length;
    }

    @Override
    public ColumnVector build() {
      return new BooleanColumn(size, values, nullsOfAll());
    }
  }

  static final class OfLongs extends ColumnBuilder {
    private long[] values = new long[16];

    private void put(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, grown(size));
      }
      values[size] = value;
    }

    @Override
    boolean equalsPresent(int index, ColumnVector other, int row) {
      return values[index] == ((LongColumn) other).values()[row];
    }

    @Override
    void appendPresent(ColumnVector from, int row) {
      put(((LongColumn) from).values()[row]);
    }

    @Override
    void appendAllPresent(ColumnVector from, int[] rows, int count) {
      long[] source = ((LongColumn) from).values();
      if (size + count > values.length) {
        values = Arrays.copyOf(values, roomFor(size, size + count));
      }
      if (rows == null) {
        System.arraycopy(source, 0, values, size, count);
      } else {
        for (int i = 0; i < count; i++) {
          values[size + i] = source[rows[i]];
        }
      }
      size += count;
    }

    @Override
    void appendPlaceholder() {
      put(0);
    }

    @Override
    void appendObject(Object value) {
      put((Long) value);
    }

    @Override
    long valueBytes() {
      return 8L * values.length;
    }

    @Override
    public ColumnVector build() {
      return new LongColumn(size, values, nullsOfAll());
    }
  }

  static final class OfDoubles extends ColumnBuilder {
    private double[] values = new double[16];

    private void put(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, grown(size));
      }
      values[size] = value;
    }

    @Override
    boolean equalsPresent(int index, ColumnVector other, int row) {
      return Double.doubleToLongBits(values[index])
          == Double.doubleToLongBits(((DoubleColumn) other).values()[row]);
    }

    @Override
    void appendPresent(ColumnVector from, int row) {
      put(((DoubleColumn) from).values()[row]);
    }

    @Override
    void appendAllPresent(ColumnVector from, int[] rows, int count) {
      double[] source = ((DoubleColumn) from).values();
      if (size + count > values.length) {
        values = Arrays.copyOf(values, roomFor(size, size + count));
      }
      if (rows == null) {
        System.arraycopy(source, 0, values, size, count);
      } else {
        for (int i = 0; i < count; i++) {
          values[size + i] = source[rows[i]];
        }
      }
      size += count;
    }

    @Override
    void appendPlaceholder() {
      put(0);
    }

    @Override
    void appendObject(Object value) {
      put((Double) value);
    }

    @Override
    long valueBytes() {
      return 8L * values.length;
    }

    @Override
    public ColumnVector build() {
      return new DoubleColumn(size, values, nullsOfAll());
    }
  }

  static final class OfStrings extends ColumnBuilder {
    private static final int MOST_BYTES = Integer.MAX_VALUE - 16;

    private byte[] bytes = new byte[64];
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int used;

    private void reserve(long more) {
      if (bytes.length - used < more) {
        if (more > MOST_BYTES - used) {
          throw new DrawbarException(
              "a column has more than 2 GiB of text in one task or block; use more tasks"
                  + " (drawbar.parallelism) or a smaller drawbar.block.rows");
        }
        long wanted = Math.max(used * 3L / 2, used + more) + 16;
        bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, MOST_BYTES));
      }
    }

    private void put(byte[] from, int start, int end) {
      if (size == starts.length) {
        starts = Arrays.copyOf(starts, grown(size));
        ends = Arrays.copyOf(ends, starts.length);
      }
      int length = end - start;
      reserve(length);
      System.arraycopy(from, start, bytes, used, length);
      starts[size] = used;
      used += length;
      ends[size] = used;
    }

    @Override
    boolean equalsPresent(int index, ColumnVector other, int row) {
      StringColumn column = (StringColumn) other;
      // Texts follow each other: one look at memory, not two.
      return Utf8.equals(
          bytes,
          index == 0 ? 0 : ends[index - 1],
          ends[index],
          column.bytes(),
          column.starts()[row],
          column.ends()[row]);
    }

    @Override
    void appendPresent(ColumnVector from, int row) {
      StringColumn column = (StringColumn) from;
      put(column.bytes(), column.starts()[row], column.ends()[row]);
    }

    @Override
    void appendPlaceholder() {
      put(bytes, 0, 0);
    }

    @Override
    void appendObject(Object value) {
      byte[] text = Utf8.encode((String) value);
      put(text, 0, text.length);
    }

    @Override
    long valueBytes() {
      return bytes.length + 8L * starts.length;
    }

    @Override
    public ColumnVector build() {
      return new StringColumn(size, bytes, starts, ends, nullsOfAll());
    }
  }

  static final class OfLists extends ColumnBuilder {
    private final ColumnBuilder items;
    private int[] starts = new int[16];
    private int[] ends = new int[16];

    OfLists(ColumnBuilder items) {
      this.items = items;
    }

    private void close(int start) {
      if (size == starts.length) {
        starts = Arrays.copyOf(starts, grown(size));
        ends = Arrays.copyOf(ends, starts.length);
      }
      starts[size] = start;
      ends[size] = items.size();
    }

    @Override
    boolean equalsPresent(int index, ColumnVector other, int row) {
      ListColumn column = (ListColumn) other;
      int length = ends[index] - starts[index];
      boolean equal = length == column.ends()[row] - column.starts()[row];
      for (int i = 0; i < length && equal; i++) {
        equal = items.holds(starts[index] + i, column.items(), column.starts()[row] + i);
      }
      return equal;
    }

    @Override
    void appendPresent(ColumnVector from, int row) {
      ListColumn column = (ListColumn) from;
      int start = items.size();
      for (int i = column.starts()[row]; i < column.ends()[row]; i++) {
        items.append(column.items(), i);
      }
      close(start);
    }

    @Override
    void appendPlaceholder() {
      close(items.size());
    }

    @Override
    void appendObject(Object value) {
      int start = items.size();
      for (Object item : (List<?>) value) {
        items.appendValue(item);
      }
      close(start);
    }

    @Override
    long valueBytes() {
      return 8L * starts.length + items.heapBytes();
    }

    @Override
    public ColumnVector build() {
      return new ListColumn(size, starts, ends, items.build(), nullsOfAll());
    }
  }
}
