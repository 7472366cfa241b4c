package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.BlockMemory;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;

/** Folds blocks with a trainer's kernel; the task's partial is its one frame. */
public record FoldStep<P extends Partial<P>>(LeafKernel<P> kernel) implements Step {
  @Override
  public Operator open(TaskScope scope, Operator next) {
    return new Ending() {
      private final ReduceOutbox<P> outbox = scope.partialOutbox(kernel);
      private final P total = kernel.identity();
      private final BlockFold<P> fold = kernel.open();
      private long rowsOfBlock;

      @Override
      public void batch(Batch batch) {
        scope.report.rowsOut += batch.selected();
        if (rowsOfBlock == 0 && batch.selected() > 0) {
          fold.beginBlock(BlockMemory.NONE);
        }
        rowsOfBlock += batch.selected();
        fold.batch(batch);
      }

      @Override
      public void endBlock() {
        // Rows that are kept have no blocks without rows, and must fold to the same.
        if (rowsOfBlock > 0) {
          fold.endBlock(total);
          rowsOfBlock = 0;
        }
      }

      @Override
      public void endInput() {
        outbox.partial(total);
      }
    };
  }

  @Override
  public String describe() {
    return "fold blocks with " + kernel.getClass().getSimpleName();
  }
}
