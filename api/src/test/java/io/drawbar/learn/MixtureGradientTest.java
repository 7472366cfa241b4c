package io.drawbar.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.Session;
import io.drawbar.config.Config;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Where training ends, the mean log-likelihood of a row is as flat as it was asked to be: central
 * differences of the book's formula along each mean, each pair of weights and each covariance.
 */
class MixtureGradientTest {
  private static final int COMPONENTS = 3;
  private static final int ELEMENTS = 3;
  private static final int ROWS = 600;

  /** Differences of a function whose values have 15 digits are then right to some 1e-10. */
  private static final double STEP = 1e-5;

  /** What is left by rounds that have come to rest; the gradient elsewhere is some 1e-1. */
  private static final double FLAT = 1e-6;

  private static List<double[]> rows() {
    return KMeansTest.around(COMPONENTS, ROWS, ELEMENTS, 1.2);
  }

  private static MixtureOracle end(CovarianceShape shape, int steps) {
    GaussianMixture trainer =
        GaussianMixture.on("x")
            .withComponents(COMPONENTS)
            .with(shape)
            .withRegularisation(0)
            .withTolerance(0)
            .withMostSteps(steps);
    MixtureOracle oracle = new MixtureOracle(rows(), shape);
    try (Session session = Session.open(Config.of("drawbar.block.rows", "64"))) {
      oracle.set(trainer.fit(Vectors.dataset(session, rows())));
    }
    return oracle;
  }

  /** A change of one parameter, and what follows from it; the other way with another sign. */
  private interface Move {
    void by(double step);
  }

  private static double slope(MixtureOracle mixture, Move move) {
    move.by(STEP);
    mixture.invert();
    double above = mixture.logLikelihood() / ROWS;
    move.by(-2 * STEP);
    mixture.invert();
    double below = mixture.logLikelihood() / ROWS;
    move.by(STEP);
    mixture.invert();
    return (above - below) / (2 * STEP);
  }

  /** The slopes along all parameters, which are as many as a mixture has. */
  private static List<Double> slopes(MixtureOracle mixture, CovarianceShape shape) {
    List<Double> slopes = new ArrayList<>();
    for (int k = 0; k < COMPONENTS; k++) {
      int component = k;
      double[][] covariances = mixture.covariances[k];
      for (int i = 0; i < ELEMENTS; i++) {
        int row = i;
        slopes.add(slope(mixture, by -> mixture.means[component][row] += by));
        for (int j = i; j < (shape == CovarianceShape.FULL ? ELEMENTS : i + 1); j++) {
          int column = j;
          slopes.add(
              slope(
                  mixture,
                  by -> {
                    covariances[row][column] += by;
                    if (row != column) {
                      covariances[column][row] += by;
                    }
                  }));
        }
      }
      if (k > 0) {
        // Weights add up to 1: what one gains another loses.
        slopes.add(
            slope(
                mixture,
                by -> {
                  mixture.weights[component] += by;
                  mixture.weights[0] -= by;
                }));
      }
    }
    return slopes;
  }

  @ParameterizedTest
  @EnumSource
  void theEndIsFlatInAllDirections(CovarianceShape shape) {
    MixtureOracle mixture = end(shape, 3000);
    int each =
        ELEMENTS + (shape == CovarianceShape.FULL ? ELEMENTS * (ELEMENTS + 1) / 2 : ELEMENTS);
    assertThat(slopes(mixture, shape))
        .hasSize(COMPONENTS * each + COMPONENTS - 1)
        .allMatch(slope -> Math.abs(slope) < FLAT);
    // The net catches: one covariance that is a hundredth off, and rounds that ended too early.
    mixture.covariances[1][0][0] *= 1.01;
    mixture.invert();
    assertThat(slopes(mixture, shape)).anyMatch(slope -> Math.abs(slope) > 100 * FLAT);
    assertThat(slopes(end(shape, 2), shape)).anyMatch(slope -> Math.abs(slope) > 100 * FLAT);
  }
}
