package io.drawbar.feature;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import java.io.DataInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Exact sums and sums of squares of the elements of a vector column.
 *
 * @param column the vector column
 * @param elements how many elements it has
 */
record SpreadKernel(String column, int elements) implements LeafKernel<Spread> {
  private static final long serialVersionUID = 1;

  @Override
  public List<String> columns() {
    return List.of(column);
  }

  @Override
  public Spread identity() {
    return new Spread(elements);
  }

  @Override
  public BlockFold<Spread> open() {
    return new BlockFold<>() {
      private Spread block = new Spread(elements);
      private final double[] row = new double[elements];
      private boolean any;

      @Override
      public void batch(Batch batch) {
        ColumnVector vectors = batch.column(0);
        for (int n = 0; n < batch.selected(); n++) {
          int i = batch.row(n);
          any = true;
          if (vectors.isNull(i)) {
            block.addNull();
            continue;
          }
          lay(vectors, i);
          block.add(row);
        }
      }

      private void lay(ColumnVector vectors, int i) {
        if (vectors instanceof SparseVectorColumn sparse) {
          Arrays.fill(row, 0.0);
          for (int k = sparse.starts()[i]; k < sparse.ends()[i]; k++) {
            row[sparse.indices()[k]] = sparse.values()[k];
          }
          return;
        }
        double[][] columns = ((VectorColumn) vectors).elements();
        for (int j = 0; j < row.length; j++) {
          row[j] = columns[j][i];
        }
      }

      @Override
      public void endBlock(Spread into) {
        if (any) {
          into.merge(block);
          block = new Spread(elements);
          any = false;
        }
      }
    };
  }

  @Override
  public Spread decode(DataInput in) throws IOException {
    return Spread.decode(in, elements);
  }
}
