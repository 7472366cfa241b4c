package io.drawbar.feature;

import io.drawbar.column.Batch;
import io.drawbar.column.LongColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/** The range of a LONG column. */
record IndexKernel(String column) implements LeafKernel<IndexRange> {
  private static final long serialVersionUID = 1;

  @Override
  public List<String> columns() {
    return List.of(column);
  }

  @Override
  public IndexRange identity() {
    return new IndexRange();
  }

  @Override
  public BlockFold<IndexRange> open() {
    return new BlockFold<>() {
      private IndexRange block = new IndexRange();

      @Override
      public void batch(Batch batch) {
        LongColumn indices = (LongColumn) batch.column(0);
        for (int n = 0; n < batch.selected(); n++) {
          int row = batch.row(n);
          if (indices.isNull(row)) {
            block.addNull();
          } else {
            block.add(indices.values()[row]);
          }
        }
      }

      @Override
      public void endBlock(IndexRange into) {
        into.merge(block);
        block = new IndexRange();
      }
    };
  }

  @Override
  public IndexRange decode(DataInput in) throws IOException {
    return IndexRange.decode(in);
  }
}
