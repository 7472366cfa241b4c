package io.drawbar.learn;

import io.drawbar.learn.Inference.Standing;
import java.util.List;

/**
 * The standard errors of least squares: {@code s sqrt((C^-1)_jj)}, where s is the residual standard
 * error and C holds the centred second moments; of the intercept {@code s sqrt(1/n + m C^-1 m)}
 * with the means m (G. A. F. Seber, A. J. Lee, "Linear Regression Analysis", 2003, sections 3.3 and
 * 3.11).
 */
final class LeastSquaresErrors {
  private LeastSquaresErrors() {}

  /**
   * The errors of what has been solved.
   *
   * @param matrix not penalised
   * @param equations of that matrix, solved; of a penalised one, or null, if there is a penalty
   * @param error the residual standard error; NaN if there is none
   */
  static Inference of(
      LinearRegression trainer,
      GramMatrix matrix,
      NormalEquations equations,
      int elements,
      double freedom,
      double error) {
    double rows = matrix.rows();
    double[] deviations = new double[elements];
    for (int j = 0; j < elements; j++) {
      deviations[j] = Math.sqrt(Math.max(0, matrix.at(j, j)) / rows);
    }
    if (trainer.l1() > 0 || trainer.l2() > 0) {
      return Inference.without(Standing.PENALISED, deviations);
    }
    if (error != error) {
      return Inference.without(Standing.NO_FREEDOM, deviations);
    }
    double[] errors = equations.inverseDiagonal();
    for (int j = 0; j < elements; j++) {
      errors[j] = error * Math.sqrt(errors[j]);
    }
    List<Double> intercept = List.of();
    if (trainer.intercept() == Intercept.FITTED) {
      double[] means = new double[elements];
      for (int j = 0; j < elements; j++) {
        means[j] = matrix.mean(j);
      }
      intercept = List.of(error * Math.sqrt(1 / rows + equations.inverseForm(means)));
    }
    return new Inference(
        Standing.KNOWN, Inference.list(errors), intercept, freedom, Inference.list(deviations));
  }
}
