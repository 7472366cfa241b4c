package io.drawbar.column;

/**
 * The order of vectors, element by element: the same whether they are stored whole or sparse.
 * Equals have the same bits but for NaNs, which are one: -0.0 is before 0.0.
 */
public final class VectorOrder {
  private VectorOrder() {}

  /** Compares a vector of a column with one of another of the same type; neither is null. */
  public static int compare(ColumnVector a, int i, ColumnVector b, int j) {
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
}
