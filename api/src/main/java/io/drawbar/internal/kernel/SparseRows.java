package io.drawbar.internal.kernel;

import io.drawbar.column.SparseVectorColumn;
import io.drawbar.expr.EvaluationException;
import java.util.Arrays;

/** Collects a column of sparse vectors, an element after the other. */
final class SparseRows {
  private final int[] starts;
  private final int[] ends;
  private int[] indices = new int[64];
  private double[] values = new double[64];
  private int stored;

  SparseRows(int rows) {
    starts = new int[rows];
    ends = new int[rows];
  }

  void begin(int row) {
    starts[row] = stored;
  }

  void end(int row) {
    ends[row] = stored;
  }

  /** A value that is not stored is 0.0; -0.0 is another. */
  void addUnlessZero(int index, double value) {
    if (Double.doubleToRawLongBits(value) != 0) {
      add(index, value);
    }
  }

  void add(int index, double value) {
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

  SparseVectorColumn column(int dimension, boolean[] nulls) {
    return new SparseVectorColumn(starts.length, dimension, starts, ends, indices, values, nulls);
  }
}
