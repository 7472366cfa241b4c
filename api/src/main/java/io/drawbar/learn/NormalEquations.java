package io.drawbar.learn;

import io.drawbar.math.Cholesky;
import io.drawbar.math.NotPositiveDefiniteException;
import io.drawbar.math.SymmetricScaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Solves {@code C x = b}: scaled to a unit diagonal, by Cholesky, refined. */
final class NormalEquations {
  /*
   * A pivot is 1 - R^2 of a column on the columns before it. Entries of the scaled matrix are right
   * to about 1e-15 (a block's sums in eight lanes; everything after them is exact), so that the
   * pivot of a column which does follow from others comes out as noise of 1e-15 to 1e-14. At 1e-10
   * a pivot still has four digits, and a column is refused when all but 1e-5 of its standard
   * deviation follows from others. Longley's smallest pivot, a classic of near collinearity, is
   * 1e-3; a polynomial of degree 8 passes.
   */
  static final double TOLERANCE = 1e-10;

  private static final int MOST_REFINEMENTS = 10;

  /**
   * Of its scaled weights, the share of the largest from which a column counts as part of a sum.
   */
  private static final double PART = 1e-4;

  private final GramMatrix matrix;
  private final int size;
  private final LinearRegression trainer;
  private final List<String> names;

  // Of the solution.
  private SymmetricScaling scaling;
  private Cholesky factor;

  /**
   * Normal equations.
   *
   * @param trainer for errors; with an intercept, the matrix is about the means
   * @param names those of the elements
   */
  NormalEquations(GramMatrix matrix, LinearRegression trainer, List<String> names) {
    this.matrix = matrix;
    this.trainer = trainer;
    this.names = names;
    size = names.size();
  }

  /**
   * The coefficients.
   *
   * @throws SingularMatrixException if the matrix has no Cholesky factor by {@link #TOLERANCE}
   */
  double[] solve() {
    checkDiagonal();
    double[] packed = matrix.features();
    scaling = SymmetricScaling.of(packed, size);
    double[] scaled = scaling.scale(packed);
    try {
      factor = Cholesky.factor(scaled, size, TOLERANCE);
    } catch (NotPositiveDefiniteException e) {
      throw dependent(scaled, e.column(), e.pivot());
    }
    return refined();
  }

  /**
   * Starts from zero and corrects by the exact residual, as long as corrections shrink to less than
   * half: what is left is the rounding of the coefficients themselves.
   */
  private double[] refined() {
    double[] x = new double[size];
    double previous = Double.POSITIVE_INFINITY;
    for (int step = 0; step <= MOST_REFINEMENTS; step++) {
      double[] scaled = factor.solve(scaling.scaleRight(matrix.residual(x)));
      double largest = 0;
      for (double value : scaled) {
        largest = Math.max(largest, Math.abs(value));
      }
      if (!(largest < previous / 2)) {
        break;
      }
      previous = largest;
      double[] correction = scaling.unscaleSolution(scaled);
      for (int i = 0; i < size; i++) {
        x[i] += correction[i];
      }
    }
    x[0] = Double.isFinite(previous) ? x[0] : Double.NaN;
    checkFinite(x, trainer);
    return x;
  }

  /** The diagonal of C^-1, of what has been solved. */
  double[] inverseDiagonal() {
    // Each root of the scaling divides its element twice: the roots' product might overflow.
    return scaling.unscaleSolution(scaling.unscaleSolution(factor.inverseDiagonal()));
  }

  /** {@code x^T C^-1 x}, of what has been solved. */
  double inverseForm(double[] x) {
    return factor.inverseForm(scaling.scaleRight(x));
  }

  /** Refuses coefficients that are no numbers. */
  static void checkFinite(double[] x, LinearRegression trainer) {
    for (double value : x) {
      if (!Double.isFinite(value)) {
        throw new UnusableValueException(
            "%s: the coefficients overflow: the label is too large for so small features;"
                    .formatted(trainer)
                + " multiply one or the other by a constant before");
      }
    }
  }

  private void checkDiagonal() {
    List<Integer> constants = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      if (matrix.at(i, i) <= 0) {
        constants.add(i);
      }
    }
    if (!constants.isEmpty()) {
      boolean isOne = constants.size() == 1;
      String what =
          trainer.intercept() == Intercept.FITTED
              ? "constant, and beside an intercept"
              : "zero in every row:";
      throw new SingularMatrixException(
          "%s: %s %s %s %s nothing; leave %s out of the vector"
              .formatted(
                  trainer,
                  named(constants),
                  isOne ? "is" : "are",
                  what,
                  isOne ? "it says" : "they say",
                  isOne ? "it" : "them"),
          constants.get(0),
          0.0);
    }
  }

  private SingularMatrixException dependent(double[] scaled, int column, double pivot) {
    String message =
        String.format(
            Locale.ROOT,
            "%s: %s follows from %s: %.1e of its variance is left"
                + " unexplained, and less than %.0e does not determine the coefficients; leave one"
                + " of them out of the vector",
            trainer,
            named(List.of(column)),
            named(sources(scaled, column)),
            Math.max(0.0, pivot),
            TOLERANCE);
    return new SingularMatrixException(message, column, pivot);
  }

  /** The elements before one from which it follows: its regression on them. */
  private List<Integer> sources(double[] scaled, int column) {
    double[] before = new double[column * column];
    double[] right = new double[column];
    int at = 0;
    for (int i = 0; i < column; i++) {
      for (int j = i; j < size; j++, at++) {
        if (j < column) {
          before[i * column + j] = scaled[at];
        } else if (j == column) {
          right[i] = scaled[at];
        }
      }
    }
    double[] weights = Cholesky.factor(before, column, 0.0).solve(right);
    double largest = 0;
    for (double weight : weights) {
      largest = Math.max(largest, Math.abs(weight));
    }
    List<Integer> sources = new ArrayList<>();
    for (int i = 0; i < column; i++) {
      if (Math.abs(weights[i]) >= largest * PART) {
        sources.add(i);
      }
    }
    return sources;
  }

  private String named(List<Integer> elements) {
    int most = Math.min(elements.size(), 10);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < most; i++) {
      String separator = i == 0 ? "" : i == elements.size() - 1 ? " and " : ", ";
      text.append(separator).append("'").append(names.get(elements.get(i))).append("'");
    }
    return text.append(most < elements.size() ? ", ..." : "").toString();
  }
}
