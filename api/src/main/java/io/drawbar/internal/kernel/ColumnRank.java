package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.expr.SortKey.Direction;

/** By an order; the number is the beginning of the first column's value. */
record ColumnRank(RowOrder order) implements RowRank {
  @Override
  public void ranks(Batch batch, long[] into) {
    ColumnVector first = batch.column(order.columns()[0]);
    for (int n = 0; n < batch.selected(); n++) {
      into[n] = rank(first, batch.row(n));
    }
  }

  /** The number of a row, by its value in the first column of the order. */
  long rank(ColumnVector first, int row) {
    long rank = beginning(first, row);
    return order.directions()[0] == Direction.DESCENDING ? ~rank : rank;
  }

  @Override
  public int compare(ColumnVector[] a, int i, ColumnVector[] b, int j) {
    return order.compare(a, i, b, j);
  }

  /** A number that is never greater for a value that {@link ColumnOrder} has before another. */
  private static long beginning(ColumnVector column, int row) {
    if (column.isNull(row)) {
      return 0;
    }
    if (column instanceof LongColumn longs) {
      return longs.values()[row] ^ Long.MIN_VALUE;
    }
    if (column instanceof DoubleColumn doubles) {
      long bits = Double.doubleToLongBits(doubles.values()[row] + 0.0);
      return bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
    }
    if (column instanceof StringColumn texts) {
      return beginning(texts.bytes(), texts.starts()[row], texts.ends()[row]);
    }
    return column instanceof BooleanColumn flags && flags.values()[row] ? 1 : 0;
  }

  private static long beginning(byte[] bytes, int from, int to) {
    long first = 0;
    int count = Math.min(Long.BYTES, to - from);
    for (int i = 0; i < count; i++) {
      first |= (bytes[from + i] & 0xFFL) << 56 - 8 * i;
    }
    return first;
  }
}
