package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.type.Schema;
import java.io.IOException;

/**
 * The start of a stage: gives the rows that come in order.
 *
 * @param bounds see {@link SortBounds}
 * @param blockRows the rows of a block
 * @param most how many rows it gives at most; the first ones
 */
public record SortStep(Schema schema, RowOrder order, byte[] bounds, int blockRows, int most)
    implements Step {
  @Override
  public Operator open(TaskScope scope, Operator next) {
    return new Receiving(scope, next) {
      private final SortedRows rows = new SortedRows(scope, schema, new ColumnRank(order), most);

      @Override
      public void batch(Batch batch) throws IOException {
        rows.add(batch, scope.frameBytes);
      }

      @Override
      public void endInput() throws IOException {
        Units units = new Units(scope, next);
        SortBounds ranges = new SortBounds(schema, order, bounds);
        if (rows.areInMemory()) {
          RowBuffer buffer = rows.buffer();
          ColumnVector[] columns = buffer.columns();
          units.blocks(rows.sorted(), blockRows, row -> ranges.unit(columns, row), buffer::batch);
        } else {
          RunMerge merge = rows.merge();
          units.blocks(merge, schema, blockRows, () -> ranges.unit(merge.columns(), merge.row()));
        }
        units.end();
      }
    };
  }

  @Override
  public String describe() {
    return (most < Integer.MAX_VALUE ? "the first " + most + " rows of " : "")
        + "sort by "
        + order.describe(schema);
  }
}
