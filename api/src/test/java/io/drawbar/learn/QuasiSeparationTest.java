package io.drawbar.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.io.Records;
import io.drawbar.learn.Inference.Standing;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Coefficients that have no finite maximum are told from large ones that have. */
class QuasiSeparationTest {
  private static final LogisticRegression TRAINER = LogisticRegression.on("x").predicting("y");

  @TempDir private Path scratch;
  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.block.rows", "50"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  /** Rows: elements, label, weight. */
  private static Dataset dataset(Session session, List<double[]> rows) {
    int elements = rows.get(0).length - 2;
    Schema schema =
        Schema.empty()
            .with("x", DataType.vector(elements))
            .with("y", DataType.LONG)
            .with("w", DataType.DOUBLE);
    List<Row> list = new ArrayList<>();
    for (double[] row : rows) {
      double[] x = Arrays.copyOf(row, elements);
      list.add(Row.of(schema, x, (long) row[elements], row[elements + 1]));
    }
    return session.read(Records.of(schema, list));
  }

  private Dataset dataset(List<double[]> rows) {
    return dataset(session, rows);
  }

  /** A number that says something of the class, and a category that has rows of one class only. */
  private static List<double[]> category(int rows, int ofCategory, int classes) {
    Random random = new Random(rows);
    List<double[]> list = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double x = 20 + random.nextGaussian();
      int label = (int) Math.min(classes - 1, Math.floor(random.nextDouble() * classes));
      label = random.nextDouble() < .3 ? (x > 20 ? 1 : 0) : label;
      boolean isIn = i % (rows / ofCategory) == 7;
      list.add(new double[] {x, isIn ? 1 : 0, isIn ? Math.min(1, label) : label, 1});
    }
    if (classes == 2) {
      list.forEach(row -> row[2] = row[1] == 1 ? 1 : row[2]);
    }
    return list;
  }

  /** In the limit, the others' errors are those without the rows of the category. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-4, 1e-6, 1e-8})
  void aCategoryWithOneClass(double tolerance) {
    List<double[]> rows = category(400, 10, 2);
    LogisticRegressionModel model = TRAINER.withTolerance(tolerance).fit(dataset(rows));
    assertThat(model.unbounded()).containsExactly("x[1]");
    assertThat(model.inference().standing()).isEqualTo(Standing.KNOWN);
    assertThat(model.inference().standardErrors().get(1)).isInfinite();
    CoefficientTest test = model.tests(1).get(2);
    assertThat(test.statistic()).isZero();
    assertThat(test.probability()).isEqualTo(1);
    rows.removeIf(row -> row[1] == 1);
    LogisticRegressionModel others = TRAINER.withTolerance(1e-10).fit(dataset(rows));
    assertThat(others.unbounded()).isEmpty();
    double error = others.inference().standardErrors().get(0);
    assertThat(model.inference().standardErrors().get(0)).isCloseTo(error, within(error * .01));
    double intercept = others.inference().interceptErrors().get(0);
    assertThat(model.inference().interceptErrors().get(0))
        .isCloseTo(intercept, within(intercept * .01));
  }

  @Test
  void itIsSaidWhereverTheModelIsPrinted() {
    LogisticRegressionModel model = TRAINER.fit(dataset(category(400, 10, 2)));
    String said = "What has an infinite standard error, 'x[1]', may have no finite coefficient";
    assertThat(model.toString()).contains(said);
    assertThat(model.summary().toString()).contains(said).contains("\u221e");
    assertThat(model.summary().html()).contains("may have no finite coefficient");
    model.save(scratch.resolve("model.zip"));
    Model again = Model.load(scratch.resolve("model.zip"));
    assertThat(again).isEqualTo(model);
    assertThat(((LogisticRegressionModel) again).unbounded()).containsExactly("x[1]");
  }

  /** All below 3 are of one class, all above of the other, and at 3 there are both. */
  private static List<double[]> tied() {
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      double x = i % 7;
      rows.add(new double[] {x, i % 3, x < 3 ? 0 : x > 3 ? 1 : i % 2, 1});
    }
    return rows;
  }

  @Test
  void aValueAtWhichClassesMeet() {
    LogisticRegressionModel model = TRAINER.fit(dataset(tied()));
    assertThat(model.unbounded()).containsExactly("intercept", "x[0]");
    assertThat(TRAINER.weightedBy("w").fit(dataset(tied())).unbounded())
        .isEqualTo(model.unbounded());
    List<double[]> about = tied();
    about.forEach(row -> row[0] -= 3);
    assertThat(TRAINER.fit(dataset(about)).unbounded()).containsExactly("x[0]");
    assertThat(TRAINER.withoutIntercept().fit(dataset(about)).unbounded()).containsExactly("x[0]");
  }

  /** One row on the other side, and there is a maximum, however far. */
  @Test
  void nearlyTiedClassesHaveAMaximum() {
    List<double[]> rows = tied();
    rows.add(new double[] {3.1, 1, 0, 1});
    rows.add(new double[] {2.9, 1, 1, 1});
    LogisticRegressionModel model = TRAINER.fit(dataset(rows));
    assertThat(model.unbounded()).isEmpty();
    assertThat(model.coefficients().get(0)).isGreaterThan(2);
    assertThat(model.inference().standardErrors()).allMatch(Double::isFinite);
    assertThat(model.toString()).doesNotContain("infinite");
  }

  /** Of 20,000 rows of a category one is of the other class: log(19999) is finite. */
  @Test
  void aCategoryWithHardlyAnyRowOfAnotherClass() {
    List<double[]> rows = category(400, 10, 2);
    rows.forEach(row -> row[3] = row[1] == 1 ? 2_000 : 100);
    rows.add(new double[] {20, 1, 0, 1});
    LogisticRegressionModel model = TRAINER.weightedBy("w").fit(dataset(rows));
    assertThat(model.unbounded()).isEmpty();
    assertThat(model.inference().standardErrors().get(1)).isCloseTo(1, within(.1));
  }

  @Test
  void aCategoryWithoutOneOfThreeClasses() {
    List<double[]> rows = category(600, 12, 3);
    LogisticRegressionModel model = TRAINER.withClasses(3).fit(dataset(rows));
    assertThat(model.unbounded()).containsExactly("x[1]");
    assertThat(model.tests(2).get(1).standardError()).isFinite();
    rows.add(new double[] {20, 1, 2, 1});
    LogisticRegressionModel bounded = TRAINER.withClasses(3).fit(dataset(rows));
    assertThat(bounded.unbounded()).isEmpty();
  }

  /** All categories have an indicator, so that they follow from each other. */
  @Test
  void elementsThatFollowFromEachOtherAsWell() {
    List<double[]> rows = new ArrayList<>();
    for (double[] row : category(400, 10, 2)) {
      rows.add(new double[] {row[0], row[1], 1 - row[1], row[2], 1});
    }
    assertThat(TRAINER.fit(dataset(rows)).inference().standing()).isEqualTo(Standing.UNBOUNDED);
    rows.add(new double[] {20, 1, 0, 0, 1});
    assertThat(TRAINER.fit(dataset(rows)).inference().standing()).isEqualTo(Standing.UNDETERMINED);
  }

  @Test
  void aPenaltyGivesEachACoefficient() {
    LogisticRegressionModel model = TRAINER.withL2(.01).fit(dataset(category(400, 10, 2)));
    assertThat(model.unbounded()).isEmpty();
    assertThat(model.inference().standing()).isEqualTo(Standing.PENALISED);
  }

  /** Labels with noise, features with outliers: there is a maximum, and nothing else is said. */
  @Test
  void maximaAreNotTakenForNone() {
    for (int run = 0; run < 60; run++) {
      Random random = new Random(run);
      int rows = 60 + 20 * run;
      List<double[]> list = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        double a = random.nextGaussian();
        double b = random.nextGaussian();
        b = b * b * b * b * b;
        double c = random.nextDouble() < .1 ? 1 : 0;
        double z = 2 * a + b / 5 - c;
        int label = random.nextDouble() < 1 / (1 + StrictMath.exp(-z)) ? 1 : 0;
        label = random.nextInt(20) == 0 ? random.nextInt(2) : label;
        label = run % 2 == 1 && random.nextInt(3) == 0 ? 2 : label;
        list.add(new double[] {a, b, c, label, 1 + random.nextInt(3)});
      }
      // Each class with and without the category, on both sides of the rest.
      for (int k = 0; k < 4 * (run % 2 + 2); k++) {
        list.add(new double[] {k % 4 < 2 ? -4 : 4, k % 4 < 2 ? -900 : 900, k % 2, k / 4, 1});
      }
      LogisticRegression trainer = run % 2 == 1 ? TRAINER.withClasses(3) : TRAINER;
      trainer = run % 3 == 1 ? trainer.weightedBy("w") : trainer;
      assertThat(trainer.fit(dataset(list)).unbounded()).as("run %s", run).isEmpty();
    }
  }

  @Test
  void theBitsAreTheSameEverywhere() {
    List<double[]> rows = category(600, 12, 3);
    assertThat(
            new HashSet<>(
                Vectors.everywhere(s -> TRAINER.withClasses(3).fit(dataset(s, rows)).fingerprint())
                    .values()))
        .hasSize(1);
  }
}
