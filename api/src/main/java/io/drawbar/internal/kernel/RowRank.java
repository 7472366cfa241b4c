package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;

/**
 * An order of rows by a number, which most of them differ in, and then by their columns: sorting
 * looks at the rows themselves only where the numbers are the same.
 */
interface RowRank {
  /**
   * The numbers of the rows of a batch that count.
   *
   * @param into gets one for each, by its number among the rows that count; unsigned
   */
  void ranks(Batch batch, long[] into);

  /** Compares rows whose numbers are the same: 0 if they are equal to the bit. */
  int compare(ColumnVector[] a, int i, ColumnVector[] b, int j);
}
