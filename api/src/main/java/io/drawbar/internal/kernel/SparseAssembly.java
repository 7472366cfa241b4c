package io.drawbar.internal.kernel;

import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.expr.EvaluationException;
import java.util.Arrays;

/** Joins columns, at least one of which holds sparse vectors, into a column of sparse vectors. */
final class SparseAssembly {
  private final ColumnVector[] parts;
  private int[] indices = new int[64];
  private double[] values = new double[64];
  private int stored;

  SparseAssembly(ColumnVector[] parts) {
    this.parts = parts;
  }

  SparseVectorColumn column(int rows, boolean[] nulls) {
    int[] starts = new int[rows];
    int[] ends = new int[rows];
    int dimension = 0;
    for (ColumnVector part : parts) {
      dimension = Math.addExact(dimension, width(part));
    }
    for (int row = 0; row < rows; row++) {
      starts[row] = stored;
      if (nulls == null || !nulls[row]) {
        int first = 0;
        for (ColumnVector part : parts) {
          add(part, row, first);
          first += width(part);
        }
      }
      ends[row] = stored;
    }
    return new SparseVectorColumn(rows, dimension, starts, ends, indices, values, nulls);
  }

  private static int width(ColumnVector part) {
    if (part instanceof SparseVectorColumn sparse) {
      return sparse.dimension();
    }
    return part instanceof VectorColumn dense ? dense.elements().length : 1;
  }

  private void add(ColumnVector part, int row, int first) {
    if (part instanceof SparseVectorColumn sparse) {
      for (int k = sparse.starts()[row]; k < sparse.ends()[row]; k++) {
        store(first + sparse.indices()[k], sparse.values()[k]);
      }
    } else if (part instanceof VectorColumn dense) {
      for (int j = 0; j < dense.elements().length; j++) {
        storeUnlessZero(first + j, dense.elements()[j][row]);
      }
    } else {
      storeUnlessZero(first, ((DoubleColumn) part).values()[row]);
    }
  }

  /** A value that is not stored is 0.0; -0.0 is another. */
  private void storeUnlessZero(int index, double value) {
    if (Double.doubleToRawLongBits(value) != 0) {
      store(index, value);
    }
  }

  private void store(int index, double value) {
    if (stored == indices.length) {
      if (stored > (Integer.MAX_VALUE - 64) / 2) {
        throw new EvaluationException(
            "the vectors of one block have more than 2^30 elements that are not zero;"
                + " use a smaller drawbar.block.rows");
      }
      indices = Arrays.copyOf(indices, 2 * stored);
      values = Arrays.copyOf(values, 2 * stored);
    }
    indices[stored] = index;
    values[stored++] = value;
  }
}
