package io.drawbar.learn;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.learn.PenalisedRows.Question;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Linear regression with a penalty on magnitudes. */
class LassoTest {
  private static final LinearRegression TRAINER = LinearRegression.on("x").predicting("y");

  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.block.rows", "13"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  /** REFERENCE.md, 'Linear': R glmnet as quoted in Spark's LinearRegressionSuite. */
  private static PenalisedRows published() {
    Random random = new Random(42);
    double[][] x = new double[10_000][2];
    for (double[] row : x) {
      row[0] = (random.nextDouble() - .5) * Math.sqrt(12 * .7) + .9;
      row[1] = (random.nextDouble() - .5) * Math.sqrt(12 * 1.2) - 1.3;
    }
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = 4.7 * x[i][0] + 7.2 * x[i][1] + 6.3 + .1 * random.nextGaussian();
    }
    return new PenalisedRows(x, y);
  }

  @Test
  void thePublishedSet() {
    LinearRegressionModel model = TRAINER.withL1(.57).fit(published().dataset(session));
    assertThat(model.intercept()).isCloseTo(6.416948, within(5e-7));
    assertThat(model.coefficients().get(0)).isCloseTo(3.893869, within(5e-7));
    assertThat(model.coefficients().get(1)).isCloseTo(6.724286, within(5e-7));
  }

  /**
   * With standardised features glmnet is quoted with 4.019605 and 6.679538, which Spark compares to
   * a hundredth: they are not the minimum, their slopes being .5744 and .5704 where .57 is the
   * penalty. The minimum is near by, and is one.
   */
  @Test
  void thePublishedSetStandardised() {
    PenalisedRows rows = published();
    LinearRegressionModel model = TRAINER.withL1(.57).standardised().fit(rows.dataset(session));
    double[] found = model.coefficients().stream().mapToDouble(v -> v).toArray();
    double[] quoted = {4.019605, 6.679538};
    Question question = new Question(true, PenaltyScale.STANDARDISED, .57, 0);
    assertThat(rows.unoptimal(found, question)).isLessThan(1e-14);
    assertThat(rows.unoptimal(quoted, question)).isBetween(1e-4, 1e-2);
    assertThat(found[0]).isCloseTo(quoted[0], within(1e-2));
    assertThat(found[1]).isCloseTo(quoted[1], within(1e-2));
    assertThat(model.intercept()).isCloseTo(6.242284, within(1e-2));
  }

  /** Columns at right angles: b = soft(c / n, l1) / (1 + l2), each for itself. */
  @Test
  void columnsAtRightAngles() {
    double[][] x = new double[8][7];
    double[] y = {3, -1, 4, 1, -5, 9, 2, -6};
    double[] products = new double[7];
    for (int i = 0; i < 8; i++) {
      for (int j = 0; j < 7; j++) {
        x[i][j] = Integer.bitCount(i & (j + 1)) % 2 == 0 ? 1 : -1; // Hadamard's matrix
        products[j] += x[i][j] * y[i] / 8;
      }
    }
    Dataset rows = new PenalisedRows(x, y).dataset(session);
    for (double l1 : new double[] {.25, 1, 2, 10}) {
      for (double l2 : new double[] {0, 1}) {
        LinearRegressionModel model = TRAINER.withL1(l1).withL2(l2).fit(rows);
        LinearRegressionModel same = TRAINER.withL1(l1).withL2(l2).standardised().fit(rows);
        for (int j = 0; j < 7; j++) {
          double over = Math.max(0, Math.abs(products[j]) - l1);
          double wanted = Math.signum(products[j]) * over / (1 + l2);
          assertThat(model.coefficients().get(j)).isCloseTo(wanted, within(1e-15));
          assertThat(same.coefficients().get(j)).isCloseTo(wanted, within(1e-15));
        }
        assertThat(model.intercept()).isCloseTo(7 / 8.0, within(1e-15));
      }
    }
    assertThat(TRAINER.withL1(10).fit(rows).coefficients()).containsOnly(0.0);
    assertThat(TRAINER.withL1(10).fit(rows).rSquared()).isZero();
  }

  @Test
  void theConditionsHoldForTheRowsThemselves() {
    PenalisedRows rows = PenalisedRows.random(3, 500, 12, 1);
    for (LinearRegression trainer :
        List.of(
            TRAINER.withL1(.3),
            TRAINER.withL1(.3).withoutIntercept(),
            TRAINER.withElasticNet(.5, .4).standardised(),
            TRAINER.withL1(.02).standardised().withoutIntercept())) {
      boolean centred = trainer.intercept() == Intercept.FITTED;
      Question question = new Question(centred, trainer.scale(), trainer.l1(), trainer.l2());
      LinearRegressionModel model = trainer.fit(rows.dataset(session));
      double[] b = model.coefficients().stream().mapToDouble(v -> v).toArray();
      assertThat(rows.unoptimal(b, question)).as(trainer.toString()).isLessThan(1e-14);
      double residual = 0;
      double squares = 0;
      int kept = centred ? 1 : 0;
      for (int i = 0; i < 500; i++) {
        double error = rows.y()[i] - model.intercept();
        for (int j = 0; j < 12; j++) {
          error -= b[j] * rows.x()[i][j];
        }
        residual += error / 500;
        squares += error * error;
      }
      for (double value : b) {
        kept += value == 0 ? 0 : 1;
      }
      if (centred) {
        assertThat(residual).isCloseTo(0, within(1e-13));
      } else {
        assertThat(model.intercept()).isZero();
      }
      assertThat(model.residualStandardError())
          .isCloseTo(Math.sqrt(squares / (500 - kept)), within(1e-12));
    }
  }

  /** The first of two that are the same is taken, and the larger of two that differ in unit. */
  @Test
  void ofDuplicatesTheFirstIsTaken() {
    PenalisedRows rows = PenalisedRows.random(9, 60, 7, 0);
    for (double[] row : rows.x()) {
      row[4] = row[0];
      row[5] = 3 * row[3];
      row[6] = 8;
    }
    for (double l1 : new double[] {.001, .01, .1}) {
      List<Double> found = TRAINER.withL1(l1).fit(rows.dataset(session)).coefficients();
      assertThat(found.get(0)).isNotZero();
      assertThat(found.get(3)).isZero();
      assertThat(found.get(5)).isNotZero();
      assertThat(List.of(found.get(4), found.get(6))).containsOnly(0.0);
      List<Double> scaled =
          TRAINER.withL1(l1).standardised().fit(rows.dataset(session)).coefficients();
      assertThat(scaled.get(0)).isNotZero();
      assertThat(List.of(scaled.get(4), scaled.get(6))).containsOnly(0.0);

      // With squares they share, as far as three times a column is that to the last digit.
      List<Double> shared =
          TRAINER.withElasticNet(l1, .5).standardised().fit(rows.dataset(session)).coefficients();
      assertThat(shared.get(4)).isCloseTo(shared.get(0), within(1e-13));
      assertThat(shared.get(3)).isCloseTo(3 * shared.get(5), within(1e-11));
      assertThat(shared.get(6)).isZero();
    }
  }

  @Test
  void withAPenaltyWhatIsConstantGetsZero() {
    PenalisedRows rows = PenalisedRows.random(2, 30, 3, 0);
    for (double[] row : rows.x()) {
      row[1] = .1;
    }
    for (LinearRegression trainer :
        List.of(TRAINER.withL1(.01), TRAINER.withL2(.5), TRAINER.withElasticNet(.1, .2))) {
      for (LinearRegression each : List.of(trainer, trainer.standardised())) {
        LinearRegressionModel model = each.fit(rows.dataset(session));
        assertThat(model.coefficients().get(1)).isZero();
        assertThat(model.coefficients().get(0)).isNotZero();
      }
    }
    LinearRegressionModel through =
        TRAINER.withL1(.01).standardised().withoutIntercept().fit(rows.dataset(session));
    assertThat(through.coefficients().get(1)).isNotZero();
  }

  @Test
  void moreElementsThanRows() {
    PenalisedRows rows = PenalisedRows.random(6, 5, 40, .5);
    LinearRegressionModel model = TRAINER.withL1(.001).fit(rows.dataset(session));
    assertThat(model.coefficients().stream().filter(b -> b != 0).count()).isBetween(1L, 4L);
    assertThat(model.rSquared()).isGreaterThan(.99);
    PenalisedRows one = new PenalisedRows(new double[][] {{1, 2, 3}}, new double[] {7});
    LinearRegressionModel only = TRAINER.withL1(.1).fit(one.dataset(session));
    assertThat(only.coefficients()).containsOnly(0.0);
    assertThat(only.intercept()).isEqualTo(7);
    assertThat(only.rSquared()).isNaN();
  }

  @Test
  void whatNeverWorksIsRefused() {
    for (double wrong : new double[] {-1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> TRAINER.withL1(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a penalty is 0 or more: withL2(0.01), not " + wrong);
      assertThatThrownBy(() -> TRAINER.withElasticNet(.1, wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> TRAINER.withElasticNet(.1, 1.5))
        .hasMessage("a share of magnitudes is 0 to 1, not 1.5");
    Dataset none = PenalisedRows.random(1, 5, 2, 0).dataset(session).where(col("y").gt(1e9));
    assertThatThrownBy(() -> TRAINER.withL1(.1).fit(none))
        .isInstanceOf(TooFewRowsException.class)
        .hasMessageContaining("withL1(0.1): there are no rows to learn from");
    PenalisedRows nan = PenalisedRows.random(1, 5, 2, 0);
    nan.x()[3][1] = Double.NaN;
    assertThatThrownBy(() -> TRAINER.withL1(.1).fit(nan.dataset(session)))
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("1 NaN in 'x[1]'");
    PenalisedRows far = PenalisedRows.random(1, 50, 2, 0);
    for (int i = 0; i < 50; i++) {
      far.x()[i][0] *= 0x1p-410;
      far.x()[i][1] *= 0x1p-410;
      far.y()[i] *= 0x1p480;
    }
    assertThat(TRAINER.withL1(1e-300).fit(far.dataset(session)).rSquared()).isBetween(0.0, 1.0);
    for (int i = 0; i < 50; i++) {
      far.y()[i] *= 0x1p15;
      far.x()[i][0] *= 0x1p-8;
      far.x()[i][1] *= 0x1p-8;
    }
    PenalisedRows beyond = new PenalisedRows(far.x(), far.y());
    for (LinearRegression trainer : List.of(TRAINER, TRAINER.withL1(1e-300).standardised())) {
      try {
        List<Double> found = trainer.fit(beyond.dataset(session)).coefficients();
        assertThat(found).allMatch(Double::isFinite);
      } catch (UnusableValueException e) {
        assertThat(e).hasMessageContaining("multiply");
      }
    }
    assertThat(TRAINER.withL1(.5).withL2(.25).standardised())
        .hasToString(
            "LinearRegression.on(\"x\").predicting(\"y\").withL1(0.5).withL2(0.25).standardised()");
  }

  @Test
  void hugePenaltiesLeaveTheMean() {
    PenalisedRows rows = PenalisedRows.random(4, 100, 5, 0);
    for (double huge : new double[] {1e6, 1e200, Double.MAX_VALUE}) {
      for (LinearRegression trainer :
          List.of(TRAINER.withL1(huge), TRAINER.withL1(.1).withL2(huge))) {
        for (LinearRegression each : List.of(trainer, trainer.standardised())) {
          LinearRegressionModel model = each.fit(rows.dataset(session));
          assertThat(model.coefficients()).allMatch(b -> Math.abs(b) < 1e-4);
          assertThat(model.rSquared()).isCloseTo(0, within(1e-4));
        }
      }
    }
  }

  @Test
  void theModelHasTheSameBitsEverywhere() {
    PenalisedRows rows = PenalisedRows.random(11, 3000, 10, 1);
    for (LinearRegression trainer :
        List.of(TRAINER.withL1(.2), TRAINER.withElasticNet(.3, .5).standardised())) {
      assertThat(
              new HashSet<>(
                  Vectors.everywhere(s -> trainer.fit(rows.dataset(s)).fingerprint()).values()))
          .hasSize(1);
    }
  }

  @Test
  void sparseFeaturesGiveTheBitsOfDenseOnes() {
    List<LinearRegressionModel> models = new ArrayList<>();
    List<RegularisationPathModel> paths = new ArrayList<>();
    for (Dataset form : Vectors.bothForms(session, 400)) {
      Dataset labelled = form.withColumn("y", dot(col("x"), 1, -2, .5, 3, 0, 0, -1));
      models.add(TRAINER.withL1(.05).standardised().fit(labelled));
      paths.add(TRAINER.path(10).fit(labelled));
    }
    assertThat(models.get(1).coefficients()).isEqualTo(models.get(0).coefficients());
    assertThat(models.get(1).intercept()).isEqualTo(models.get(0).intercept());
    assertThat(paths.get(1).coefficients()).isEqualTo(paths.get(0).coefficients());
    assertThat(paths.get(1).penalties()).isEqualTo(paths.get(0).penalties());
    assertThat(paths.get(1).intercepts()).isEqualTo(paths.get(0).intercepts());
    // A category that no row has.
    assertThat(models.get(0).coefficients().get(5)).isZero();
  }
}
