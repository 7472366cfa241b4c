package io.drawbar.internal.kernel;

import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.type.DataType;

/**
 * A column that takes some rows from one column and others from another; all of one scalar type.
 */
final class Picked {
  private final DataType type;
  private final TextOutput texts = new TextOutput();
  private int rows;
  private boolean[] flags = new boolean[0];
  private long[] longs = new long[0];
  private double[] doubles = new double[0];
  private boolean[] nulls;
  private BooleanColumn lastFlags;
  private LongColumn lastLongs;
  private DoubleColumn lastDoubles;

  Picked(DataType type) {
    this.type = type;
  }

  /** Begins a column of so many rows, in place of the last one. */
  void begin(int rows) {
    this.rows = rows;
    nulls = null;
    if (type == DataType.BOOLEAN) {
      flags = flags.length < rows ? new boolean[rows] : flags;
    } else if (type == DataType.LONG) {
      longs = longs.length < rows ? new long[rows] : longs;
    } else if (type == DataType.DOUBLE) {
      doubles = doubles.length < rows ? new double[rows] : doubles;
    } else {
      texts.begin(rows);
    }
  }

  /** Takes the values at some rows, nulls among them. */
  void take(ColumnVector column, int[] taken, int count) {
    if (column.nulls() != null) {
      for (int n = 0; n < count; n++) {
        if (column.isNull(taken[n])) {
          leave(taken[n]);
        }
      }
    }
    if (column instanceof BooleanColumn from) {
      for (int n = 0; n < count; n++) {
        flags[taken[n]] = from.values()[taken[n]];
      }
    } else if (column instanceof LongColumn from) {
      for (int n = 0; n < count; n++) {
        longs[taken[n]] = from.values()[taken[n]];
      }
    } else if (column instanceof DoubleColumn from) {
      for (int n = 0; n < count; n++) {
        doubles[taken[n]] = from.values()[taken[n]];
      }
    } else {
      take((StringColumn) column, taken, count);
    }
  }

  private void take(StringColumn from, int[] taken, int count) {
    for (int n = 0; n < count; n++) {
      int row = taken[n];
      if (!from.isNull(row)) {
        texts.open(row);
        texts.append(from.bytes(), from.starts()[row], from.ends()[row]);
        texts.close(row);
      }
    }
  }

  /** Has the value at a row be null. */
  void leave(int row) {
    if (nulls == null) {
      nulls = new boolean[rows];
    }
    nulls[row] = true;
    if (type == DataType.BOOLEAN) {
      flags[row] = false;
    } else if (type == DataType.LONG) {
      longs[row] = 0;
    } else if (type == DataType.DOUBLE) {
      doubles[row] = 0;
    }
  }

  ColumnVector column() {
    if (type == DataType.BOOLEAN) {
      lastFlags = Unchanged.booleans(lastFlags, rows, flags, nulls);
      return lastFlags;
    }
    if (type == DataType.LONG) {
      lastLongs = Unchanged.longs(lastLongs, rows, longs, nulls);
      return lastLongs;
    }
    if (type == DataType.DOUBLE) {
      lastDoubles = Unchanged.doubles(lastDoubles, rows, doubles, nulls);
      return lastDoubles;
    }
    return texts.column(nulls);
  }
}
