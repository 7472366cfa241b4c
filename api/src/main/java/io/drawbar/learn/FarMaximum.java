package io.drawbar.learn;

import io.drawbar.HeldDataset;
import io.drawbar.math.Cholesky;
import io.drawbar.math.NotPositiveDefiniteException;
import io.drawbar.math.SymmetricScaling;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether a likelihood still grows, in some direction, where a descent has ended, as it does
 * without end where some rows of a class can be told from all others (quasi-complete separation: A.
 * Albert, J. A. Anderson, "On the Existence of Maximum Likelihood Estimates in Logistic Regression
 * Models", 1984).
 *
 * <p>Slopes are small there, too, and so are curvatures. What tells is Newton's step, the quotient
 * of both. At a maximum it moves no row, and after it the next one moves rows by the square of
 * that. In such a direction the likelihood goes like {@code -c e^-t}, and each step is one of about
 * 1 in t, for ever: by that much the leads of the rows grow that can be told (E. Lesaffre, A.
 * Albert, "Partial Separation in Logistic Discrimination", 1989, watch this in the steps of a fit).
 * So this takes three steps, as long as the lead of some row grows by a half or more.
 *
 * <p>It is a symptom and no proof. A maximum with fitted probabilities far below the tolerance
 * looks the same until steps come there; and a direction is not seen that is flatter than rounding.
 * That no rows are on the wrong side at all would be a proof, but which margins are exactly zero,
 * as those of all other rows are in that direction, doubles do not tell; a linear program would, at
 * a price out of proportion.
 */
final class FarMaximum {
  /** By how much the lead of a row grows, in logarithms of odds, that can be told. */
  private static final double LEAD = 0.5;

  private static final int MOST_STEPS = 3;

  private final LogisticRegression trainer;
  private final Coordinates coordinates;
  private final int[] varying;
  private final int width;
  private final HeldDataset rows;
  private final List<String> columns;
  private final ClassMoments moments;

  /**
   * Of a training.
   *
   * @param varying the elements that count, ascending
   * @param rows which are looked at once more if a step is not small
   */
  FarMaximum(
      LogisticRegression trainer,
      Coordinates coordinates,
      int[] varying,
      HeldDataset rows,
      List<String> columns,
      ClassMoments moments) {
    this.trainer = trainer;
    this.coordinates = coordinates;
    this.varying = varying;
    width = varying.length + (coordinates.intercept() == Intercept.FITTED ? 1 : 0);
    this.rows = rows;
    this.columns = columns;
    this.moments = moments;
  }

  /**
   * The direction, in coordinates, in which the likelihood still grows; empty if it does not.
   *
   * @param end of the descent
   * @param information the whole matrix there, by rows
   * @param elsewhere that of another place
   */
  Optional<double[]> direction(
      Descent end, double[] information, Function<double[], double[]> elsewhere) {
    double[] place = end.base().clone();
    double[] gradient = end.gradient();
    double[] matrix = information;
    for (int step = 1; ; step++) {
      double[] move;
      try {
        move = newton(matrix, gradient);
      } catch (NotPositiveDefiniteException e) {
        return Optional.empty();
      }
      if (isSmall(move)) {
        return Optional.empty();
      }
      NewtonSums found =
          rows.reduce(new NewtonKernel(columns, trainer.classes(), coordinates, place, move));
      if (!(found.greatest >= LEAD)) {
        return Optional.empty();
      }
      if (step == MOST_STEPS) {
        return Optional.of(move);
      }
      for (int i = 0; i < place.length; i++) {
        place[i] += move[i];
      }
      gradient = coordinates.gradient(found.sums.round(), moments.weight());
      matrix = elsewhere.apply(place.clone());
    }
  }

  /** Whether no row can move far: of n rows alike, none is further from the mean than sqrt(n). */
  private boolean isSmall(double[] move) {
    double sum = 0;
    for (double value : move) {
      sum += Math.abs(value);
    }
    return trainer.weight().isEmpty() && sum * Math.sqrt(moments.usable()) < LEAD;
  }

  /** Newton's step; a matrix that is singular but for rounding is held up by as much. */
  private double[] newton(double[] information, double[] gradient) {
    int margins = trainer.classes() - 1;
    int size = margins * width;
    SymmetricScaling scaling = SymmetricScaling.of(information, size);
    double[] scaled = scaling.scale(information);
    for (int i = 0; i < size; i++) {
      scaled[i * size + i] += size * 0x1p-52;
    }
    int base = margins == 1 ? 0 : 1;
    double[] right = new double[size];
    for (int m = 0; m < margins; m++) {
      for (int v = 0; v < width; v++) {
        right[m * width + v] = -moments.weight() * gradient[at(base + m, v)];
      }
    }
    Cholesky factor = Cholesky.factor(scaled, size, 0.0);
    double[] solved = scaling.unscaleSolution(factor.solve(scaling.scaleRight(right)));
    double[] move = new double[coordinates.size()];
    for (int m = 0; m < margins; m++) {
      for (int v = 0; v < width; v++) {
        move[at(base + m, v)] = solved[m * width + v];
      }
    }
    return move;
  }

  /** Where a coordinate of a margin is: the last is the intercept. */
  private int at(int margin, int v) {
    int element = v < varying.length ? varying[v] : coordinates.elements();
    return margin * coordinates.stride() + element;
  }
}
