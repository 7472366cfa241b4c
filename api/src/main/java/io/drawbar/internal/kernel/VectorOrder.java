package io.drawbar.internal.kernel;

import io.drawbar.column.ColumnVector;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;

/**
 * The order of vectors, element by element, and their hash: the same whether they are stored whole
 * or sparse. Equals have the same bits: -0.0 is before 0.0.
 */
final class VectorOrder {
  private VectorOrder() {}

  static int compare(ColumnVector a, int i, ColumnVector b, int j) {
    if (a instanceof VectorColumn dense && b instanceof VectorColumn other) {
      int order = 0;
      for (int e = 0; e < dense.elements().length && order == 0; e++) {
        order = Double.compare(dense.elements()[e][i], other.elements()[e][j]);
      }
      return order;
    }
    if (a instanceof SparseVectorColumn sparse && b instanceof SparseVectorColumn other) {
      return compare(sparse, i, other, j);
    }
    return a instanceof SparseVectorColumn sparse
        ? compare(sparse, i, (VectorColumn) b, j)
        : -compare((SparseVectorColumn) b, j, (VectorColumn) a, i);
  }

  private static int compare(SparseVectorColumn a, int i, SparseVectorColumn b, int j) {
    int k = a.starts()[i];
    int l = b.starts()[j];
    int order = 0;
    while (order == 0 && (k < a.ends()[i] || l < b.ends()[j])) {
      int here = k < a.ends()[i] ? a.indices()[k] : Integer.MAX_VALUE;
      int there = l < b.ends()[j] ? b.indices()[l] : Integer.MAX_VALUE;
      double first = here <= there ? a.values()[k++] : 0.0;
      double second = there <= here ? b.values()[l++] : 0.0;
      order = Double.compare(first, second);
    }
    return order;
  }

  private static int compare(SparseVectorColumn a, int i, VectorColumn b, int j) {
    int k = a.starts()[i];
    int order = 0;
    for (int e = 0; e < b.elements().length && order == 0; e++) {
      boolean isStored = k < a.ends()[i] && a.indices()[k] == e;
      order = Double.compare(isStored ? a.values()[k++] : 0.0, b.elements()[e][j]);
    }
    return order;
  }

  /** The hash of the elements that are not zero, with their positions. */
  static long hash(VectorColumn vectors, int row) {
    long hash = Hashing.ofNothing();
    for (int e = 0; e < vectors.elements().length; e++) {
      hash = add(hash, e, vectors.elements()[e][row]);
    }
    return hash;
  }

  static long hash(SparseVectorColumn vectors, int row) {
    long hash = Hashing.ofNothing();
    for (int k = vectors.starts()[row]; k < vectors.ends()[row]; k++) {
      hash = add(hash, vectors.indices()[k], vectors.values()[k]);
    }
    return hash;
  }

  private static long add(long hash, int element, double value) {
    if (value == 0) {
      return hash;
    }
    long placed = Hashing.mix(hash * Hashing.GOLDEN + element);
    return Hashing.mix(placed * Hashing.GOLDEN + Double.doubleToLongBits(value));
  }
}
