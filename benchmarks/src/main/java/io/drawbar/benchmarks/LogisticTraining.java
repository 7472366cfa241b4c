package io.drawbar.benchmarks;

import io.drawbar.Dataset;
import io.drawbar.learn.LogisticRegression;
import io.drawbar.learn.LogisticRegressionModel;
import java.util.stream.DoubleStream;

/** Two classes, without a penalty. Numbers: intercept, coefficients. Objective: mean log-loss. */
final class LogisticTraining extends Training {
  LogisticTraining() {
    super("logistic", Logits.ROWS);
  }

  @Override
  double[] drawbar(Dataset rows) {
    LogisticRegressionModel model = LogisticRegression.on("features").predicting("y").fit(rows);
    return DoubleStream.concat(
            DoubleStream.of(model.intercept()),
            model.coefficients().stream().mapToDouble(Double::doubleValue))
        .toArray();
  }

  @Override
  double[] byHand(TrainingRows rows, double tolerance) {
    int size = 1 + rows.features();
    return Descending.lowest(
        size,
        tolerance,
        (place, gradient) -> {
          double[] sums =
              rows.sum(1 + size, (from, to, into) -> slopes(rows, from, to, place, into));
          for (int i = 0; i < size; i++) {
            gradient[i] = sums[1 + i] / rows.size();
          }
          return sums[0] / rows.size();
        });
  }

  /** The loss, then the gradient. */
  private static void slopes(TrainingRows rows, int from, int to, double[] place, double[] into) {
    for (int i = from; i < to; i++) {
      double[] row = rows.rows()[i];
      double margin = TrainingRows.margin(place, 0, row);
      double exponential = Math.exp(-Math.abs(margin));
      double likely = margin >= 0 ? 1 / (1 + exponential) : exponential / (1 + exponential);
      into[0] += Math.max(margin, 0) - rows.label(i) * margin + Math.log1p(exponential);
      TrainingRows.addTimes(likely - rows.label(i), row, into, 1);
    }
  }

  @Override
  double objective(double[] learned, TrainingRows rows) {
    double[] loss =
        rows.sum(
            1,
            (from, to, into) -> {
              for (int i = from; i < to; i++) {
                double margin = TrainingRows.margin(learned, 0, rows.rows()[i]);
                into[0] += Math.max(margin, 0) - rows.label(i) * margin;
                into[0] += Math.log1p(Math.exp(-Math.abs(margin)));
              }
            });
    return loss[0] / rows.size();
  }
}
