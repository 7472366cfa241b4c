package io.drawbar.internal.kernel;

import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.VectorColumn;

/**
 * Columns over the scratch space of an evaluator. While the arrays are those of the column before,
 * it is that column again: so that a row that is scored by itself allocates nothing.
 */
final class Unchanged {
  private Unchanged() {}

  /** A column of doubles; {@code last} may be null. */
  static DoubleColumn doubles(DoubleColumn last, int rows, double[] values, boolean[] nulls) {
    boolean same = last != null && last.values() == values && isLike(last, rows, nulls);
    return same ? last : new DoubleColumn(rows, values, nulls);
  }

  /** A column of whole numbers; {@code last} may be null. */
  static LongColumn longs(LongColumn last, int rows, long[] values, boolean[] nulls) {
    boolean same = last != null && last.values() == values && isLike(last, rows, nulls);
    return same ? last : new LongColumn(rows, values, nulls);
  }

  /** A column of truth values; {@code last} may be null. */
  static BooleanColumn booleans(BooleanColumn last, int rows, boolean[] values, boolean[] nulls) {
    boolean same = last != null && last.values() == values && isLike(last, rows, nulls);
    return same ? last : new BooleanColumn(rows, values, nulls);
  }

  /** A column of vectors; {@code last} may be null. */
  static VectorColumn vectors(VectorColumn last, int rows, double[][] elements, boolean[] nulls) {
    boolean same = last != null && last.elements() == elements && isLike(last, rows, nulls);
    return same ? last : new VectorColumn(rows, elements, nulls);
  }

  private static boolean isLike(ColumnVector last, int rows, boolean[] nulls) {
    return last.size() == rows && last.nulls() == nulls;
  }
}
