package io.drawbar.math;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The eigenvalues and eigenvectors of a symmetric matrix: {@code A = V^T diag(values) V}, where the
 * rows of V are orthogonal and of length 1.
 *
 * <p>Found by the cyclic method of Jacobi: rotations in the planes of rows p and q, for each p and
 * then each q beyond it, make one entry outside the diagonal zero after the other, again and again
 * (G. H. Golub, C. F. Van Loan, Matrix Computations, fourth edition, 2013, section 8.5; the
 * formulas that lose least are those of H. Rutishauser, "The Jacobi Method for Real Symmetric
 * Matrices", 1966). An entry is left alone once it is negligible beside its own two entries of the
 * diagonal. So even the smallest eigenvalues of a matrix that is graded, such as the covariances of
 * features in very different units, have nearly all their digits (J. Demmel, K. Veselic, "Jacobi's
 * Method is More Accurate than QR", 1992), where methods that make the matrix tridiagonal first
 * know them to a share of the largest.
 *
 * <p>Eigenvalues are sorted, the largest first, equal ones as their rows were. In each vector the
 * element of largest magnitude, the first of them if there are several, is positive. Vectors of
 * equal eigenvalues are some orthogonal basis of their space, and the same one every time.
 *
 * <p>The cost is some 6 to 10 rounds of 6 n^3 operations: 50 ms for 100 rows, a minute for 1,000.
 * Immutable.
 */
public final class SymmetricEigen {
  /** An entry beside its two of the diagonal is nothing below this. */
  private static final double NEGLIGIBLE = 0x1p-54;

  /** Convergence is quadratic; so many rounds have never been seen. */
  private static final int MOST_ROUNDS = 64;

  private final double[] values;
  private final double[][] vectors;

  private SymmetricEigen(double[] values, double[][] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  /**
   * The decomposition of a matrix, which stays as it is.
   *
   * @param matrix n (n + 1) / 2 elements, the upper triangle packed by rows, or all n * n elements
   *     by rows, of which only the upper triangle is read
   * @param n the number of rows, at least 1
   * @throws IllegalArgumentException if the length is not as said, or an element is NaN or infinite
   */
  public static SymmetricEigen of(double[] matrix, int n) {
    double[][] rows = Triangle.rows(matrix, n);
    double unit = unit(rows);
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        rows[i][j] *= unit;
        rows[j][i] = rows[i][j];
      }
    }
    double[][] vectors = new double[n][n];
    for (int i = 0; i < n; i++) {
      vectors[i][i] = 1;
    }
    for (int round = 0; round < MOST_ROUNDS && rotate(rows, vectors); round++) {
      // One more.
    }
    double[] diagonal = new double[n];
    for (int i = 0; i < n; i++) {
      diagonal[i] = rows[i][i] / unit;
    }
    return sorted(diagonal, vectors);
  }

  /** A power of two that brings the largest entry near 1, so that nothing overflows. */
  private static double unit(double[][] rows) {
    double largest = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int j = i; j < rows.length; j++) {
        double magnitude = Math.abs(rows[i][j]);
        if (!(magnitude <= Double.MAX_VALUE)) {
          throw new IllegalArgumentException(
              "entry (%s, %s) of the matrix is %s".formatted(i, j, rows[i][j]));
        }
        largest = Math.max(largest, magnitude);
      }
    }
    return largest == 0 ? 1 : Math.scalb(1.0, Math.max(-1000, -Math.getExponent(largest)));
  }

  /** One round over all pairs of rows; false if there was nothing to do. */
  private static boolean rotate(double[][] rows, double[][] vectors) {
    boolean any = false;
    for (int p = 0; p < rows.length; p++) {
      for (int q = p + 1; q < rows.length; q++) {
        double entry = Math.abs(rows[p][q]);
        if (entry == 0) {
          continue;
        }
        double scale = Math.sqrt(Math.abs(rows[p][p])) * Math.sqrt(Math.abs(rows[q][q]));
        if (entry > NEGLIGIBLE * scale) {
          rotate(rows, vectors, p, q);
          any = true;
        }
      }
    }
    return any;
  }

  private static void rotate(double[][] rows, double[][] vectors, int p, int q) {
    double[] first = rows[p];
    double[] second = rows[q];
    double entry = first[q];
    double tangent = tangent((second[q] - first[p]) / (2 * entry));
    double cosine = 1 / Math.sqrt(tangent * tangent + 1);
    double sine = tangent * cosine;
    double half = sine / (1 + cosine);
    double diagonalP = first[p] - tangent * entry;
    double diagonalQ = second[q] + tangent * entry;
    rotate(first, second, sine, half);
    rotate(vectors[p], vectors[q], sine, half);
    first[p] = diagonalP;
    second[q] = diagonalQ;
    first[q] = 0;
    second[p] = 0;
    for (int k = 0; k < rows.length; k++) {
      rows[k][p] = first[k];
      rows[k][q] = second[k];
    }
  }

  /** The smaller root of {@code t^2 + 2 t cotangent = 1}. */
  private static double tangent(double cotangent) {
    double magnitude = Math.abs(cotangent);
    // Beyond that the square has nothing to add, and might overflow.
    double root = magnitude > 0x1p60 ? magnitude : Math.sqrt(magnitude * magnitude + 1);
    return Math.copySign(1 / (magnitude + root), cotangent);
  }

  private static void rotate(double[] first, double[] second, double sine, double half) {
    for (int k = 0; k < first.length; k++) {
      double a = first[k];
      double b = second[k];
      first[k] = a - sine * (b + half * a);
      second[k] = b + sine * (a - half * b);
    }
  }

  private static SymmetricEigen sorted(double[] diagonal, double[][] vectors) {
    int n = diagonal.length;
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -diagonal[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] values = new double[n];
    double[][] inOrder = new double[n][];
    for (int i = 0; i < n; i++) {
      values[i] = diagonal[order[i]] + 0.0;
      inOrder[i] = vectors[order[i]];
      fixSign(inOrder[i]);
    }
    return new SymmetricEigen(values, inOrder);
  }

  private static void fixSign(double[] vector) {
    int largest = 0;
    for (int k = 1; k < vector.length; k++) {
      if (Math.abs(vector[k]) > Math.abs(vector[largest])) {
        largest = k;
      }
    }
    double sign = vector[largest] < 0 ? -1 : 1;
    for (int k = 0; k < vector.length; k++) {
      // No negative zeros.
      vector[k] = vector[k] * sign + 0.0;
    }
  }

  /** The number of rows, n. */
  public int size() {
    return values.length;
  }

  /** The i-th eigenvalue, from 0, the largest first. */
  public double value(int i) {
    return values[i];
  }

  /** The eigenvector of the i-th eigenvalue, as a new array. */
  public double[] vector(int i) {
    return Arrays.copyOf(vectors[i], vectors[i].length);
  }
}
