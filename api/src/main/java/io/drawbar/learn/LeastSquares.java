package io.drawbar.learn;

import io.drawbar.Dataset;
import io.drawbar.Provenance;
import io.drawbar.iterate.DataFingerprint;
import io.drawbar.iterate.Fingerprinted;
import io.drawbar.iterate.FingerprintedKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What one pass over the rows has found: the model of any penalty follows from it. */
final class LeastSquares {
  private final Dataset training;
  private final List<String> columns;
  private final List<String> names;
  private final DataFingerprint data;
  private final long rows;
  private final boolean isCentred;
  private final GramMatrix matrix;
  private final ElasticNet net;

  /**
   * What follows for a penalty.
   *
   * @param rSquared the share of the label's variance that is explained; NaN if it has none
   * @param standardError of the residuals; NaN if there are no more rows than coefficients
   * @param inference how sure the coefficients are
   */
  record Fit(
      double[] coefficients,
      double intercept,
      double rSquared,
      double standardError,
      Inference inference) {}

  private LeastSquares(
      LinearRegression trainer, Object written, boolean isPenalised, Dataset training) {
    this.training = training;
    int elements = TrainingColumns.elements(training.schema(), trainer.features(), written);
    columns = new ArrayList<>(List.of(trainer.features(), trainer.label()));
    if (!trainer.weight().isEmpty()) {
      columns.add(trainer.weight());
    }
    MomentKernel kernel = new MomentKernel(List.copyOf(columns), elements);
    Fingerprinted<Moments> found = training.reduce(new FingerprintedKernel<>(kernel));
    Moments moments = found.partial();
    names = training.elementNames(trainer.features());
    isCentred = trainer.intercept() == Intercept.FITTED;
    int most = elements + (isCentred ? 1 : 0);
    TrainingColumns learned =
        TrainingColumns.of(written, training, trainer.features(), trainer.label());
    learned.checkWeights(moments.badWeights(), trainer.weight());
    // A penalty determines what rows do not.
    new MomentChecks(learned, moments)
        .check(
            isPenalised ? 1 : most,
            most + " coefficients" + (isCentred ? " (with the intercept)" : ""));
    if (moments.weight() == 0) {
      throw new UnusableValueException(
          written + ": " + learned.noWeight(moments.rows(), trainer.weight()));
    }
    data = found.data();
    rows = moments.rows();
    matrix = isCentred ? GramMatrix.centred(moments) : GramMatrix.raw(moments);
    net = new ElasticNet(matrix, elements, trainer.scale());
  }

  /** Goes over the rows, for the model of one trainer. */
  static LeastSquares of(LinearRegression trainer, Dataset training) {
    return new LeastSquares(trainer, trainer, trainer.l1() + trainer.l2() > 0, training);
  }

  /** Goes over the rows, for the models of a path. */
  static LeastSquares of(RegularisationPath path, Dataset training) {
    return new LeastSquares(path.regression(), path, true, training);
  }

  /** The names of the features' elements. */
  List<String> names() {
    return names;
  }

  /** How many rows there were. */
  long rows() {
    return rows;
  }

  /** The least weight of magnitudes with which all coefficients are zero. */
  double largestPenalty() {
    return net.largest();
  }

  /** The coefficients that a trainer with the same columns, intercept and scale asks for. */
  Fit fit(LinearRegression trainer) {
    TrainingInterruptedException.check(trainer.toString());
    double[] coefficients;
    NormalEquations equations = null;
    if (trainer.l1() > 0) {
      coefficients = net.coefficients(trainer.l1(), trainer.l2());
      NormalEquations.checkFinite(coefficients, trainer);
    } else {
      GramMatrix penalised =
          trainer.l2() == 0 ? matrix : matrix.penalised(trainer.l2(), trainer.scale());
      equations = new NormalEquations(penalised, trainer, names);
      coefficients = equations.solve();
    }
    double squaredError = matrix.squaredError(coefficients);
    double total = matrix.at(coefficients.length, coefficients.length);
    // A coefficient that magnitudes have made zero takes no freedom (Zou, Hastie, Tibshirani 2007).
    long fitted =
        trainer.l1() == 0
            ? coefficients.length
            : Arrays.stream(coefficients).filter(b -> b != 0).count();
    double freedom = matrix.rows() - fitted - (isCentred ? 1 : 0);
    double error = freedom <= 0 ? Double.NaN : Math.sqrt(squaredError / freedom);
    return new Fit(
        coefficients,
        isCentred ? matrix.intercept(coefficients) : 0.0,
        total == 0 ? Double.NaN : 1 - squaredError / total,
        error,
        LeastSquaresErrors.of(trainer, matrix, equations, coefficients.length, freedom, error));
  }

  /** The model that a trainer with the same columns, intercept and scale asks for. */
  LinearRegressionModel model(LinearRegression trainer) {
    Fit fit = fit(trainer);
    return new LinearRegressionModel(
        trainer.features(),
        names,
        Arrays.stream(fit.coefficients()).boxed().toList(),
        fit.intercept(),
        rows,
        fit.rSquared(),
        fit.standardError(),
        fit.inference(),
        provenance(trainer));
  }

  Provenance provenance(Record trainer) {
    return Provenance.of(trainer, training, columns, data);
  }
}
