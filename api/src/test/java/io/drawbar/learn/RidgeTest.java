package io.drawbar.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.io.Records;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Least squares with a penalty, against the closed form and the conditions of a minimum. */
class RidgeTest {
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

  private Dataset rows(double[][] rows) {
    int elements = rows[0].length - 1;
    Schema schema = Schema.empty().with("x", DataType.vector(elements)).with("y", DataType.DOUBLE);
    List<Row> list = new ArrayList<>();
    for (double[] row : rows) {
      list.add(Row.of(schema, Arrays.copyOf(row, elements), row[elements]));
    }
    return session.read(Records.of(schema, list));
  }

  private static double[][] sample(int count) {
    Random random = new Random(21);
    double[][] rows = new double[count][4];
    for (double[] row : rows) {
      row[0] = 30 + random.nextGaussian();
      row[1] = .9 * row[0] + random.nextGaussian();
      row[2] = 100 * random.nextGaussian();
      row[3] = row[0] - 2 * row[1] + .03 * row[2] + 5 + random.nextGaussian();
    }
    return rows;
  }

  /**
   * The same minimum as plain least squares with a row {@code sqrt(n l2) e_j} for each element,
   * whose label is 0, solved by EJML's Householder QR.
   */
  private static double[] closedForm(double[][] rows, double l2, boolean centred) {
    int n = rows.length;
    int d = rows[0].length - 1;
    DMatrixRMaj x = new DMatrixRMaj(n + d, d);
    DMatrixRMaj y = new DMatrixRMaj(n + d, 1);
    for (int j = 0; j <= d; j++) {
      double mean = 0;
      for (int i = 0; centred && i < n; i++) {
        mean += rows[i][j] / n;
      }
      for (int i = 0; i < n; i++) {
        (j < d ? x : y).set(i, j < d ? j : 0, rows[i][j] - mean);
      }
      if (j < d) {
        x.set(n + j, j, Math.sqrt(n * l2));
      }
    }
    DMatrixRMaj b = new DMatrixRMaj(d, 1);
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.leastSquares(n + d, d);
    assertThat(solver.setA(x)).isTrue();
    solver.solve(y, b);
    return b.getData();
  }

  private static void assertClose(LinearRegressionModel model, double[] expected) {
    for (int j = 0; j < expected.length; j++) {
      double scale = Math.max(1e-3, Math.abs(expected[j]));
      assertThat(model.coefficients().get(j)).isCloseTo(expected[j], within(1e-12 * scale));
    }
  }

  @Test
  void theClosedForm() {
    double[][] rows = sample(300);
    for (double l2 : new double[] {1e-6, .1, 1, 50}) {
      assertClose(TRAINER.withL2(l2).fit(rows(rows)), closedForm(rows, l2, true));
      assertClose(
          TRAINER.withoutIntercept().withL2(l2).fit(rows(rows)), closedForm(rows, l2, false));
    }
  }

  /** At the minimum the gradient is zero: mean of residuals, and of residuals times features. */
  @Test
  void theGradientIsZeroAtTheSolution() {
    double[][] rows = sample(500);
    double l2 = .7;
    LinearRegressionModel model = TRAINER.withL2(l2).fit(rows(rows));
    double[] gradient = new double[4];
    for (double[] row : rows) {
      double residual = row[3] - model.intercept();
      for (int j = 0; j < 3; j++) {
        residual -= model.coefficients().get(j) * row[j];
      }
      for (int j = 0; j < 3; j++) {
        gradient[j] -= residual * row[j] / rows.length;
      }
      gradient[3] -= residual / rows.length;
    }
    for (int j = 0; j < 3; j++) {
      gradient[j] += l2 * model.coefficients().get(j);
    }
    for (double partial : gradient) {
      assertThat(partial).isCloseTo(0, within(1e-11));
    }
  }

  @Test
  void standardisedIsThePenaltyOnScaledFeatures() {
    double[][] rows = sample(200);
    double[] variances = new double[3];
    for (int j = 0; j < 3; j++) {
      double sum = 0;
      for (double[] row : rows) {
        sum += row[j] / rows.length;
      }
      for (double[] row : rows) {
        variances[j] += (row[j] - sum) * (row[j] - sum) / rows.length;
      }
    }
    double[][] scaled = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      scaled[i] = rows[i].clone();
      for (int j = 0; j < 3; j++) {
        scaled[i][j] /= Math.sqrt(variances[j]);
      }
    }
    LinearRegressionModel onScaled = TRAINER.withL2(.3).fit(rows(scaled));
    LinearRegressionModel found = TRAINER.withL2(.3).standardised().fit(rows(rows));
    for (int j = 0; j < 3; j++) {
      assertThat(found.coefficients().get(j) * Math.sqrt(variances[j]))
          .isCloseTo(onScaled.coefficients().get(j), within(1e-12));
    }
    assertThat(found.intercept()).isCloseTo(onScaled.intercept(), within(1e-10));
    assertThat(TRAINER.standardised().fit(rows(rows)).coefficients())
        .isEqualTo(TRAINER.fit(rows(rows)).coefficients());
  }

  @Test
  void aPenaltyDeterminesWhatTheDataDoesNot() {
    // Twice the same element, and one that is constant: the share is even, the constant has none.
    double[][] rows = {{1, 1, 9, 3}, {2, 2, 9, 5}, {3, 3, 9, 7}};
    assertThatThrownBy(() -> TRAINER.fit(rows(rows))).isInstanceOf(TooFewRowsException.class);
    LinearRegressionModel model = TRAINER.withL2(.5).fit(rows(rows));
    // One element z = 2 x / sqrt(2): by hand b = (4/3) / (2 (2/3) + .5) = 8 / 11.
    assertThat(model.coefficients().get(0)).isCloseTo(8 / 11.0, within(1e-14));
    assertThat(model.coefficients().get(1)).isCloseTo(8 / 11.0, within(1e-14));
    assertThat(model.coefficients().get(2)).isZero();
    assertThat(model.intercept()).isCloseTo(5 - 2 * 16 / 11.0, within(1e-13));
    assertThat(model.residualStandardError()).isNaN();
  }

  @Test
  void aHugePenaltyLeavesTheMean() {
    double[][] rows = sample(100);
    LinearRegressionModel model = TRAINER.withL2(1e12).fit(rows(rows));
    double mean = 0;
    for (double[] row : rows) {
      mean += row[3] / rows.length;
    }
    assertThat(model.intercept()).isCloseTo(mean, within(1e-6));
    assertThat(model.rSquared()).isCloseTo(0, within(1e-6));
  }

  @Test
  void aPenaltyIsNotNegative() {
    for (double wrong : new double[] {-1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> TRAINER.withL2(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a penalty is 0 or more");
    }
    assertThat(TRAINER.withL2(.5).standardised())
        .hasToString("LinearRegression.on(\"x\").predicting(\"y\").withL2(0.5).standardised()");
  }
}
