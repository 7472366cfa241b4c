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
      private final TopRows rows = new TopRows(schema, order, most, scope.memory);

      @Override
      public void batch(Batch batch) {
        rows.add(batch);
      }

      @Override
      public void endInput() throws IOException {
        Units units = new Units(scope, next);
        SortBounds ranges = new SortBounds(schema, order, bounds);
        int[] sorted = rows.sorted();
        ColumnVector[] columns = rows.buffer().columns();
        int[] block = new int[Math.min(blockRows, sorted.length)];
        int unit = -1;
        int count = 0;
        for (int row : sorted) {
          int of = ranges.unit(columns, row);
          if (count == block.length || of != unit && count > 0) {
            units.block(unit, rows.buffer().batch(block, count));
            count = 0;
          }
          unit = of;
          block[count++] = row;
        }
        if (count > 0) {
          units.block(unit, rows.buffer().batch(block, count));
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
