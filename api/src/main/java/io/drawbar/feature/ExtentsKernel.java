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
 * The range of each element of a vector column.
 *
 * @param column the vector column
 * @param elements how many elements it has
 */
record ExtentsKernel(String column, int elements) implements LeafKernel<Extents> {
  private static final long serialVersionUID = 1;

  @Override
  public List<String> columns() {
    return List.of(column);
  }

  @Override
  public Extents identity() {
    return new Extents(elements);
  }

  @Override
  public BlockFold<Extents> open() {
    return new Fold(elements);
  }

  @Override
  public Extents decode(DataInput in) throws IOException {
    return Extents.decode(in, elements);
  }

  private static final class Fold implements BlockFold<Extents> {
    private Extents block;

    /** In how many rows of a sparse batch an element is stored. */
    private final int[] stored;

    Fold(int elements) {
      block = new Extents(elements);
      stored = new int[elements];
    }

    @Override
    public void batch(Batch batch) {
      ColumnVector column = batch.column(0);
      int rows = 0;
      for (int n = 0; n < batch.selected(); n++) {
        if (column.isNull(batch.row(n))) {
          block.addNull();
        } else {
          rows++;
        }
      }
      block.addRows(rows);
      if (column instanceof SparseVectorColumn sparse) {
        addSparse(batch, sparse, rows);
      } else {
        addDense(batch, (VectorColumn) column);
      }
    }

    private void addDense(Batch batch, VectorColumn column) {
      for (int j = 0; j < stored.length; j++) {
        double[] values = column.elements()[j];
        for (int n = 0; n < batch.selected(); n++) {
          int row = batch.row(n);
          if (!column.isNull(row)) {
            block.add(j, values[row]);
          }
        }
      }
    }

    private void addSparse(Batch batch, SparseVectorColumn column, int rows) {
      Arrays.fill(stored, 0);
      for (int n = 0; n < batch.selected(); n++) {
        int row = batch.row(n);
        for (int k = column.starts()[row]; !column.isNull(row) && k < column.ends()[row]; k++) {
          stored[column.indices()[k]]++;
          block.add(column.indices()[k], column.values()[k]);
        }
      }
      for (int j = 0; j < stored.length; j++) {
        if (stored[j] < rows) {
          block.add(j, 0.0);
        }
      }
    }

    @Override
    public void endBlock(Extents into) {
      into.merge(block);
      block = new Extents(stored.length);
    }
  }
}
