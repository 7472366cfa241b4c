package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchBuilder;
import io.drawbar.type.Schema;
import java.io.IOException;

/**
 * The end of a stage: sends the first rows by an order, of those the task sees, to one receiver.
 */
public record TopStep(Schema schema, RowOrder order, int most) implements Step {
  private static final int AT_ONCE = 1 << 12;

  @Override
  public Operator open(TaskScope scope, Operator next) {
    return new Ending() {
      private final RowOutboxes outboxes = new RowOutboxes(schema, scope);
      private final SortedRows rows = new SortedRows(scope, schema, new ColumnRank(order), most);

      @Override
      public void batch(Batch batch) throws IOException {
        rows.add(batch, batch.heapBytes());
      }

      @Override
      public void endInput() throws IOException {
        if (rows.areInMemory()) {
          int[] first = rows.sorted();
          send(rows.buffer().batch(first, first.length));
        } else {
          RunMerge merge = rows.merge();
          BatchBuilder some = new BatchBuilder(schema);
          while (merge.next()) {
            some.append(merge.batch(), merge.row());
            if (some.rows() == AT_ONCE) {
              send(some.build());
            }
          }
          send(some.build());
        }
        outboxes.flush();
      }

      private void send(Batch sorted) throws IOException {
        for (int row = 0; row < sorted.rows(); row++) {
          outboxes.choose(0, row);
        }
        outboxes.take(sorted);
      }
    };
  }

  @Override
  public String describe() {
    return "the first %s rows of each task by %s".formatted(most, order.describe(schema));
  }
}
