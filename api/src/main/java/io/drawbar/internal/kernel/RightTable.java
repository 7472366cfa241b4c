package io.drawbar.internal.kernel;

import io.drawbar.column.ColumnVector;
import io.drawbar.type.Field;
import java.util.Arrays;
import java.util.List;

/** Rows by key, to look up: each key has a number, and its rows stand together. */
final class RightTable {
  /** Of a row, at most: half of the slots of three words are empty, or more; hash, start, row. */
  private static final long SLOT_BYTES = 3 * 8 * 3 + 8 * 2 + 4 * 4;

  private final GroupTable table;
  private final int[] starts;
  private final int[] rows;

  /** A table of all rows of a buffer, none of which has a null among its keys. */
  RightTable(RowBuffer buffer, JoinStep.Side side) {
    List<Field> fields = Arrays.stream(side.keys()).mapToObj(side.schema()::field).toList();
    table = new GroupTable(fields);
    int count = buffer.rows();
    int[] groups = new int[count];
    ColumnVector[] keys = JoinStep.keyColumns(buffer, side);
    for (int row = 0; row < count; row++) {
      groups[row] = table.findOrAdd(keys, row, buffer.rank(row));
    }
    if (table.groups() == count) {
      // Each key once: its number is its row's, and where that is needs no look at memory.
      starts = null;
      rows = null;
      return;
    }
    starts = new int[table.groups() + 1];
    for (int group : groups) {
      starts[group + 1]++;
    }
    for (int group = 0; group < table.groups(); group++) {
      starts[group + 1] += starts[group];
    }
    rows = new int[count];
    int[] at = starts.clone();
    for (int row = 0; row < count; row++) {
      rows[at[groups[row]]++] = row;
    }
  }

  /** How many bytes of heap a table of so many rows takes, about, without those of the keys. */
  static long heapBytes(int rows) {
    return SLOT_BYTES * (long) rows;
  }

  /** How many bytes of heap it takes, about. */
  long heapBytes() {
    return table.heapBytes() + (rows == null ? 0 : 4L * (starts.length + rows.length));
  }

  /** The number of a key, or -1; a key with a null has none. */
  int find(ColumnVector[] keys, int row, long hash) {
    return table.find(keys, row, hash);
  }

  /** How many keys there are. */
  int keys() {
    return table.groups();
  }

  /** Where the rows of a key begin; those of the last end at {@code start(keys())}. */
  int start(int key) {
    return starts == null ? key : starts[key];
  }

  /** The row at a place. */
  int row(int place) {
    return rows == null ? place : rows[place];
  }
}
