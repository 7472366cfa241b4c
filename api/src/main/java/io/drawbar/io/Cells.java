package io.drawbar.io;

import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.text.DecimalParser;
import io.drawbar.text.Utf8;
import io.drawbar.type.DataType;
import java.util.Arrays;

/**
 * The values of one column of a block, parsed from text; used again for the next block.
 *
 * <p>Each type has a loop of its own over some rows, because a call for each cell that may go to
 * any of four classes costs about as much as parsing a short number.
 */
abstract sealed class Cells {
  private static final int FIRST = 1024;

  private boolean[] nulls = new boolean[FIRST];
  private boolean hasNulls;

  /** Cells for a type that CSV has. */
  static Cells of(DataType type) {
    if (type == DataType.BOOLEAN) {
      return new OfBooleans();
    }
    if (type == DataType.LONG) {
      return new OfLongs();
    }
    return type == DataType.DOUBLE ? new OfDoubles() : new OfStrings();
  }

  final void begin() {
    if (hasNulls) {
      Arrays.fill(nulls, false);
      hasNulls = false;
    }
  }

  final void putNull(int row) {
    nulls[row] = true;
    hasNulls = true;
  }

  /** Makes room for a number of rows. */
  final void reserve(int rows) {
    if (rows > nulls.length) {
      int capacity = Math.max(rows, (int) Math.min(2L * nulls.length, Integer.MAX_VALUE - 64));
      nulls = Arrays.copyOf(nulls, capacity);
      grow(capacity);
    }
  }

  final boolean[] nullsIfAny() {
    return hasNulls ? nulls : null;
  }

  abstract void grow(int capacity);

  /**
   * Takes the values of some rows.
   *
   * @param first the row of the block that the first field goes to
   * @param fields where the texts are; those that start below 0 stand for no value
   * @param field the field of the first row; those of the next are {@code stride} further each
   * @return the first row, counted from {@code first}, whose text is none of this type, or {@code
   *     rows}
   */
  abstract int take(byte[] bytes, FieldSplitter fields, int field, int stride, int first, int rows);

  /** What the text should have been. */
  abstract String wanted();

  /** The column of a block. */
  abstract ColumnVector column(int rows, byte[] bytes);

  private static final class OfBooleans extends Cells {
    private boolean[] values = new boolean[FIRST];

    @Override
    void grow(int capacity) {
      values = Arrays.copyOf(values, capacity);
    }

    @Override
    int take(byte[] bytes, FieldSplitter fields, int field, int stride, int first, int rows) {
      for (int i = 0, f = field; i < rows; i++, f += stride) {
        int from = fields.start(f);
        if (from >= 0) {
          boolean isTrue = is("true", bytes, from, fields.end(f));
          if (!isTrue && !is("false", bytes, from, fields.end(f))) {
            return i;
          }
          values[first + i] = isTrue;
        }
      }
      return rows;
    }

    private static boolean is(String word, byte[] bytes, int from, int to) {
      int length = word.length();
      boolean same = to - from == length;
      for (int i = 0; same && i < length; i++) {
        same = (bytes[from + i] | 0x20) == word.charAt(i);
      }
      return same;
    }

    @Override
    String wanted() {
      return "a BOOLEAN, true or false";
    }

    @Override
    ColumnVector column(int rows, byte[] bytes) {
      return new BooleanColumn(rows, values, nullsIfAny());
    }
  }

  private static final class OfLongs extends Cells {
    private long[] values = new long[FIRST];

    @Override
    void grow(int capacity) {
      values = Arrays.copyOf(values, capacity);
    }

    @Override
    int take(byte[] bytes, FieldSplitter fields, int field, int stride, int first, int rows) {
      int i = 0;
      try {
        for (int f = field; i < rows; i++, f += stride) {
          int from = fields.start(f);
          if (from >= 0) {
            values[first + i] = DecimalParser.parseLong(bytes, from, fields.end(f));
          }
        }
      } catch (NumberFormatException e) {
        return i;
      }
      return rows;
    }

    @Override
    String wanted() {
      return "a LONG, a whole number of 64 bits";
    }

    @Override
    ColumnVector column(int rows, byte[] bytes) {
      return new LongColumn(rows, values, nullsIfAny());
    }
  }

  private static final class OfDoubles extends Cells {
    private double[] values = new double[FIRST];

    @Override
    void grow(int capacity) {
      values = Arrays.copyOf(values, capacity);
    }

    @Override
    int take(byte[] bytes, FieldSplitter fields, int field, int stride, int first, int rows) {
      int i = 0;
      try {
        for (int f = field; i < rows; i++, f += stride) {
          int from = fields.start(f);
          if (from >= 0) {
            values[first + i] = DecimalParser.parseDouble(bytes, from, fields.end(f));
          }
        }
      } catch (NumberFormatException e) {
        return i;
      }
      return rows;
    }

    @Override
    String wanted() {
      return "a DOUBLE, a number like 12, -0.5 or 1e-3";
    }

    @Override
    ColumnVector column(int rows, byte[] bytes) {
      return new DoubleColumn(rows, values, nullsIfAny());
    }
  }

  private static final class OfStrings extends Cells {
    private int[] starts = new int[FIRST];
    private int[] ends = new int[FIRST];

    @Override
    void grow(int capacity) {
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
    }

    @Override
    int take(byte[] bytes, FieldSplitter fields, int field, int stride, int first, int rows) {
      boolean isAscii = fields.isAscii();
      for (int i = 0, f = field; i < rows; i++, f += stride) {
        int from = Math.max(fields.start(f), 0);
        int to = fields.start(f) < 0 ? 0 : fields.end(f);
        if (!isAscii && Utf8.firstInvalid(bytes, from, to) >= 0) {
          return i;
        }
        starts[first + i] = from;
        ends[first + i] = to;
      }
      return rows;
    }

    @Override
    String wanted() {
      return "a STRING";
    }

    @Override
    ColumnVector column(int rows, byte[] bytes) {
      return new StringColumn(rows, bytes, starts, ends, nullsIfAny());
    }
  }
}
