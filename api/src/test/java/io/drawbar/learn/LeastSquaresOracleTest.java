package io.drawbar.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Records;
import io.drawbar.testkit.SharedData;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.junit.jupiter.api.Test;

/** Against EJML's QR on the whole matrix, whose error is that of the data's rounding. */
class LeastSquaresOracleTest {

  @Test
  void agreesWithQrOnRandomSets() {
    for (long seed = 1; seed <= 60; seed++) {
      Random random = new Random(seed);
      int elements = 1 + random.nextInt(25);
      int rows = elements + 2 + random.nextInt(400);
      double[][] x = new double[rows][elements];
      double[] y = new double[rows];
      double[] offset = random.doubles(elements, -50, 50).toArray();
      for (int i = 0; i < rows; i++) {
        double common = random.nextGaussian();
        for (int j = 0; j < elements; j++) {
          x[i][j] = offset[j] + Math.scalb(random.nextGaussian() + common, j % 7 - 3);
          y[i] += x[i][j] * (j % 3 - 1);
        }
        y[i] += random.nextGaussian();
      }
      check(x, y, true, "seed " + seed);
      check(x, y, false, "seed " + seed);
    }
  }

  @Test
  void agreesWithQrOnWhiteWine() throws IOException {
    Optional<Path> file = SharedData.file("winequality-white.csv");
    assumeTrue(file.isPresent(), SharedData.MISSING);
    List<String> lines = Files.readAllLines(file.get());
    double[][] x = new double[lines.size()][];
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double[] values =
          Arrays.stream(lines.get(i).split(",")).mapToDouble(Double::parseDouble).toArray();
      x[i] = Arrays.copyOf(values, values.length - 1);
      y[i] = values[values.length - 1];
    }
    LinearRegressionModel model = check(x, y, true, "white wine");

    assertThat(model.rows()).isEqualTo(4898);
    // R, lm(quality ~ .): multiple R-squared 0.2819, residual standard error 0.7514.
    assertThat(model.rSquared()).isCloseTo(.2819, within(5e-5));
    assertThat(model.residualStandardError()).isCloseTo(.7514, within(5e-5));
  }

  private static LinearRegressionModel check(
      double[][] x, double[] y, boolean intercept, String which) {
    double[] expected = qr(x, y, intercept);
    LinearRegressionModel model = fit(x, y, intercept);
    int elements = x[0].length;
    double[] found =
        Arrays.copyOf(model.coefficients().stream().mapToDouble(v -> v).toArray(), elements + 1);
    found[elements] = model.intercept();
    double scale = 0;
    for (double value : expected) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int j = 0; j < expected.length; j++) {
      assertThat(found[j])
          .as("%s, coefficient %d", which, j)
          .isCloseTo(expected[j], within(scale * 1e-9));
    }
    return model;
  }

  private static LinearRegressionModel fit(double[][] x, double[] y, boolean intercept) {
    int elements = x[0].length;
    Schema schema = Schema.empty().with("x", DataType.vector(elements)).with("y", DataType.DOUBLE);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < y.length; i++) {
      rows.add(Row.of(schema, x[i], y[i]));
    }
    LinearRegression trainer = LinearRegression.on("features").predicting("y");
    try (Session session = Session.open(Config.of("drawbar.block.rows", "100"))) {
      return (intercept ? trainer : trainer.withoutIntercept())
          .fit(session.read(Records.of(schema, rows)).transform(VectorAssembler.of("x")));
    }
  }

  private static double[] qr(double[][] x, double[] y, boolean intercept) {
    int elements = x[0].length;
    int columns = elements + (intercept ? 1 : 0);
    DMatrixRMaj matrix = new DMatrixRMaj(x.length, columns);
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < columns; j++) {
        matrix.set(i, j, j < elements ? x[i][j] : 1);
      }
    }
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.qr(x.length, columns);
    assertThat(solver.setA(matrix)).isTrue();
    DMatrixRMaj solution = new DMatrixRMaj(columns, 1);
    solver.solve(DMatrixRMaj.wrap(y.length, 1, y), solution);
    return Arrays.copyOf(solution.data, columns);
  }
}
