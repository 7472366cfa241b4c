package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import java.io.IOException;

/** Folds blocks with a trainer's kernel; the task's partial is its one frame. */
public record FoldStep<P extends Partial<P>>(LeafKernel<P> kernel) implements Step {
  @Override
  public Operator open(TaskScope scope, Operator next) {
    return new Ending() {
      private final P total = kernel.identity();
      private final BlockFold<P> fold = kernel.open();

      @Override
      public void batch(Batch batch) {
        scope.report.rowsOut += batch.selected();
        fold.batch(batch);
      }

      @Override
      public void endBlock() {
        fold.endBlock(total);
      }

      /** The chain has made the outbox for this step's kernel, hence for its partials. */
      @Override
      @SuppressWarnings("unchecked")
      public void endInput() throws IOException {
        ((ReduceOutbox<P>) scope.outbox).partial(total);
      }
    };
  }

  @Override
  public String describe() {
    return "fold blocks with " + kernel.getClass().getSimpleName();
  }
}
