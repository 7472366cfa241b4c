package io.drawbar.benchmarks;

import io.drawbar.Dataset;
import io.drawbar.learn.LinearRegression;
import io.drawbar.learn.RegularisationPathModel;
import java.util.stream.IntStream;

/**
 * A plane at a hundred penalties of the coefficients' magnitudes: lambda of glmnet on features in
 * units of their standard deviations, from the least at which all coefficients are zero to a
 * thousandth of that. All are fitted; four of them are looked at: the first, the last, and those at
 * a third and two thirds of the way.
 *
 * <p>Numbers: for each of the four intercept and coefficients. Objective: the geometric mean of
 * what is minimised at the four, half the mean of squared residuals and the penalty, so that a
 * small share missed at one of them counts as a quarter of that share, however much its objective
 * is less than the others. Penalties and deviations are those of the rows, whatever a library says
 * of them.
 */
final class LassoPathTraining extends Training {
  /** The system property for another number of penalties than {@value #MOST}, at least 4. */
  static final String PENALTIES = "benchmarks.penalties";

  private static final int MOST = 100;
  private static final int FEATURES = 100;
  private static final int LOOKED_AT = 4;
  private static final int MOST_TURNS = 10_000;
  private static final double RATIO = 1e-3;

  LassoPathTraining() {
    super("lassoPath", Plane.rows(FEATURES));
  }

  /** Another number of penalties has another least. */
  @Override
  String kept() {
    return super.kept() + "-" + count();
  }

  private static int count() {
    int count = Integer.getInteger(PENALTIES, MOST);
    if (count < LOOKED_AT) {
      throw new IllegalArgumentException(
          "%s=%s: of a path %s penalties are looked at; say %3$s or more"
              .formatted(PENALTIES, count, LOOKED_AT));
    }
    return count;
  }

  /** Which of the penalties are looked at: of 100, those at 0, 33, 66 and 99. */
  static int[] lookedAt(int penalties) {
    return IntStream.range(0, LOOKED_AT).map(i -> (penalties - 1) * i / (LOOKED_AT - 1)).toArray();
  }

  /** The penalties, from the greatest to the least. */
  static double[] penalties(TrainingRows rows) {
    return penalties(Standardised.of(rows));
  }

  private static double[] penalties(Standardised sums) {
    int count = count();
    double largest = 0;
    for (double slope : sums.slopes) {
      largest = Math.max(largest, Math.abs(slope));
    }
    double first = largest * sums.labelDeviation;
    return IntStream.range(0, count)
        .mapToDouble(i -> first * Math.pow(RATIO, i / (count - 1.0)))
        .toArray();
  }

  @Override
  double[] drawbar(Dataset rows) {
    RegularisationPathModel path =
        LinearRegression.on("features").predicting("y").standardised().path(count()).fit(rows);
    double[] numbers = new double[LOOKED_AT * (1 + FEATURES)];
    int at = 0;
    for (int i : lookedAt(path.size())) {
      numbers[at++] = path.intercepts().get(i);
      for (double coefficient : path.coefficients().get(i)) {
        numbers[at++] = coefficient;
      }
    }
    return numbers;
  }

  /**
   * Sums of products, and of these plain cyclic coordinate descent (J. Friedman, T. Hastie, R.
   * Tibshirani, 2010) that begins at each penalty where the one before has ended.
   */
  @Override
  double[] byHand(TrainingRows rows, double tolerance) {
    Standardised sums = Standardised.of(rows);
    double[] penalties = penalties(sums);
    int[] lookedAt = lookedAt(penalties.length);
    double[] place = new double[rows.features()];
    double[] slopes = sums.slopes.clone();
    double[] numbers = new double[LOOKED_AT * (1 + rows.features())];
    int looked = 0;
    for (int i = 0; i < penalties.length; i++) {
      double shrinkage = penalties[i] / sums.labelDeviation;
      double moved = Double.POSITIVE_INFINITY;
      for (int turn = 0; moved > tolerance && turn < MOST_TURNS; turn++) {
        moved = turn(sums, place, slopes, shrinkage);
      }
      if (i == lookedAt[looked]) {
        sums.describe(place, numbers, looked++ * (1 + rows.features()));
      }
    }
    return numbers;
  }

  /** Moves each coordinate to where it is best; by how much the one that did most. */
  private static double turn(Standardised sums, double[] place, double[] slopes, double shrinkage) {
    double most = 0;
    for (int j = 0; j < place.length; j++) {
      double free = slopes[j] + place[j];
      double best = Math.copySign(Math.max(0, Math.abs(free) - shrinkage), free);
      double move = best - place[j];
      if (move != 0) {
        place[j] = best;
        double[] row = sums.correlations[j];
        for (int k = 0; k < slopes.length; k++) {
          slopes[k] -= move * row[k];
        }
        most = Math.max(most, Math.abs(move));
      }
    }
    return most;
  }

  @Override
  double objective(double[] learned, TrainingRows rows) {
    int width = 1 + rows.features();
    double[] squares =
        rows.sum(
            LOOKED_AT,
            (from, to, into) -> {
              for (int i = from; i < to; i++) {
                for (int k = 0; k < LOOKED_AT; k++) {
                  double[] row = rows.rows()[i];
                  double rest = rows.label(i) - TrainingRows.margin(learned, k * width, row);
                  into[k] += rest * rest;
                }
              }
            });
    Standardised sums = Standardised.of(rows);
    double[] penalties = penalties(sums);
    int[] lookedAt = lookedAt(penalties.length);
    double logarithms = 0;
    for (int k = 0; k < LOOKED_AT; k++) {
      double magnitudes = 0;
      for (int j = 0; j < rows.features(); j++) {
        magnitudes += sums.deviations[j] * Math.abs(learned[k * width + 1 + j]);
      }
      double squared = squares[k] / rows.size() / 2;
      logarithms += Math.log(squared + penalties[lookedAt[k]] * magnitudes);
    }
    return Math.exp(logarithms / LOOKED_AT);
  }

  /**
   * Rows in units of their standard deviations, of which n and not n - 1 is the divisor.
   *
   * @param slopes the correlation of each feature with the label
   */
  private record Standardised(
      double[] means,
      double[] deviations,
      double labelMean,
      double labelDeviation,
      double[][] correlations,
      double[] slopes) {

    static Standardised of(TrainingRows rows) {
      int features = rows.features();
      int size = features + 2;
      double[] sums = rows.gram().numbers();
      double[] means = new double[features + 1];
      double[] deviations = new double[features + 1];
      for (int j = 0; j <= features; j++) {
        means[j] = sums[j + 1] / rows.size();
        double square = sums[(j + 1) * size + j + 1] / rows.size();
        deviations[j] = Math.sqrt(square - means[j] * means[j]);
      }
      double[][] correlations = new double[features + 1][features + 1];
      for (int i = 0; i <= features; i++) {
        for (int j = i; j <= features; j++) {
          double centred = sums[(i + 1) * size + j + 1] / rows.size() - means[i] * means[j];
          correlations[i][j] = centred / (deviations[i] * deviations[j]);
          correlations[j][i] = correlations[i][j];
        }
      }
      double[] slopes = new double[features];
      System.arraycopy(correlations[features], 0, slopes, 0, features);
      return new Standardised(
          means, deviations, means[features], deviations[features], correlations, slopes);
    }

    /** Intercept and coefficients of features as they are, of a place in units of deviations. */
    void describe(double[] place, double[] into, int at) {
      into[at] = labelMean;
      for (int j = 0; j < place.length; j++) {
        double coefficient = place[j] * labelDeviation / deviations[j];
        into[at + 1 + j] = coefficient;
        into[at] -= coefficient * means[j];
      }
    }
  }
}
