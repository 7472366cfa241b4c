package io.drawbar.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.io.Records;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Rows of which a sample says how the loss curves, and says it badly. So many coefficients that
 * 20,000 rows are more than are looked at for it; as many looks as are usual where nothing is
 * sampled, or few more.
 */
class SampledCurvatureTest {
  private static final int ELEMENTS = 160;
  private static final int ROWS = 24_000;
  private static final Schema SCHEMA =
      Schema.empty().with("x", DataType.vector(ELEMENTS)).with("y", DataType.LONG);

  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of());
  }

  @AfterEach
  void close() {
    session.close();
  }

  private LogisticRegressionModel fit(IntFunction<double[]> features) {
    Random random = new Random(2);
    double[] weights = random.doubles(ELEMENTS, -.3, .3).toArray();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      double[] x = features.apply(i);
      double margin = 0;
      for (int j = 0; j < ELEMENTS; j++) {
        margin += weights[j] * x[j];
      }
      rows.add(Row.of(SCHEMA, x, random.nextDouble() < 1 / (1 + Math.exp(-margin)) ? 1L : 0L));
    }
    Dataset data = session.read(Records.of(SCHEMA, rows));
    return LogisticRegression.on("x").predicting("y").withL2(1e-3).fit(data);
  }

  private static double[] normal(Random random) {
    double[] x = new double[ELEMENTS];
    for (int j = 0; j < ELEMENTS; j++) {
      x[j] = random.nextGaussian();
    }
    return x;
  }

  private static void assertSettled(LogisticRegressionModel model, int mostSteps) {
    assertThat(model.steepness()).isLessThan(1e-6);
    assertThat(model.steps()).isLessThanOrEqualTo(mostSteps);
  }

  @Test
  void rowsThatAreAllAlike() {
    Random random = new Random(4);
    assertSettled(fit(i -> normal(random)), 8);
  }

  @Test
  void featuresThatTakeTurns() {
    Random random = new Random(4);
    assertSettled(
        fit(
            i -> {
              double[] x = normal(random);
              x[0] = i % 2;
              x[1] = i / 2 % 2;
              x[2] = i % 64 == 0 ? 1 : 0;
              return x;
            }),
        12);
  }

  @Test
  void featuresThatAreRare() {
    Random random = new Random(4);
    assertSettled(
        fit(
            i -> {
              double[] x = normal(random);
              for (int j = 0; j < 20; j++) {
                x[j] = random.nextInt(200 + 200 * j) == 0 ? 1 : 0;
              }
              return x;
            }),
        20);
  }

  @Test
  void featuresWithFarValues() {
    Random random = new Random(4);
    assertSettled(
        fit(
            i -> {
              double[] x = normal(random);
              for (int j = 0; j < 5; j++) {
                x[j] = Math.exp(2 * x[j]);
              }
              return x;
            }),
        40);
  }
}
