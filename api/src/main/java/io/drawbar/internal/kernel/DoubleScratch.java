package io.drawbar.internal.kernel;

import io.drawbar.column.DoubleColumn;

/**
 * Room for the doubles that an evaluator makes of a batch, the same for one batch after the other,
 * and the column over it.
 */
final class DoubleScratch {
  private double[] values = new double[0];
  private DoubleColumn last;

  /** Room for so many rows or more; what is in it is of the batch before. */
  double[] forRows(int rows) {
    if (values.length < rows) {
      values = new double[rows];
    }
    return values;
  }

  /** The column of what was written there. */
  DoubleColumn column(int rows, boolean[] nulls) {
    last = Unchanged.doubles(last, rows, values, nulls);
    return last;
  }
}
