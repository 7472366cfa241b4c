package io.drawbar.benchmarks;

import io.drawbar.Dataset;
import io.drawbar.learn.NaiveBayes;
import io.drawbar.learn.NaiveBayesModel;

/**
 * Gaussian naive Bayes of ten classes. Numbers: for each class its share, the means, then the
 * variances. Objective: minus the mean logarithm of the density of features and class.
 */
final class NaiveBayesTraining extends Training {
  NaiveBayesTraining() {
    super("naiveBayes", Blobs.ROWS);
  }

  @Override
  double[] drawbar(Dataset rows) {
    NaiveBayesModel model =
        NaiveBayes.on("features").predicting("y").withClasses(Blobs.CLASSES).fit(rows);
    double[] numbers = new double[Blobs.CLASSES * (1 + 2 * Blobs.FEATURES)];
    for (int k = 0; k < Blobs.CLASSES; k++) {
      int at = k * (1 + 2 * Blobs.FEATURES);
      numbers[at] = model.priors().get(k);
      for (int j = 0; j < Blobs.FEATURES; j++) {
        numbers[at + 1 + j] = model.means().get(k).get(j);
        numbers[at + 1 + Blobs.FEATURES + j] = model.variances().get(k).get(j);
      }
    }
    return numbers;
  }

  @Override
  double[] byHand(TrainingRows rows, double tolerance) {
    int width = 1 + 2 * rows.features();
    double[] sums =
        rows.sum(
            Blobs.CLASSES * width,
            (from, to, into) -> {
              for (int i = from; i < to; i++) {
                add(rows.rows()[i], into, (int) rows.label(i) * width);
              }
            });
    for (int k = 0; k < Blobs.CLASSES; k++) {
      int at = k * width;
      for (int j = 0; j < rows.features(); j++) {
        double mean = sums[at + 1 + j] / sums[at];
        sums[at + 1 + j] = mean;
        int variance = at + 1 + rows.features() + j;
        sums[variance] = sums[variance] / sums[at] - mean * mean;
      }
      sums[at] /= rows.size();
    }
    return sums;
  }

  /** The number of rows of a class, sums, and sums of squares. */
  private static void add(double[] row, double[] into, int at) {
    int features = row.length - 1;
    into[at]++;
    for (int j = 0; j < features; j++) {
      into[at + 1 + j] += row[j];
    }
    for (int j = 0; j < features; j++) {
      into[at + 1 + features + j] += row[j] * row[j];
    }
  }

  @Override
  double objective(double[] learned, TrainingRows rows) {
    int features = rows.features();
    double[] cost =
        rows.sum(
            1,
            (from, to, into) -> {
              for (int i = from; i < to; i++) {
                int at = (int) rows.label(i) * (1 + 2 * features);
                double sum = -2 * Math.log(learned[at]);
                for (int j = 0; j < features; j++) {
                  double variance = learned[at + 1 + features + j];
                  double distance = rows.rows()[i][j] - learned[at + 1 + j];
                  sum += Math.log(2 * Math.PI * variance) + distance * distance / variance;
                }
                into[0] += sum / 2;
              }
            });
    return cost[0] / rows.size();
  }
}
