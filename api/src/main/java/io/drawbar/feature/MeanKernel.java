package io.drawbar.feature;

import io.drawbar.column.Batch;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/**
 * Exact sums of columns, without what is null or NaN.
 *
 * @param columns LONG and DOUBLE columns
 */
record MeanKernel(List<String> columns) implements LeafKernel<Means> {
  private static final long serialVersionUID = 1;

  @Override
  public Means identity() {
    return new Means(columns.size());
  }

  @Override
  public Means decode(DataInput in) throws IOException {
    return Means.decode(in, columns.size());
  }

  @Override
  public BlockFold<Means> open() {
    return new BlockFold<>() {
      private Means block = identity();

      @Override
      public void batch(Batch batch) {
        for (int c = 0; c < columns.size(); c++) {
          if (batch.column(c) instanceof LongColumn longs) {
            add(batch, c, longs);
          } else {
            add(batch, c, (DoubleColumn) batch.column(c));
          }
        }
      }

      private void add(Batch batch, int c, LongColumn column) {
        for (int n = 0; n < batch.selected(); n++) {
          int row = batch.row(n);
          if (!column.isNull(row)) {
            block.add(c, column.values()[row]);
          }
        }
      }

      private void add(Batch batch, int c, DoubleColumn column) {
        for (int n = 0; n < batch.selected(); n++) {
          int row = batch.row(n);
          double value = column.values()[row];
          if (!column.isNull(row) && value == value) {
            block.add(c, value);
          }
        }
      }

      @Override
      public void endBlock(Means into) {
        into.merge(block);
        block = identity();
      }
    };
  }
}
