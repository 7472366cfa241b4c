package io.drawbar.internal.kernel;

import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;

/** The hash of vectors: the same whether they are stored whole or sparse. */
final class VectorHash {
  private VectorHash() {}

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
