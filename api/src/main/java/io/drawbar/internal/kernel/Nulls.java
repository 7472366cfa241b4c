package io.drawbar.internal.kernel;

import io.drawbar.column.ColumnVector;

/** Null flags of columns joined. */
final class Nulls {
  private Nulls() {}

  /** True where either operand is null; null if neither has any. */
  static boolean[] either(ColumnVector left, ColumnVector right) {
    boolean[] a = left.nulls();
    boolean[] b = right.nulls();
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    int rows = Math.min(left.size(), right.size());
    boolean[] either = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      either[i] = a[i] || b[i];
    }
    return either;
  }
}
