package io.drawbar.learn;

import io.drawbar.math.Cholesky;
import io.drawbar.math.NotPositiveDefiniteException;
import io.drawbar.math.SymmetricScaling;

/**
 * What is known of the second derivatives of an objective before any step was taken, B: a matrix
 * that a {@link QuasiNewton} step divides slopes by, and that steps then correct.
 */
sealed interface Curvature {
  /** Of matrices with more rows, a look at some rows takes longer than one at all slopes. */
  int MOST = 256;

  /** With less than this share of what it should find, a sample says nothing of a coordinate. */
  double LEAST = 1.0 / 16;

  /** The numbers in the upper triangle of a matrix with so many rows, none above {@link #MOST}. */
  static int packedLength(int size) {
    if (size > MOST) {
      throw new IllegalArgumentException(size + " rows, more than " + MOST);
    }
    return size * (size + 1) / 2;
  }

  /**
   * What the curvature of a sample has to be multiplied by, so that each coordinate's own, beside
   * its intercept, is that of all rows at the beginning, where both are known: of the rows with a
   * rare feature the sample has more than its share, or less, or none.
   *
   * @param packed that of the sample, the upper triangle by rows
   * @param diagonal that of all rows
   * @return one factor a coordinate, for its row and its column; 0 where the sample has too little
   */
  static double[] corrections(double[] packed, double[] diagonal, Coordinates coordinates) {
    int size = diagonal.length;
    boolean isFitted = coordinates.intercept() == Intercept.FITTED;
    double[] corrections = new double[size];
    for (int i = 0; i < size; i++) {
      int intercept = i - i % coordinates.stride() + coordinates.elements();
      double own = packed[at(i, i, size)];
      if (isFitted && i != intercept) {
        double shared = packed[at(i, intercept, size)];
        own -= shared / packed[at(intercept, intercept, size)] * shared;
      }
      corrections[i] = own > LEAST * diagonal[i] ? Math.sqrt(diagonal[i] / own) : 0;
    }
    return corrections;
  }

  /** Where an element of the upper triangle is. */
  static int at(int row, int column, int size) {
    return row * size - row * (row - 1) / 2 + column - row;
  }

  /** How many coordinates there are. */
  int size();

  /** An element of the diagonal. */
  double at(int i);

  /** B times a vector, as a new array. */
  double[] times(double[] vector);

  /** Adds a multiple of a column of B. */
  void addColumn(int i, double factor, double[] into);

  /** The solution x of B x = slopes; zero along what has neither slope nor curvature. */
  double[] solve(double[] slopes);

  /**
   * The coordinates by themselves.
   *
   * @param elements at least 0; nothing is known of a coordinate with 0, which stays
   */
  record Diagonal(double[] elements) implements Curvature {
    @Override
    public int size() {
      return elements.length;
    }

    @Override
    public double at(int i) {
      return elements[i];
    }

    @Override
    public double[] times(double[] vector) {
      double[] product = new double[elements.length];
      for (int i = 0; i < product.length; i++) {
        product[i] = elements[i] * vector[i];
      }
      return product;
    }

    @Override
    public void addColumn(int i, double factor, double[] into) {
      into[i] += elements[i] * factor;
    }

    @Override
    public double[] solve(double[] slopes) {
      double[] solution = new double[elements.length];
      for (int i = 0; i < solution.length; i++) {
        solution[i] = elements[i] > 0 ? slopes[i] / elements[i] : 0;
      }
      return solution;
    }
  }

  /** A whole matrix, made positive definite. */
  final class Full implements Curvature {
    /** What is added to a diagonal of ones, and how much more when that is not enough. */
    private static final double RIDGE = 1e-8;

    private static final double MORE = 100;

    private final double[][] rows;
    private final SymmetricScaling scaling;
    private final Cholesky factor;

    /**
     * Prepares B.
     *
     * @param packed the upper triangle by rows, finite; coordinates with 0 on the diagonal get 1
     */
    Full(double[] packed, int size) {
      double[] matrix = packed.clone();
      double[] ones = new double[matrix.length];
      for (int i = 0, at = 0; i < size; at += size - i, i++) {
        matrix[at] = matrix[at] > 0 ? matrix[at] : 1;
        ones[at] = 1;
      }
      scaling = SymmetricScaling.of(matrix, size);
      double[] scaled = scaling.scale(matrix);
      Cholesky found = null;
      for (double ridge = RIDGE; found == null; ridge *= MORE) {
        for (int i = 0; i < scaled.length; i++) {
          scaled[i] += ridge * ones[i];
        }
        found = factorOrNull(scaled, size);
      }
      factor = found;
      double[] whole = scaling.unscale(scaled);
      rows = new double[size][size];
      for (int i = 0, at = 0; i < size; i++) {
        for (int j = i; j < size; j++, at++) {
          rows[i][j] = whole[at];
          rows[j][i] = whole[at];
        }
      }
    }

    /** Elements are between -1 and 1, so that a ridge of some size does. */
    private static Cholesky factorOrNull(double[] scaled, int size) {
      try {
        return Cholesky.factor(scaled, size, 0);
      } catch (NotPositiveDefiniteException e) {
        return null;
      }
    }

    @Override
    public int size() {
      return rows.length;
    }

    @Override
    public double at(int i) {
      return rows[i][i];
    }

    @Override
    public double[] times(double[] vector) {
      double[] product = new double[rows.length];
      for (int i = 0; i < product.length; i++) {
        addColumn(i, vector[i], product);
      }
      return product;
    }

    @Override
    public void addColumn(int i, double factor, double[] into) {
      double[] row = rows[i];
      for (int j = 0; j < row.length; j++) {
        into[j] += row[j] * factor;
      }
    }

    /**
     * With one round of refinement (N. J. Higham, "Accuracy and Stability of Numerical Algorithms",
     * 2002, chapter 12), since rounding grows by what the ridge is divided by: without it,
     * coordinates that say the same would not move alike.
     */
    @Override
    public double[] solve(double[] slopes) {
      double[] solution = solveOnce(slopes);
      double[] rest = new double[slopes.length];
      for (int i = 0; i < rest.length; i++) {
        DoubledSum sum = new DoubledSum().add(slopes[i]);
        for (int j = 0; j < rest.length; j++) {
          sum.addProduct(-rows[i][j], solution[j]);
        }
        rest[i] = sum.high();
      }
      double[] correction = solveOnce(rest);
      for (int i = 0; i < solution.length; i++) {
        solution[i] += correction[i];
      }
      return solution;
    }

    private double[] solveOnce(double[] slopes) {
      return scaling.unscaleSolution(factor.solve(scaling.scaleRight(slopes)));
    }
  }
}
