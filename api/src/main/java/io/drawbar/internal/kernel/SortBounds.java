package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchCodec;
import io.drawbar.column.ColumnVector;
import io.drawbar.spi.Unit;
import io.drawbar.type.Schema;

/**
 * The rows at which the units of sorted rows begin: the lowest by hash of content, so that they are
 * a function of the rows alone. Unit 0 is what comes before the first.
 */
final class SortBounds {
  /** How many at most. */
  static final int MOST = Unit.HASH_UNITS - 1;

  private final ColumnRank order;
  private final ColumnVector[] columns;
  private final int count;

  /** Of the bounds, in order: most rows are told from most bounds by them. */
  private final long[] ranks;

  /**
   * The bounds.
   *
   * @param rows encoded, in order; empty if there is but one unit
   */
  SortBounds(Schema schema, RowOrder order, byte[] rows) {
    this.order = new ColumnRank(order);
    Batch batch = rows.length == 0 ? null : BatchCodec.decode(schema, rows, 0);
    count = batch == null ? 0 : batch.rows();
    columns = new ColumnVector[batch == null ? 0 : schema.size()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = batch.column(c);
    }
    ranks = new long[count];
    if (count > 0) {
      this.order.ranks(batch, ranks);
    }
  }

  /** The unit of a row: how many bounds are not after it. */
  int unit(ColumnVector[] row, int at) {
    int from = 0;
    int to = count;
    if (count == 0) {
      return 0;
    }
    long rank = order.rank(row[order.order().columns()[0]], at);
    while (from < to) {
      int middle = (from + to) >>> 1;
      int result = Long.compareUnsigned(ranks[middle], rank);
      if (result < 0 || result == 0 && order.compare(columns, middle, row, at) <= 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
