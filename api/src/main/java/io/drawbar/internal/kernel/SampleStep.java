package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.LongColumn;
import io.drawbar.expr.SampleSide;
import java.io.IOException;

/**
 * Keeps the rows whose ids hash into a share of all, or beyond it. The hash is of (seed, id): the
 * same rows wherever they are read.
 *
 * @param column the ids
 * @param side which of the two is kept
 */
public record SampleStep(int column, double share, long seed, SampleSide side) implements Step {
  @Override
  public Operator open(TaskScope scope, Operator next) {
    long start = DrawStep.start(seed);
    boolean within = side == SampleSide.WITHIN;
    return new Forwarding(next) {
      @Override
      public void batch(Batch batch) throws IOException {
        long[] ids = ((LongColumn) batch.column(column)).values();
        int[] selection = new int[batch.selected()];
        int kept = 0;
        for (int n = 0; n < batch.selected(); n++) {
          int row = batch.row(n);
          if (DrawStep.draw(start, ids[row]) < share == within) {
            selection[kept++] = row;
          }
        }
        next.batch(batch.select(selection, kept));
      }
    };
  }

  @Override
  public String describe() {
    return (side == SampleSide.WITHIN ? "a share of " : "all but a share of ") + share;
  }
}
