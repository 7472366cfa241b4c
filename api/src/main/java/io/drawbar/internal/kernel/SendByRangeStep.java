package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.type.Schema;
import java.io.IOException;

/**
 * The end of a stage: sends each row to the receiver that owns its range of the sorted rows.
 *
 * @param bounds see {@link SortBounds}
 */
public record SendByRangeStep(Schema schema, RowOrder order, byte[] bounds, HashRanges ranges)
    implements Step {
  /** Sends rows to receivers whose ranges are cut at so many places. */
  public static SendByRangeStep of(Schema schema, RowOrder order, byte[] bounds, int granules) {
    return new SendByRangeStep(schema, order, bounds, new HashRanges(granules));
  }

  @Override
  public Operator open(TaskScope scope, Operator next) {
    SortBounds units = new SortBounds(schema, order, bounds);
    return new Ending() {
      private final RowOutboxes outboxes = new RowOutboxes(schema, scope);

      @Override
      public void batch(Batch batch) throws IOException {
        ColumnVector[] columns = batch.columns();
        int receivers = scope.context.receivers();
        for (int n = 0; n < batch.selected(); n++) {
          int row = batch.row(n);
          outboxes.choose(ranges.receiverOfUnit(units.unit(columns, row), receivers), row);
        }
        outboxes.take(batch);
      }

      @Override
      public void endInput() throws IOException {
        outboxes.flush();
      }
    };
  }

  @Override
  public String describe() {
    return "send by range of " + order.describe(schema);
  }
}
