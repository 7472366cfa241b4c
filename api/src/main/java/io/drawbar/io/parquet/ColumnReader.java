package io.drawbar.io.parquet;

import io.drawbar.column.ColumnVector;
import java.io.IOException;

/** Reads a column of a row group, some rows at a time. */
abstract class ColumnReader {
  final ValueColumn values;
  Pages pages;

  /** How many values of the page are left. */
  int left;

  ColumnReader(ValueColumn values) {
    this.values = values;
  }

  /** Another row group begins. */
  void begin(Pages pages) {
    this.pages = pages;
    left = 0;
    values.forget();
  }

  /** Another block begins. */
  abstract void beginBlock(int rows);

  /**
   * Reads rows, as many as the block has.
   *
   * @throws DamageException if the bytes are not what they should be
   */
  abstract void read(int rows) throws IOException;

  /**
   * The rows of the block as a column, valid until the next block.
   *
   * @throws ValueRangeException if a value is none of the type declared
   */
  abstract ColumnVector vector(int rows);

  /** Moves to the next page; false at the end of the row group. */
  final boolean nextPage() throws IOException {
    values.endPage();
    if (!pages.next(values)) {
      return false;
    }
    left = pages.count;
    values.begin(pages);
    return true;
  }

  final void requirePage() throws IOException {
    if (!nextPage()) {
      throw new DamageException("it has fewer rows than the footer says");
    }
  }
}
