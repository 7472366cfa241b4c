package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.type.Schema;
import java.io.IOException;

/** Keeps the rows with the task; what it sends at its end says which they are. */
public record HoldStep(Schema schema, HoldKernel kernel) implements Step {
  @Override
  public Operator open(TaskScope scope, Operator next) {
    HeldRows rows = new HeldRows(schema, scope.context.memoryBytes());
    scope.held = rows;
    return new Ending() {
      private final ReduceOutbox<HeldSet> outbox = scope.partialOutbox(kernel);
      private final HeldSet total = kernel.identity();

      @Override
      public void batch(Batch batch) {
        scope.report.rowsOut += batch.selected();
        rows.add(batch);
        total.data().add(batch);
      }

      @Override
      public void endBlock() throws IOException {
        rows.endBlock(scope.unit, scope.block);
      }

      @Override
      public void endInput() {
        total.blocks(rows.all());
        outbox.partial(total);
      }
    };
  }

  @Override
  public String describe() {
    return "hold " + schema;
  }
}
