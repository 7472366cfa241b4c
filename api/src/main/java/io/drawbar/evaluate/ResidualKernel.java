package io.drawbar.evaluate;

import io.drawbar.column.Batch;
import io.drawbar.column.DoubleColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/** Exact sums over a label and a prediction, both DOUBLE. */
record ResidualKernel() implements LeafKernel<Residuals> {
  private static final long serialVersionUID = 1;

  @Override
  public List<String> columns() {
    return List.of("label", "prediction");
  }

  @Override
  public Residuals identity() {
    return new Residuals();
  }

  @Override
  public BlockFold<Residuals> open() {
    return new BlockFold<>() {
      private Residuals block = new Residuals();

      @Override
      public void batch(Batch batch) {
        DoubleColumn labels = (DoubleColumn) batch.column(0);
        DoubleColumn predictions = (DoubleColumn) batch.column(1);
        for (int n = 0; n < batch.selected(); n++) {
          int row = batch.row(n);
          if (labels.isNull(row) || predictions.isNull(row)) {
            block.addUnusable();
          } else {
            block.add(labels.values()[row], predictions.values()[row]);
          }
        }
      }

      @Override
      public void endBlock(Residuals into) {
        into.merge(block);
        block = new Residuals();
      }
    };
  }

  @Override
  public Residuals decode(DataInput in) throws IOException {
    return Residuals.decode(in);
  }
}
