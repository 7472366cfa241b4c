package io.drawbar.learn;

import io.drawbar.column.Batch;
import io.drawbar.iterate.BlockFold;

/** Folds blocks into {@link InformationSums}. */
final class InformationFold implements BlockFold<InformationSums> {
  private final InformationPairs pairs;
  private final double[] finished;
  private final int[] rows = new int[InformationPairs.MOST];

  InformationFold(InformationKernel kernel) {
    // Of more than two classes, the first is what the others are compared with.
    int first = kernel.classes() == 2 ? 0 : 1;
    pairs =
        new InformationPairs(
            kernel.coordinates(), kernel.classes(), first, kernel.varying(), kernel.place());
    finished = new double[kernel.size()];
  }

  @Override
  public void batch(Batch batch) {
    for (int from = 0; from < batch.selected(); from += rows.length) {
      int count = Math.min(rows.length, batch.selected() - from);
      for (int i = 0; i < count; i++) {
        rows[i] = batch.row(from + i);
      }
      pairs.add(batch, rows, count);
    }
  }

  @Override
  public void endBlock(InformationSums into) {
    pairs.finish(finished);
    into.sums().add(finished);
  }
}
