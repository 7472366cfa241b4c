package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.type.Schema;
import java.io.IOException;

/**
 * Keeps the rows with the task; what it sends at its end says which they are.
 *
 * @param isKnown whether the fingerprint of the rows is known, and not found out again
 */
public record HoldStep(Schema schema, boolean isKnown) implements Step {
  /** What is held stays while other tasks work, and leaves them as much. */
  private static final int SHARE = 2;

  @Override
  public Operator open(TaskScope scope, Operator next) {
    HeldRows rows = new HeldRows(schema, scope.memory.most() / SHARE, scope.spillFolder());
    scope.held = rows;
    return new Ending() {
      private final HeldSet.Form form = new HeldSet.Form();
      private final ReduceOutbox<HeldSet> outbox = scope.partialOutbox(form);
      private final HeldSet total = form.identity();

      @Override
      public void batch(Batch batch) {
        scope.report.rowsOut += batch.selected();
        rows.add(batch);
        if (!isKnown) {
          total.data().add(batch);
        }
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
