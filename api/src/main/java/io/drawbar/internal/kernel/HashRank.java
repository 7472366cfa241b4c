package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;

/**
 * By the hash of some columns, then by these, then by the rest of the row.
 *
 * @param keys the columns, by position
 * @param order by the same
 */
record HashRank(int[] keys, RowOrder order) implements RowRank {
  static HashRank of(int... keys) {
    return new HashRank(keys, RowOrder.ascending(keys));
  }

  @Override
  public void ranks(Batch batch, long[] into) {
    Hashing.hash(batch, KeyColumns.of(batch, keys), into);
  }

  @Override
  public int compare(ColumnVector[] a, int i, ColumnVector[] b, int j) {
    return order.compare(a, i, b, j);
  }
}
