package io.drawbar.benchmarks;

import io.drawbar.Dataset;
import io.drawbar.learn.GaussianMixture;
import io.drawbar.learn.GaussianMixtureModel;

/**
 * Ten normal distributions with all covariances, in ten rounds; there are twice as many clouds, so
 * that nobody is done before. Numbers: as {@link NormalMixture#numbers}. Objective: minus the mean
 * logarithm of the density of a row.
 *
 * <p>Where a program ends is a matter of its start, as for {@link KMeansTraining}: each is held to
 * where a plain program comes in many more rounds. 3 in a hundred, as there, would allow for nearly
 * anything: one normal distribution alone is not much further away. Drawbar and the plain program,
 * which begin with k-means, and have it in their time, may miss 5 in a thousand. MLlib begins with
 * five random rows for each component, and is on its way after ten rounds: it may miss 2 in a
 * hundred, which one normal distribution does, too: its time is that of as many rounds, not of as
 * good a mixture.
 */
final class GaussianMixtureTraining extends Training {
  static final int COMPONENTS = 10;
  static final int ROUNDS = 10;

  private static final int ROUNDS_OF_START = 30;
  private static final int UNHURRIED = 60;

  GaussianMixtureTraining() {
    super("gmm", Blobs.ROWS);
  }

  @Override
  double[] drawbar(Dataset rows) {
    GaussianMixtureModel model =
        GaussianMixture.on("features")
            .withComponents(COMPONENTS)
            .withMostSteps(ROUNDS)
            .withTolerance(0) // so that no round is left out
            .fit(rows);
    double[] numbers = new double[COMPONENTS * NormalMixture.width(Blobs.FEATURES)];
    int at = 0;
    for (int k = 0; k < COMPONENTS; k++) {
      numbers[at++] = model.weights().get(k);
      for (double mean : model.means().get(k)) {
        numbers[at++] = mean;
      }
      for (var row : model.covariance(k)) {
        for (double covariance : row) {
          numbers[at++] = covariance;
        }
      }
    }
    return numbers;
  }

  @Override
  double[] byHand(TrainingRows rows, double tolerance) {
    return rounds(rows, ROUNDS).numbers();
  }

  private static NormalMixture rounds(TrainingRows rows, int rounds) {
    double[] seeds = KMeansTraining.start(rows, COMPONENTS);
    double[] centres = KMeansTraining.rounds(rows, seeds, ROUNDS_OF_START);
    NormalMixture mixture = NormalMixture.around(centres, rows);
    for (int round = 0; round < rounds; round++) {
      mixture = mixture.next(rows);
    }
    return mixture;
  }

  @Override
  double least(TrainingRows rows) {
    return objective(rounds(rows, UNHURRIED).numbers(), rows);
  }

  @Override
  double mostExcess(String contender) {
    return contender.equals("mllib") ? 0.02 : 0.005;
  }

  @Override
  double objective(double[] learned, TrainingRows rows) {
    return -NormalMixture.of(learned, rows.features()).meanLogDensity(rows);
  }
}
