package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.type.Schema;
import java.io.IOException;

/**
 * The end of a stage: sends the first rows by an order, of those the task sees, to one receiver.
 */
public record TopStep(Schema schema, RowOrder order, int most) implements Step {
  @Override
  public Operator open(TaskScope scope, Operator next) {
    return new Ending() {
      private final RowOutboxes outboxes = new RowOutboxes(schema, scope);
      private final TopRows rows = new TopRows(schema, order, most, scope.memory);

      @Override
      public void batch(Batch batch) {
        rows.add(batch);
      }

      @Override
      public void endInput() throws IOException {
        int[] first = rows.sorted();
        Batch sorted = rows.buffer().batch(first, first.length);
        for (int row = 0; row < first.length; row++) {
          outboxes.choose(0, row);
        }
        outboxes.take(sorted);
        outboxes.flush();
      }
    };
  }

  @Override
  public String describe() {
    return "the first %s rows of each task by %s".formatted(most, order.describe(schema));
  }
}
