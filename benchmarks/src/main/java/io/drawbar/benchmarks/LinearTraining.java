package io.drawbar.benchmarks;

import io.drawbar.Dataset;
import io.drawbar.examples.LinearRegressionFromCsv;
import io.drawbar.learn.LinearRegressionModel;
import java.util.stream.DoubleStream;

/** A plane. Numbers: intercept, coefficients. Objective: the mean of squared residuals. */
final class LinearTraining extends Training {
  private static final int FEATURES = 100;

  LinearTraining() {
    super("linear", Plane.rows(FEATURES));
  }

  @Override
  double[] drawbar(Dataset rows) {
    LinearRegressionModel model = LinearRegressionFromCsv.fit(rows);
    return DoubleStream.concat(
            DoubleStream.of(model.intercept()),
            model.coefficients().stream().mapToDouble(Double::doubleValue))
        .toArray();
  }

  @Override
  double[] byHand(TrainingRows rows, double tolerance) {
    return rows.gram().solve();
  }

  @Override
  double objective(double[] learned, TrainingRows rows) {
    double[] squares =
        rows.sum(
            1,
            (from, to, into) -> {
              for (int i = from; i < to; i++) {
                double rest = rows.label(i) - TrainingRows.margin(learned, 0, rows.rows()[i]);
                into[0] += rest * rest;
              }
            });
    return squares[0] / rows.size();
  }
}
