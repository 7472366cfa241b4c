package io.drawbar.benchmarks;

import io.drawbar.Dataset;
import io.drawbar.learn.LogisticRegression;
import io.drawbar.learn.LogisticRegressionModel;

/**
 * Ten classes, without a penalty. Numbers: for each class intercept and coefficients. Objective:
 * mean log-loss.
 */
final class SoftmaxTraining extends Training {
  SoftmaxTraining() {
    super("softmax", Blobs.ROWS);
  }

  @Override
  double[] drawbar(Dataset rows) {
    LogisticRegressionModel model =
        LogisticRegression.on("features").predicting("y").withClasses(Blobs.CLASSES).fit(rows);
    double[] numbers = new double[Blobs.CLASSES * (1 + Blobs.FEATURES)];
    for (int k = 0; k < Blobs.CLASSES; k++) {
      int at = k * (1 + Blobs.FEATURES);
      numbers[at] = model.intercepts().get(k);
      for (int j = 0; j < Blobs.FEATURES; j++) {
        numbers[at + 1 + j] = model.coefficientsOf(k).get(j);
      }
    }
    return numbers;
  }

  @Override
  double[] byHand(TrainingRows rows, double tolerance) {
    int size = Blobs.CLASSES * (1 + rows.features());
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
    double[] margins = new double[Blobs.CLASSES];
    for (int i = from; i < to; i++) {
      double[] row = rows.rows()[i];
      into[0] += loss(place, row, margins);
      for (int k = 0; k < margins.length; k++) {
        double slope = margins[k] - (k == rows.label(i) ? 1 : 0);
        TrainingRows.addTimes(slope, row, into, 1 + k * row.length);
      }
    }
  }

  /** The loss of a row; the probabilities go into the array. */
  private static double loss(double[] place, double[] row, double[] probabilities) {
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < probabilities.length; k++) {
      // As many numbers a class as a row has with its label: a one stands for that.
      probabilities[k] = TrainingRows.margin(place, k * row.length, row);
      most = Math.max(most, probabilities[k]);
    }
    double own = probabilities[(int) row[row.length - 1]];
    double sum = 0;
    for (int k = 0; k < probabilities.length; k++) {
      probabilities[k] = Math.exp(probabilities[k] - most);
      sum += probabilities[k];
    }
    for (int k = 0; k < probabilities.length; k++) {
      probabilities[k] /= sum;
    }
    return most - own + Math.log(sum);
  }

  @Override
  double objective(double[] learned, TrainingRows rows) {
    double[] loss =
        rows.sum(
            1,
            (from, to, into) -> {
              double[] margins = new double[Blobs.CLASSES];
              for (int i = from; i < to; i++) {
                into[0] += loss(learned, rows.rows()[i], margins);
              }
            });
    return loss[0] / rows.size();
  }
}
