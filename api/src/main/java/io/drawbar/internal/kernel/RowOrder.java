package io.drawbar.internal.kernel;

import io.drawbar.column.ColumnVector;
import io.drawbar.expr.SortKey.Direction;
import io.drawbar.type.Schema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The order of rows by some columns, in either direction, and then by the rest of the row: rows
 * that are equal in it are equal to the bit.
 *
 * @param columns those that come first, by position
 * @param directions which end of each of them comes first
 */
public record RowOrder(int[] columns, Direction[] directions) implements Serializable {
  /** By some columns, least first, and then the rest. */
  static RowOrder ascending(int... columns) {
    return new RowOrder(
        columns,
        Collections.nCopies(columns.length, Direction.ASCENDING).toArray(Direction[]::new));
  }

  /** Compares a row with another of the same columns. */
  int compare(ColumnVector[] a, int i, ColumnVector[] b, int j) {
    for (int c = 0; c < columns.length; c++) {
      int order = ColumnOrder.compare(a[columns[c]], i, b[columns[c]], j);
      if (order != 0) {
        return directions[c] == Direction.DESCENDING ? -order : order;
      }
    }
    return compareWhole(a, i, b, j);
  }

  /** Compares by all columns, to the bit. */
  static int compareWhole(ColumnVector[] a, int i, ColumnVector[] b, int j) {
    for (int c = 0; c < a.length; c++) {
      int order = ColumnOrder.compareBits(a[c], i, b[c], j);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** For people. */
  String describe(Schema schema) {
    List<String> names = new ArrayList<>();
    for (int c = 0; c < columns.length; c++) {
      names.add(
          schema.field(columns[c]).name() + (directions[c] == Direction.DESCENDING ? " desc" : ""));
    }
    return String.join(", ", names);
  }
}
