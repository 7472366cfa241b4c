package io.drawbar.internal.kernel;

import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.ListColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.column.VectorOrder;
import io.drawbar.text.Utf8;

/**
 * The one order of values of each type: numbers by size, NaN greatest and equal to itself, -0.0
 * equal to 0.0; false before true; strings by unsigned UTF-8 bytes; vectors and lists, which are
 * keys only of whole rows put in order, element by element; null before everything.
 */
final class ColumnOrder {
  private ColumnOrder() {}

  /** Compares a row of one column with a row of another of the same type; nulls first. */
  static int compare(ColumnVector a, int i, ColumnVector b, int j) {
    boolean absent = a.isNull(i);
    if (absent || b.isNull(j)) {
      return absent ? (b.isNull(j) ? 0 : -1) : 1;
    }
    return comparePresent(a, i, b, j);
  }

  /** As {@link #compare}, for rows that are not null. */
  static int comparePresent(ColumnVector a, int i, ColumnVector b, int j) {
    if (a instanceof LongColumn longs) {
      return Long.compare(longs.values()[i], ((LongColumn) b).values()[j]);
    }
    if (a instanceof DoubleColumn doubles) {
      return compare(doubles.values()[i], ((DoubleColumn) b).values()[j]);
    }
    if (a instanceof StringColumn s) {
      StringColumn t = (StringColumn) b;
      return Utf8.compare(
          s.bytes(), s.starts()[i], s.ends()[i], t.bytes(), t.starts()[j], t.ends()[j]);
    }
    if (a instanceof VectorColumn || a instanceof SparseVectorColumn) {
      return VectorOrder.compare(a, i, b, j);
    }
    if (a instanceof ListColumn list) {
      return compareLists(list, i, (ListColumn) b, j);
    }
    return Boolean.compare(((BooleanColumn) a).values()[i], ((BooleanColumn) b).values()[j]);
  }

  static int compare(double a, double b) {
    if (a < b) {
      return -1;
    }
    if (a > b) {
      return 1;
    }
    return a == b ? 0 : Boolean.compare(Double.isNaN(a), Double.isNaN(b));
  }

  /**
   * Compares values of any type so that equals have the same bits: as {@link #compare}, -0.0 before
   * 0.0, vectors and lists element by element.
   */
  static int compareBits(ColumnVector a, int i, ColumnVector b, int j) {
    boolean absent = a.isNull(i);
    if (absent || b.isNull(j)) {
      return absent ? (b.isNull(j) ? 0 : -1) : 1;
    }
    if (a instanceof DoubleColumn doubles) {
      return Double.compare(doubles.values()[i], ((DoubleColumn) b).values()[j]);
    }
    return comparePresent(a, i, b, j);
  }

  private static int compareLists(ListColumn a, int i, ListColumn b, int j) {
    int lengthA = a.ends()[i] - a.starts()[i];
    int lengthB = b.ends()[j] - b.starts()[j];
    for (int k = 0; k < Math.min(lengthA, lengthB); k++) {
      int order = compareBits(a.items(), a.starts()[i] + k, b.items(), b.starts()[j] + k);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(lengthA, lengthB);
  }
}
