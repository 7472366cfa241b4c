package io.drawbar.learn;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.io.Records;
import io.drawbar.learn.Inference.Standing;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard errors, tests and deviances held to certified, published and closed values. */
class InferenceTest {
  private static final Schema SCHEMA =
      Schema.empty()
          .with("x", DataType.vector(1))
          .with("y", DataType.LONG)
          .with("n", DataType.DOUBLE);

  private static final LogisticRegression LOGISTIC =
      LogisticRegression.on("x").predicting("y").withTolerance(1e-10);

  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.block.rows", "5"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  /** Counted rows of one feature: x, y, how many. */
  private Dataset counted(double[]... counts) {
    List<Row> rows = new ArrayList<>();
    for (double[] count : counts) {
      rows.add(Row.of(SCHEMA, new double[] {count[0]}, (long) count[1], count[2]));
    }
    return session.read(Records.of(SCHEMA, rows));
  }

  private Dataset labelled(double[] x, int[] y) {
    double[][] rows = new double[x.length][];
    for (int i = 0; i < x.length; i++) {
      rows[i] = new double[] {x[i], y[i], 1};
    }
    return counted(rows);
  }

  /** Also p-values and F as R's summary(lm(Employed ~ ., longley)) prints them. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "3", "4096"})
  void longleyHasItsCertifiedStandardDeviations(String blockRows) {
    try (Session blocks = Session.open(Config.of("drawbar.block.rows", blockRows))) {
      LinearRegressionModel model =
          LinearRegression.on("features").predicting("employed").fit(Longley.dataset(blocks));
      Inference inference = model.inference();
      double digits = Longley.digits(inference.interceptErrors().get(0), Longley.INTERCEPT_ERROR);
      for (int j = 0; j < 6; j++) {
        double found = inference.standardErrors().get(j);
        digits = Math.min(digits, Longley.digits(found, Longley.STANDARD_ERRORS[j]));
      }
      System.out.printf("Longley's errors, blocks of %s: %.1f digits%n", blockRows, digits);
      assertThat(digits).isGreaterThanOrEqualTo(11);
      assertThat(Longley.digits(model.statistic(), Longley.F)).isGreaterThan(10);
      double[] statistics = {-3.911, .177, -1.070, -4.136, -4.822, -.226, 4.016};
      double[] probabilities = {.003560, .863141, .312681, .002535, .000944, .826212, .003037};
      List<CoefficientTest> tests = model.tests();
      assertThat(tests).hasSize(7);
      assertThat(tests.get(0).name()).isEqualTo("intercept");
      for (int i = 0; i < 7; i++) {
        assertThat(tests.get(i).statistic()).isCloseTo(statistics[i], within(5e-4));
        assertThat(tests.get(i).probability()).isCloseTo(probabilities[i], within(5e-7));
      }
      assertThat(model.probability()).isCloseTo(4.984e-10, within(5e-14));
    }
  }

  /** Simple regression, in whose closed form is nothing of matrices. */
  @Test
  void aLineHasTheErrorsOfItsClosedForm() {
    Random random = new Random(2);
    int n = 40;
    double[] x = new double[n];
    double[] y = new double[n];
    List<Row> rows = new ArrayList<>();
    Schema schema = Schema.empty().with("x", DataType.vector(1)).with("y", DataType.DOUBLE);
    for (int i = 0; i < n; i++) {
      x[i] = 100 + random.nextGaussian();
      y[i] = 3 - 2 * x[i] + random.nextGaussian();
      rows.add(Row.of(schema, new double[] {x[i]}, y[i]));
    }
    Dataset line = session.read(Records.of(schema, rows));
    LinearRegressionModel model = LinearRegression.on("x").predicting("y").fit(line);
    double mean = 0;
    double square = 0;
    double raw = 0;
    for (int i = 0; i < n; i++) {
      mean += x[i] / n;
      raw += x[i] * x[i];
    }
    double errors = 0;
    double rawErrors = 0;
    LinearRegressionModel through =
        LinearRegression.on("x").predicting("y").withoutIntercept().fit(line);
    for (int i = 0; i < n; i++) {
      square += (x[i] - mean) * (x[i] - mean);
      double error = y[i] - model.intercept() - model.coefficients().get(0) * x[i];
      errors += error * error;
      double rawError = y[i] - through.coefficients().get(0) * x[i];
      rawErrors += rawError * rawError;
    }
    double slope = Math.sqrt(errors / (n - 2) / square);
    double intercept = Math.sqrt(errors / (n - 2) * (1.0 / n + mean * mean / square));
    assertThat(model.inference().standardErrors().get(0)).isCloseTo(slope, within(1e-10 * slope));
    assertThat(model.inference().interceptErrors().get(0))
        .isCloseTo(intercept, within(1e-10 * intercept));
    assertThat(model.inference().deviations().get(0))
        .isCloseTo(Math.sqrt(square / n), within(1e-10));
    double only = Math.sqrt(rawErrors / (n - 1) / raw);
    assertThat(through.inference().standardErrors().get(0)).isCloseTo(only, within(1e-10 * only));
    assertThat(through.inference().interceptErrors()).isEmpty();
    assertThat(through.tests()).hasSize(1);
    assertThat(through.inference().freedom()).isEqualTo(n - 1);
  }

  /** A row of weight 3 is three rows, for errors and degrees of freedom, too. */
  @Test
  void weightsCountRows() {
    double[][] counts = {{0, 1, 3}, {1, 4, 2}, {2, 3, 1}, {3, 9, 4}};
    List<double[]> repeated = new ArrayList<>();
    for (double[] count : counts) {
      for (int i = 0; i < count[2]; i++) {
        repeated.add(new double[] {count[0], count[1], 1});
      }
    }
    LinearRegression trainer = LinearRegression.on("x").predicting("y");
    Inference wanted = trainer.fit(counted(repeated.toArray(double[][]::new))).inference();
    Inference found = trainer.weightedBy("n").fit(counted(counts)).inference();
    assertThat(found.freedom()).isEqualTo(wanted.freedom()).isEqualTo(8);
    double error = wanted.standardErrors().get(0);
    assertThat(found.standardErrors().get(0)).isCloseTo(error, within(1e-13));
    assertThat(found.deviations().get(0)).isCloseTo(wanted.deviations().get(0), within(1e-13));
    assertThat(trainer.withL1(.1).fit(counted(counts)).inference().standing())
        .isEqualTo(Standing.PENALISED);
  }

  /** Failures of O-rings by temperature (S. R. Dalal and others, 1989), as R's glm prints them. */
  @Test
  void theSpaceShuttleHasItsPublishedErrors() {
    double[] temperature = {
      66, 70, 69, 68, 67, 72, 73, 70, 57, 63, 70, 78, 67, 53, 67, 75, 70, 81, 76, 79, 75, 76, 58
    };
    int[] failed = {0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1};
    LogisticRegressionModel model = LOGISTIC.fit(labelled(temperature, failed));
    CoefficientTest intercept = model.tests(1).get(0);
    CoefficientTest slope = model.tests(1).get(1);
    assertThat(intercept.value()).isCloseTo(15.0429, within(5e-5));
    assertThat(intercept.standardError()).isCloseTo(7.3786, within(5e-5));
    assertThat(intercept.statistic()).isCloseTo(2.039, within(5e-4));
    assertThat(intercept.probability()).isCloseTo(.0415, within(5e-5));
    assertThat(slope.value()).isCloseTo(-.2322, within(5e-5));
    assertThat(slope.standardError()).isCloseTo(.1082, within(5e-5));
    assertThat(slope.statistic()).isCloseTo(-2.145, within(5e-4));
    assertThat(slope.probability()).isCloseTo(.0320, within(5e-5));
    assertThat(model.nullDeviance()).isCloseTo(28.267, within(5e-4));
    assertThat(model.deviance()).isCloseTo(20.315, within(5e-4));
    assertThat(model.aic()).isCloseTo(24.315, within(5e-4));
  }

  /** Manual transmissions by weight: R's glm(am ~ wt, binomial, mtcars). */
  @Test
  void motorCarsHaveTheirPublishedErrors() {
    double[] weight = {
      2.620, 2.875, 2.320, 3.215, 3.440, 3.460, 3.570, 3.190, 3.150, 3.440, 3.440, 4.070, 3.730,
      3.780, 5.250, 5.424, 5.345, 2.200, 1.615, 1.835, 2.465, 3.520, 3.435, 3.840, 3.845, 1.935,
      2.140, 1.513, 3.170, 2.770, 3.570, 2.780
    };
    int[] manual = {
      1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1
    };
    LogisticRegressionModel model = LOGISTIC.fit(labelled(weight, manual));
    List<CoefficientTest> tests = model.tests(1);
    assertThat(tests.get(0).value()).isCloseTo(12.040, within(5e-4));
    assertThat(tests.get(0).standardError()).isCloseTo(4.510, within(5e-4));
    assertThat(tests.get(0).probability()).isCloseTo(.00759, within(5e-6));
    assertThat(tests.get(1).value()).isCloseTo(-4.024, within(5e-4));
    // R's errors are those of its last step but one: 1.436, where they are 1.4365 at the maximum.
    assertThat(tests.get(1).standardError()).isCloseTo(1.436, within(1e-3));
    assertThat(tests.get(1).probability()).isCloseTo(.00509, within(5e-6));
    assertThat(model.nullDeviance()).isCloseTo(43.230, within(5e-4));
    assertThat(model.deviance()).isCloseTo(19.176, within(5e-4));
    assertThat(model.aic()).isCloseTo(23.176, within(5e-4));
    double[] oracle = newton(weight, manual);
    for (int i = 0; i < 2; i++) {
      assertThat(tests.get(i).value()).isCloseTo(oracle[i], within(1e-8));
      assertThat(tests.get(i).standardError()).isCloseTo(oracle[2 + i], within(1e-8));
    }
  }

  /** Newton's method for one feature: intercept, slope, and their errors. */
  private static double[] newton(double[] x, int[] y) {
    double intercept = 0;
    double slope = 0;
    double[] w = new double[3];
    for (int step = 0; step < 50; step++) {
      w = new double[3];
      double first = 0;
      double second = 0;
      for (int i = 0; i < x.length; i++) {
        double p = 1 / (1 + StrictMath.exp(-intercept - slope * x[i]));
        first += y[i] - p;
        second += (y[i] - p) * x[i];
        w[0] += p * (1 - p);
        w[1] += p * (1 - p) * x[i];
        w[2] += p * (1 - p) * x[i] * x[i];
      }
      double determinant = w[0] * w[2] - w[1] * w[1];
      intercept += (w[2] * first - w[1] * second) / determinant;
      slope += (w[0] * second - w[1] * first) / determinant;
    }
    double determinant = w[0] * w[2] - w[1] * w[1];
    return new double[] {
      intercept, slope, Math.sqrt(w[2] / determinant), Math.sqrt(w[0] / determinant)
    };
  }

  /** With one yes-no feature the model is the table, and its errors are sums of 1 / n. */
  @Test
  void aTableOfTwoByTwoHasWoolfsErrors() {
    double[][] n = {{30, 17}, {12, 41}};
    LogisticRegressionModel model =
        LOGISTIC
            .weightedBy("n")
            .fit(
                counted(
                    new double[] {0, 0, n[0][0]},
                    new double[] {0, 1, n[0][1]},
                    new double[] {1, 0, n[1][0]},
                    new double[] {1, 1, n[1][1]}));
    double intercept = Math.sqrt(1 / n[0][0] + 1 / n[0][1]);
    double slope = Math.sqrt(1 / n[0][0] + 1 / n[0][1] + 1 / n[1][0] + 1 / n[1][1]);
    assertThat(model.inference().interceptErrors().get(0)).isCloseTo(intercept, within(1e-9));
    assertThat(model.inference().standardErrors().get(0)).isCloseTo(slope, within(1e-9));
  }

  /** The same of three classes, whose coefficients are centred. */
  @Test
  void aTableOfThreeClassesHasTheErrorsOfItsClosedForm() {
    double[][] n = {{30, 17, 25}, {12, 41, 19}};
    List<double[]> rows = new ArrayList<>();
    for (int x = 0; x < 2; x++) {
      for (int y = 0; y < 3; y++) {
        rows.add(new double[] {x, y, n[x][y]});
      }
    }
    LogisticRegressionModel model =
        LOGISTIC.withClasses(3).weightedBy("n").fit(counted(rows.toArray(double[][]::new)));
    for (int k = 0; k < 3; k++) {
      double intercept = 0;
      double slope = 0;
      for (int j = 0; j < 3; j++) {
        double share = (j == k ? 1 : 0) - 1 / 3.0;
        intercept += share * share / n[0][j];
        slope += share * share * (1 / n[0][j] + 1 / n[1][j]);
      }
      Inference inference = model.inference();
      assertThat(inference.interceptErrors().get(k)).isCloseTo(Math.sqrt(intercept), within(1e-9));
      assertThat(inference.standardErrors().get(k)).isCloseTo(Math.sqrt(slope), within(1e-9));
      assertThat(model.tests(k)).hasSize(2);
    }
    double fitted = 0;
    for (int x = 0; x < 2; x++) {
      double all = n[x][0] + n[x][1] + n[x][2];
      for (int y = 0; y < 3; y++) {
        fitted -= 2 * n[x][y] * StrictMath.log(n[x][y] / all);
      }
    }
    assertThat(model.deviance()).isCloseTo(fitted, within(1e-9 * fitted));
    assertThat(model.aic()).isCloseTo(fitted + 8, within(1e-9 * fitted));
  }

  private Dataset random(int rows, int elements) {
    Schema schema = Schema.empty().with("x", DataType.vector(elements)).with("y", DataType.LONG);
    Random random = new Random(rows);
    List<Row> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double[] x = random.doubles(elements, -1, 1).toArray();
      x[elements - 1] = 4;
      all.add(Row.of(schema, x, (long) (x[0] + random.nextGaussian() > 0 ? 1 : 0)));
    }
    return session.read(Records.of(schema, all));
  }

  @Test
  void whatHasNoErrorsSaysWhy() {
    Dataset rows = random(60, 3);
    assertThat(LOGISTIC.withL2(.1).fit(rows).inference().standing()).isEqualTo(Standing.PENALISED);
    assertThat(LOGISTIC.withMostSteps(1).fit(rows).inference().standing())
        .isEqualTo(Standing.UNSETTLED);
    LogisticRegressionModel constant = LOGISTIC.fit(rows);
    assertThat(constant.inference().standing()).isEqualTo(Standing.KNOWN);
    assertThat(constant.inference().standardErrors().get(2)).isNaN();
    assertThat(constant.aic()).isEqualTo(constant.deviance() + 6);
    Dataset twice = random(60, 3).select(vector(col("x"), col("x")).as("x"), col("y"));
    LogisticRegressionModel shared = LOGISTIC.fit(twice);
    assertThat(shared.inference().standing()).isEqualTo(Standing.UNDETERMINED);
    assertThat(shared.tests(1)).isEmpty();
    assertThat(shared.aic()).isNaN();
    assertThat(shared.summary().toString()).contains("some elements follow from others");

    LinearRegression linear = LinearRegression.on("x").predicting("y").withoutIntercept();
    assertThat(linear.withL2(1).fit(rows).inference().standing()).isEqualTo(Standing.PENALISED);
    assertThat(linear.withL2(1).fit(rows).statistic()).isNaN();
    assertThat(linear.fit(random(3, 3)).inference().standing()).isEqualTo(Standing.NO_FREEDOM);
    assertThat(linear.fit(rows).summary().toString()).doesNotContain("No standard errors");
  }

  @Test
  void theRuleKnowsTheSizeOfTheProblemAlone() {
    assertThat(Information.isSoon(1, 64, Long.MAX_VALUE)).isTrue();
    assertThat(Information.isSoon(1, 65, 1_000_000)).isTrue();
    assertThat(Information.isSoon(1, 65, 1_100_000)).isFalse();
    assertThat(Information.isSoon(1, 1000, 4294)).isTrue();
    assertThat(Information.isSoon(1, 1001, 1002)).isFalse();
    // Of 999 margins and one coefficient each, 499,500 pairs.
    assertThat(Information.isSoon(999, 999, 1200)).isFalse();
    assertThat(Information.isSoon(64, 64, Long.MAX_VALUE)).isTrue();
    assertThat(Information.isSoon(65, 65, 66)).isFalse();
  }

  @Test
  void theCurveFallsFromTheBeginningToTheObjective() {
    LogisticRegressionModel model = LOGISTIC.fit(random(200, 3));
    List<Double> curve = model.objectives();
    assertThat(curve).hasSize(model.steps() + 1);
    assertThat(curve.get(curve.size() - 1)).isEqualTo(model.objective());
    assertThat(2 * 200 * curve.get(0)).isCloseTo(model.nullDeviance(), within(1e-9));
    for (int i = 1; i < curve.size(); i++) {
      assertThat(curve.get(i)).isLessThanOrEqualTo(curve.get(i - 1) + 1e-12);
    }
    KMeansModel clusters = KMeans.on("x").withClusters(4).withTolerance(0).fit(random(200, 3));
    assertThat(clusters.costs())
        .hasSize((int) clusters.supersteps())
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(clusters.costs().get(clusters.costs().size() - 1)).isEqualTo(clusters.cost());
  }

  @Test
  void errorsThatFitNoModelAreRefused() {
    assertThatThrownBy(() -> new Inference(Standing.KNOWN, List.of(-1.0), List.of(), 1, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new Inference(Standing.PENALISED, List.of(1.0), List.of(), 1, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Inference(Standing.KNOWN, List.of(), List.of(), 1, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new Inference(Standing.KNOWN, List.of(1.0), List.of(), Double.NaN, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    Inference two = new Inference(Standing.KNOWN, List.of(1.0, 2.0), List.of(1.0), 3, List.of());
    two.check(2, 1);
    assertThatThrownBy(() -> two.check(1, 1)).hasMessageContaining("2 standard errors");
    assertThatThrownBy(() -> two.check(1, 2)).hasMessageContaining("1 of intercepts");
  }
}
