package io.drawbar.io;

import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.text.DecimalParser;
import io.drawbar.type.DataType;
import java.util.Arrays;

/** The values of one column of a block, parsed from text; used again for the next block. */
abstract sealed class Cells {
  private static final int FIRST = 1024;

  boolean[] nulls = new boolean[FIRST];
  boolean hasNulls;

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

  /** How many rows there is room for. */
  final int capacity() {
    return nulls.length;
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

  final boolean[] nullsIfAny() {
    return hasNulls ? nulls : null;
  }

  void grow() {
    nulls = Arrays.copyOf(nulls, 2 * nulls.length);
  }

  /** Takes the value of a row; false if the text is none of this type. */
  abstract boolean put(int row, byte[] bytes, int from, int to);

  /** What the text should have been. */
  abstract String wanted();

  /** The column of a block. */
  abstract ColumnVector column(int rows, byte[] bytes);

  private static final class OfBooleans extends Cells {
    private boolean[] values = new boolean[FIRST];

    @Override
    void grow() {
      super.grow();
      values = Arrays.copyOf(values, capacity());
    }

    @Override
    boolean put(int row, byte[] bytes, int from, int to) {
      boolean isTrue = is("true", bytes, from, to);
      values[row] = isTrue;
      return isTrue || is("false", bytes, from, to);
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
    void grow() {
      super.grow();
      values = Arrays.copyOf(values, capacity());
    }

    @Override
    boolean put(int row, byte[] bytes, int from, int to) {
      try {
        values[row] = DecimalParser.parseLong(bytes, from, to);
        return true;
      } catch (NumberFormatException e) {
        return false;
      }
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
    void grow() {
      super.grow();
      values = Arrays.copyOf(values, capacity());
    }

    @Override
    boolean put(int row, byte[] bytes, int from, int to) {
      try {
        values[row] = DecimalParser.parseDouble(bytes, from, to);
        return true;
      } catch (NumberFormatException e) {
        return false;
      }
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
    void grow() {
      super.grow();
      starts = Arrays.copyOf(starts, capacity());
      ends = Arrays.copyOf(ends, capacity());
    }

    @Override
    boolean put(int row, byte[] bytes, int from, int to) {
      starts[row] = from;
      ends[row] = to;
      return true;
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
