package io.drawbar.learn;

/**
 * A Gram matrix of features and label in units in which the square of each column is one: B_ij =
 * C_ij / (r_i r_j), where r_j is the root of C_jj. What is constant stays zero.
 */
final class Correlations {
  private final GramMatrix matrix;
  private final int size;
  private final double[] roots;
  private final double labelRoot;
  private final double[] withLabel;

  /** Rows that were asked for: a model of few features asks for few. */
  private final double[][] rows;

  Correlations(GramMatrix matrix, int elements) {
    this.matrix = matrix;
    size = elements;
    roots = new double[size];
    for (int j = 0; j < size; j++) {
      roots[j] = Math.sqrt(matrix.at(j, j));
    }
    labelRoot = Math.sqrt(matrix.at(size, size));
    rows = new double[size][];
    withLabel = new double[size];
    for (int j = 0; j < size; j++) {
      withLabel[j] = labelRoot == 0 ? 0 : scaled(matrix.at(j, size), roots[j]) / labelRoot;
    }
  }

  private static double scaled(double value, double root) {
    return root == 0 ? 0 : value / root;
  }

  /** The number of features. */
  int size() {
    return size;
  }

  /** The root of a feature's sum of squares; zero if it says nothing. */
  double root(int feature) {
    return roots[feature];
  }

  /** The same of the label. */
  double labelRoot() {
    return labelRoot;
  }

  /** Of a feature with all features. */
  double[] row(int feature) {
    if (rows[feature] == null) {
      double[] row = new double[size];
      for (int j = 0; j < size; j++) {
        // By the lower index first: the same bits on both sides of the diagonal.
        int first = Math.min(feature, j);
        int second = Math.max(feature, j);
        row[j] = scaled(scaled(matrix.at(first, second), roots[first]), roots[second]);
      }
      row[feature] = roots[feature] == 0 ? 0 : 1;
      rows[feature] = row;
    }
    return rows[feature];
  }

  /** Of all features with what a model leaves unexplained: {@code q - B z}. */
  double[] slopes(double[] place) {
    double[] slopes = withLabel.clone();
    for (int k = 0; k < size; k++) {
      if (place[k] != 0) {
        subtract(slopes, row(k), place[k], size);
      }
    }
    return slopes;
  }

  /** A penalty in the units of coordinates, {@code z_j = b_j r_j / r_y}; without end for zeros. */
  Penalty scaled(Penalty penalty) {
    double[] magnitudes = new double[size];
    double[] squares = new double[size];
    for (int j = 0; j < size; j++) {
      boolean isZero = roots[j] == 0;
      magnitudes[j] = isZero ? Double.POSITIVE_INFINITY : penalty.l1()[j] / roots[j] / labelRoot;
      squares[j] = isZero ? 0 : penalty.l2()[j] / roots[j] / roots[j];
    }
    return new Penalty(magnitudes, squares);
  }

  /** Takes a multiple of a row from another. */
  static void subtract(double[] from, double[] row, double factor, int length) {
    for (int j = 0; j < length; j++) {
      from[j] -= factor * row[j];
    }
  }
}
