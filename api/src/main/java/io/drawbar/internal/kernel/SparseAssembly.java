package io.drawbar.internal.kernel;

import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;

/** Joins columns, at least one of which holds sparse vectors, into a column of sparse vectors. */
final class SparseAssembly {
  private final ColumnVector[] parts;

  SparseAssembly(ColumnVector[] parts) {
    this.parts = parts;
  }

  SparseVectorColumn column(int rows, boolean[] nulls) {
    SparseRows joined = new SparseRows(rows);
    int dimension = 0;
    for (ColumnVector part : parts) {
      dimension = Math.addExact(dimension, width(part));
    }
    for (int row = 0; row < rows; row++) {
      joined.begin(row);
      if (nulls == null || !nulls[row]) {
        int first = 0;
        for (ColumnVector part : parts) {
          add(part, row, first, joined);
          first += width(part);
        }
      }
      joined.end(row);
    }
    return joined.column(dimension, nulls);
  }

  private static int width(ColumnVector part) {
    if (part instanceof SparseVectorColumn sparse) {
      return sparse.dimension();
    }
    return part instanceof VectorColumn dense ? dense.elements().length : 1;
  }

  private static void add(ColumnVector part, int row, int first, SparseRows joined) {
    if (part instanceof SparseVectorColumn sparse) {
      for (int k = sparse.starts()[row]; k < sparse.ends()[row]; k++) {
        joined.add(first + sparse.indices()[k], sparse.values()[k]);
      }
    } else if (part instanceof VectorColumn dense) {
      for (int j = 0; j < dense.elements().length; j++) {
        joined.addUnlessZero(first + j, dense.elements()[j][row]);
      }
    } else {
      joined.addUnlessZero(first, ((DoubleColumn) part).values()[row]);
    }
  }
}
