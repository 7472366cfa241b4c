package io.drawbar.io.parquet;

import java.io.Serializable;

/**
 * How long row groups may be: by their rows alone, so that equal rows are equal files.
 *
 * @param rows at most
 * @param bytes of values before encoding; the row that reaches them is the last
 */
record RowGroups(int rows, long bytes) implements Serializable {
  static final RowGroups USUAL = new RowGroups(1 << 20, 64 << 20);
}
