package io.drawbar.learn;

import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The rows on which the tests of Spark's LogisticRegression publish results of R's glm and glmnet:
 * 10,000 with four features of given mean and variance, and classes drawn by a known model.
 */
final class PublishedLogits {
  private static final double[] MEAN = {5.843, 3.057, 3.758, 1.199};
  private static final double[] VARIANCE = {.6856, .1899, 3.116, .581};
  static final double[][] BINARY = {{-.57997, .912083, -.371077, -.819866, 2.688191}};
  static final double[][] THREE = {
    {-.57997, .912083, -.371077, -.819866, 2.688191},
    {-.16624, -.84355, -.048509, -.301789, 4.170682}
  };

  static final Schema SCHEMA =
      Schema.empty().with("features", DataType.vector(4)).with("label", DataType.LONG);

  private PublishedLogits() {}

  /** Rows of classes whose margins beyond class 0's are given. */
  static List<Row> rows(double[][] weights) {
    Random random = new Random(42);
    double[][] x = new double[10_000][4];
    for (double[] row : x) {
      for (int j = 0; j < 4; j++) {
        row[j] = random.nextGaussian() * Math.sqrt(VARIANCE[j]) + MEAN[j];
      }
    }
    List<Row> rows = new ArrayList<>();
    for (double[] row : x) {
      rows.add(Row.of(SCHEMA, row, drawn(row, weights, random.nextDouble())));
    }
    return rows;
  }

  private static long drawn(double[] row, double[][] weights, double uniform) {
    double[] likely = new double[weights.length + 1];
    likely[0] = 1;
    double sum = 1;
    for (int k = 0; k < weights.length; k++) {
      double margin = weights[k][4];
      for (int j = 0; j < 4; j++) {
        margin += weights[k][j] * row[j];
      }
      likely[k + 1] = StrictMath.exp(margin);
      sum += likely[k + 1];
    }
    double below = 0;
    for (int k = 0; k < weights.length; k++) {
      below += likely[k] / sum;
      if (uniform < below) {
        return k;
      }
    }
    return weights.length;
  }
}
