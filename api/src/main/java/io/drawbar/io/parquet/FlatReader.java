package io.drawbar.io.parquet;

import io.drawbar.column.ColumnVector;
import java.io.IOException;
import java.util.Arrays;

/** Reads a column with one value a row, or none. */
final class FlatReader extends ColumnReader {
  /** The level of a value that is there: of how many of the column and its parents may be null. */
  private final int most;

  private boolean[] nulls = {};
  private int[] levels = {};
  private boolean hasNulls;

  FlatReader(ValueColumn values) {
    super(values);
    most = values.leaf.getMaxDefinitionLevel();
  }

  @Override
  void beginBlock(int rows) {
    hasNulls = false;
    values.beginBlock();
    values.reserve(rows);
  }

  @Override
  void read(int rows) throws IOException {
    int row = 0;
    while (row < rows) {
      if (left == 0) {
        requirePage();
      }
      int count = Math.min(left, rows - row);
      int present = most == 0 ? count : present(row, count, rows);
      values.read(row, present);
      if (present < count) {
        values.spread(nulls, row, present, count);
      }
      left -= count;
      row += count;
    }
  }

  /** Notes which rows are null, and counts the others. */
  private int present(int row, int count, int rows) {
    HybridInput definitions = pages.definitions;
    int present = 0;
    int done = 0;
    while (done < count) {
      int equal = definitions.equal(count - done);
      if (equal > 0) {
        boolean isNull = definitions.value() < most;
        present += isNull ? 0 : equal;
        mark(row + done, equal, isNull, rows);
        done += equal;
      } else {
        if (levels.length < count) {
          levels = new int[rows];
        }
        int got = definitions.packed(levels, 0, count - done);
        present += mark(row + done, got, rows);
        done += got;
      }
    }
    return present;
  }

  private void mark(int row, int count, boolean isNull, int rows) {
    if (isNull && !hasNulls) {
      beginNulls(row, rows);
    }
    if (hasNulls) {
      Arrays.fill(nulls, row, row + count, isNull);
    }
  }

  private int mark(int row, int count, int rows) {
    if (!hasNulls) {
      beginNulls(row, rows);
    }
    int present = 0;
    for (int i = 0; i < count; i++) {
      boolean isNull = levels[i] < most;
      nulls[row + i] = isNull;
      present += isNull ? 0 : 1;
    }
    return present;
  }

  private void beginNulls(int row, int rows) {
    if (nulls.length < rows) {
      nulls = new boolean[rows];
    }
    Arrays.fill(nulls, 0, row, false);
    hasNulls = true;
  }

  @Override
  ColumnVector vector(int rows) {
    return values.vector(rows, hasNulls ? nulls : null);
  }
}
