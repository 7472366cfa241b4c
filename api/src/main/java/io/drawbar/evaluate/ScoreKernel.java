package io.drawbar.evaluate;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/** Gathers groups: a score, its rows, and how many of them have label 1 and 0. */
record ScoreKernel() implements LeafKernel<ScoreCounts> {
  private static final long serialVersionUID = 1;

  @Override
  public List<String> columns() {
    return List.of("score", "rows", "positives", "negatives");
  }

  @Override
  public ScoreCounts identity() {
    return new ScoreCounts();
  }

  @Override
  public BlockFold<ScoreCounts> open() {
    return new BlockFold<>() {
      private ScoreCounts block = new ScoreCounts();

      @Override
      public void batch(Batch batch) {
        DoubleColumn scores = (DoubleColumn) batch.column(0);
        LongColumn rows = (LongColumn) batch.column(1);
        for (int n = 0; n < batch.selected(); n++) {
          int row = batch.row(n);
          long positives = sum(batch.column(2), row);
          long negatives = sum(batch.column(3), row);
          long others = rows.values()[row] - positives - negatives;
          if (scores.isNull(row) || Double.isNaN(scores.values()[row]) || others > 0) {
            block.addUnusable(Math.max(1, others));
          } else {
            block.add(scores.values()[row], positives, negatives);
          }
        }
      }

      /** A sum of nothing but nulls is null. */
      private static long sum(ColumnVector column, int row) {
        return column.isNull(row) ? 0 : ((LongColumn) column).values()[row];
      }

      @Override
      public void endBlock(ScoreCounts into) {
        into.merge(block);
        block = new ScoreCounts();
      }
    };
  }

  @Override
  public ScoreCounts decode(DataInput in) throws IOException {
    return ScoreCounts.decode(in);
  }
}
