package io.drawbar.learn;

import static io.drawbar.expr.Functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.io.Records;
import io.drawbar.math.Cholesky;
import io.drawbar.math.SymmetricScaling;
import io.drawbar.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongleyTest {
  private static final LinearRegression TRAINER =
      LinearRegression.on("features").predicting("employed");

  /** The file's units: billions, tens of thousands, millions. */
  record Shared(
      double deflator,
      double gnp,
      double unemployed,
      double armedForces,
      double population,
      long year,
      double employed) {}

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3", "5", "7", "4096"})
  void hasElevenCertifiedDigitsWhateverTheBlock(String blockRows) {
    try (Session session = Session.open(Config.of("drawbar.block.rows", blockRows))) {
      LinearRegressionModel model = TRAINER.fit(Longley.dataset(session));

      System.out.printf("Longley, blocks of %s: %.1f digits%n", blockRows, Longley.digits(model));
      assertThat(Longley.digits(model)).isGreaterThanOrEqualTo(11);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3", "4096"})
  void theSharedFileHasElevenDigitsToo(String blockRows) throws IOException {
    Optional<Path> file = SharedData.file("longley.csv");
    assumeTrue(file.isPresent(), SharedData.MISSING);
    try (Session session = Session.open(Config.of("drawbar.block.rows", blockRows))) {
      Dataset scaled =
          session
              .read(Records.of(read(file.get()), Shared.class))
              .withColumn("gnp", col("gnp").times(1000))
              .withColumn("unemployed", col("unemployed").times(10))
              .withColumn("armedForces", col("armedForces").times(10))
              .withColumn("population", col("population").times(1000))
              .withColumn("employed", col("employed").times(1000));

      LinearRegressionModel model = TRAINER.fit(Longley.assembled(scaled));

      System.out.printf("shared Longley, blocks of %s: %.1f%n", blockRows, Longley.digits(model));
      assertThat(Longley.digits(model)).isGreaterThanOrEqualTo(11);
    }
  }

  private static List<Shared> read(Path file) throws IOException {
    List<Shared> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      double[] v = Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray();
      rows.add(new Shared(v[0], v[1], v[2], v[3], v[4], (long) v[5], v[6]));
    }
    return rows;
  }

  /** Planted fault: the textbook's normal equations, with nothing centred, in plain doubles. */
  @Test
  void aRawGramMatrixDoesNotReachElevenDigits() {
    int n = 7;
    double[] gram = new double[n * n];
    double[] right = new double[n];
    for (Longley row : Longley.ROWS) {
      double[] x = row.values();
      double y = x[6];
      x[6] = 1;
      for (int i = 0; i < n; i++) {
        right[i] += x[i] * y;
        for (int j = 0; j < n; j++) {
          gram[i * n + j] += x[i] * x[j];
        }
      }
    }
    SymmetricScaling scaling = SymmetricScaling.of(gram, n);
    Cholesky factor = Cholesky.factor(scaling.scale(gram), n, 0);
    double[] raw = scaling.unscaleSolution(factor.solve(scaling.scaleRight(right)));

    double digits = Longley.digits(raw[6], Longley.INTERCEPT);
    for (int i = 0; i < n - 1; i++) {
      digits = Math.min(digits, Longley.digits(raw[i], Longley.COEFFICIENTS[i]));
    }
    System.out.printf("Longley, raw Gram matrix: %.1f digits%n", digits);
    assertThat(digits).isBetween(4.0, 10.0);
  }
}
