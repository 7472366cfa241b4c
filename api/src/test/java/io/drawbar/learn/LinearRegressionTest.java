package io.drawbar.learn;

import static io.drawbar.expr.Functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.drawbar.Dataset;
import io.drawbar.Provenance;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Records;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinearRegressionTest {
  private static final LinearRegression TRAINER = LinearRegression.on("x").predicting("y");

  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.block.rows", "7"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  /** Rows of features, the last of them the label. */
  private Dataset rows(double[]... rows) {
    return rows(session, List.of(rows));
  }

  private static Dataset rows(Session session, List<double[]> rows) {
    int elements = rows.get(0).length - 1;
    Schema schema = Schema.empty().with("x", DataType.vector(elements)).with("y", DataType.DOUBLE);
    List<Row> list = new ArrayList<>();
    for (double[] row : rows) {
      list.add(Row.of(schema, Arrays.copyOf(row, elements), row[elements]));
    }
    return session.read(Records.of(schema, list));
  }

  @Test
  void aLineThroughPoints() {
    // Anscombe's first set (1973), in sums: slope 0.5001, intercept 3.0001, R^2 0.6665.
    double[] x = {10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5};
    double[] y = {8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68};
    List<double[]> list = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      list.add(new double[] {x[i], y[i]});
    }
    LinearRegressionModel model = TRAINER.fit(rows(session, list));

    // Sxy / Sxx = 55.01 / 110; intercept 82.51 / 11 - 9 * slope.
    assertThat(model.coefficients().get(0)).isCloseTo(55.01 / 110, within(1e-15));
    assertThat(model.intercept()).isCloseTo(82.51 / 11 - 9 * 55.01 / 110, within(1e-14));
    assertThat(model.rSquared()).isCloseTo(.666542459508775, within(1e-13)); // NIST's digits of R
    assertThat(model.rows()).isEqualTo(11);
  }

  @Test
  void anExactPlaneIsFoundExactly() {
    LinearRegressionModel model =
        TRAINER.fit(rows(new double[] {1, 0, 5}, new double[] {0, 1, 1}, new double[] {0, 0, 3}));

    assertThat(model)
        .isEqualTo(
            new LinearRegressionModel(
                "x",
                List.of("x[0]", "x[1]"),
                List.of(2.0, -2.0),
                3,
                3,
                1,
                Double.NaN,
                model.inference(),
                model.provenance()));
    assertThat(model.inference().standing()).isEqualTo(Inference.Standing.NO_FREEDOM);
    assertThat(model.inference().deviations()).containsOnly(Math.sqrt(2 / 9.0));
  }

  @Test
  void withoutAnInterceptItIsTheRatioOfProducts() {
    LinearRegressionModel model =
        TRAINER.withoutIntercept().fit(rows(new double[] {1, 3}, new double[] {2, 4}));

    // sum xy / sum xx = 11 / 5; R^2 about zero, as R and NIST have it: 1 - 0.8 / 25.
    assertThat(model.coefficients()).containsExactly(11.0 / 5);
    assertThat(model.intercept()).isZero();
    assertThat(model.provenance().parameters())
        .containsEntry("intercept", "ZERO")
        .containsEntry("scale", "AS_GIVEN");
    assertThat(model.rSquared()).isCloseTo(1 - .8 / 25, within(1e-15));
    assertThat(model.residualStandardError()).isCloseTo(Math.sqrt(.8), within(1e-15));
  }

  /** REFERENCE.md, 'Linear': R glmnet as quoted in Spark's LinearRegressionSuite. */
  @Test
  void theRegenerableSet() {
    Random random = new Random(42);
    List<double[]> list = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      double a = (random.nextDouble() - .5) * Math.sqrt(12 * .7) + .9;
      double b = (random.nextDouble() - .5) * Math.sqrt(12 * 1.2) - 1.3;
      list.add(new double[] {a, b, 0});
    }
    for (double[] row : list) {
      row[2] = 4.7 * row[0] + 7.2 * row[1] + 6.3 + .1 * random.nextGaussian();
    }
    LinearRegressionModel model = TRAINER.fit(rows(session, list));

    assertThat(model.intercept()).isCloseTo(6.298698, within(5e-7));
    assertThat(model.coefficients().get(0)).isCloseTo(4.700706, within(5e-7));
    assertThat(model.coefficients().get(1)).isCloseTo(7.199082, within(5e-7));
    assertThat(model.residualStandardError()).isCloseTo(.1, within(2e-3));
  }

  @Test
  void aConstantLabelIsItsOwnIntercept() {
    LinearRegressionModel model =
        TRAINER.fit(rows(new double[] {.1, 5.1}, new double[] {.7, 5.1}, new double[] {.3, 5.1}));

    assertThat(model)
        .isEqualTo(
            new LinearRegressionModel(
                "x",
                List.of("x[0]"),
                List.of(0.0),
                5.1,
                3,
                Double.NaN,
                0.0,
                model.inference(),
                model.provenance()));
    assertThat(model.inference().standardErrors()).containsExactly(0.0);
  }

  @Test
  void labelsMayBeWholeNumbersOrTruthValues() {
    record Visit(double hours, long count, boolean bought) {}
    Dataset visits =
        session
            .read(
                Records.of(
                    List.of(new Visit(1, 3, true), new Visit(2, 5, false), new Visit(3, 7, true)),
                    Visit.class))
            .transform(VectorAssembler.of("hours"));

    LinearRegression trainer = LinearRegression.on("features");
    assertThat(trainer.predicting("count").fit(visits).coefficients().get(0))
        .isCloseTo(2, within(1e-15));
    assertThat(trainer.predicting("bought").fit(visits).intercept())
        .isCloseTo(2 / 3.0, within(1e-15));
  }

  @Test
  void meansFarFromZeroCostNoDigits() {
    // Seconds since 1970 over an hour, to the millisecond: the mean is 1.6e6 standard deviations.
    Random random = new Random(5);
    List<double[]> list = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      double seconds = random.nextInt(3_600_000) / 1024.0;
      list.add(new double[] {1.7e9 + seconds, 2.5 * seconds - 8});
    }
    LinearRegressionModel model = TRAINER.fit(rows(session, list));

    assertThat(model.coefficients().get(0)).isCloseTo(2.5, within(1e-14));
    assertThat(model.rSquared()).isCloseTo(1, within(1e-14));
  }

  @Test
  void theModelHasTheSameBitsAtAnyParallelism() {
    Random random = new Random(11);
    List<double[]> list = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      double[] row = random.doubles(6, -3, 1e3).toArray();
      row[5] += row[0] - row[3];
      list.add(row);
    }
    for (String blockRows : new String[] {"1", "3", "4096"}) {
      Set<LinearRegressionModel> models = new HashSet<>();
      for (String parallelism : new String[] {"1", "2", "7"}) {
        Config config =
            Config.of(
                "drawbar.block.rows", blockRows,
                "drawbar.leaf.rows", "130",
                "drawbar.parallelism", parallelism);
        try (Session parallel = Session.open(config)) {
          models.add(TRAINER.fit(rows(parallel, list)));
        }
      }
      assertThat(models).as("blocks of %s", blockRows).hasSize(1);
    }
  }

  @Test
  void predictionsAreAColumn() {
    LinearRegressionModel model =
        new LinearRegressionModel(
            "x", List.of("x[0]", "x[1]"), List.of(2.0, -1.0), .5, 9, 1, 0, Provenance.none());
    Schema schema = Schema.empty().with("x", DataType.vector(2));
    Dataset input =
        session.read(
            Records.of(
                schema,
                List.of(Row.of(schema, new double[] {3, 4}), Row.of(schema, (Object) null))));

    List<Row> scored = input.transform(model).collect();

    assertThat(scored.get(0).doubleValue("prediction")).isEqualTo(2.5);
    assertThat(scored.get(1).value("prediction")).isNull();
    assertThatThrownBy(() -> rows(new double[] {1, 2}).transform(model))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("VECTOR(2)")
        .hasMessageContaining("VECTOR(1)");
  }

  @Test
  void predictionsFollowTheFit() {
    Dataset training = rows(new double[] {1, 3}, new double[] {2, 5}, new double[] {4, 9.5});
    LinearRegressionModel model = TRAINER.fit(training);

    double sum = 0;
    for (Row row : training.transform(model).collect()) {
      sum += row.doubleValue("y") - row.doubleValue("prediction");
    }
    assertThat(sum).isCloseTo(0, within(1e-13)); // with an intercept, residuals add up to zero
  }

  @Test
  void aModelIsSerialisableAndReadable() throws IOException {
    LinearRegressionModel model =
        new LinearRegressionModel(
            "x",
            List.of("income", "rooms"),
            List.of(4.700706, 7.199082),
            6.298698,
            10_000,
            .9999,
            .1,
            Provenance.none());

    new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(model);
    assertThat(model.toString())
        .isEqualToIgnoringNewLines(
            """
            linear regression on 'x': 10,000 rows, R² 0.999900, residual standard error 0.100000
              intercept       6.29869800
              income          4.70070600
              rooms           7.19908200
            """);
  }

  @Test
  void aFilterBeforeTheFitIsHonoured() {
    Dataset all =
        rows(new double[] {1, 3}, new double[] {9, -400}, new double[] {2, 5}, new double[] {3, 7});

    assertThat(TRAINER.fit(all.where(col("y").gt(0))))
        .isEqualTo(
            TRAINER.fit(rows(new double[] {1, 3}, new double[] {2, 5}, new double[] {3, 7})));
  }
}
