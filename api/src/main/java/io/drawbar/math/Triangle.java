package io.drawbar.math;

/** The two forms of a symmetric matrix: its upper triangle packed by rows, or all of it. */
final class Triangle {

  private Triangle() {}

  /** Whether the length is that of the packed form; refuses a length that is neither. */
  static boolean isPacked(double[] matrix, int n) {
    if (n < 1) {
      throw new IllegalArgumentException("rows is " + n);
    }
    if (matrix.length == (long) n * (n + 1) / 2) {
      return true;
    }
    if (matrix.length == (long) n * n) {
      return false;
    }
    throw new IllegalArgumentException(
        matrix.length + " elements for a matrix of " + n + " rows: neither packed nor full");
  }

  /** The upper triangle as rows of full length, zero below the diagonal. */
  static double[][] rows(double[] matrix, int n) {
    boolean packed = isPacked(matrix, n);
    double[][] rows = new double[n][n];
    int at = 0;
    for (int i = 0; i < n; i++) {
      at += packed ? 0 : i;
      System.arraycopy(matrix, at, rows[i], i, n - i);
      at += n - i;
    }
    return rows;
  }
}
