package io.drawbar.learn;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.io.Records;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import io.drawbar.type.UnknownColumnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What no classifier can be fitted to is named, with the way out. */
class LogisticErrorsTest {
  private static final LogisticRegression TRAINER = LogisticRegression.on("x").predicting("y");
  private static final Schema SCHEMA =
      Schema.empty().with("x", DataType.vector(2)).with("y", DataType.DOUBLE);

  private Session session;
  private final List<Row> rows = new ArrayList<>();

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.block.rows", "5"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private LogisticErrorsTest with(Double a, Double b, Double y) {
    double[] x = a == null || b == null ? null : new double[] {a, b};
    rows.add(Row.of(SCHEMA, x, y));
    return this;
  }

  private Dataset data() {
    return session.read(Records.of(SCHEMA, rows));
  }

  private AbstractThrowableAssert<?, ?> refused(LogisticRegression trainer) {
    return assertThatThrownBy(() -> trainer.fit(data()));
  }

  private LogisticErrorsTest mixed() {
    for (int i = 0; i < 20; i++) {
      with(i * .5, 3.0 - i % 3, i % 4 == 0 ? 1.0 : 0.0);
    }
    return this;
  }

  @Test
  void valuesThatAreNone() {
    mixed().with(Double.NaN, 1.0, 0.0).with(null, null, 1.0).with(1.0, 1.0, null);
    with(1.0, Double.NEGATIVE_INFINITY, 1.0).with(0.0, 0.0, Double.NaN);
    refused(TRAINER)
        .isInstanceOf(UnusableValueException.class)
        .hasMessage(
            "LogisticRegression.on(\"x\").predicting(\"y\"): 5 of 25 rows cannot be learned from:"
                + " 1 null in 'x', 1 null in 'y', 1 NaN in 'x[0]',"
                + " 1 infinite in 'x[1]', 1 NaN in 'y'. Leave them out with"
                + " where(col(\"x\").isNotNull()) and where(col(\"y\").isNotNull()) and"
                + " where(col(\"x\").gt(Double.NEGATIVE_INFINITY)"
                + ".and(col(\"x\").lt(Double.POSITIVE_INFINITY))) for each such column before it"
                + " is assembled (NaN counts as greatest)");
  }

  @Test
  void notANumberInAColumnThatWasAssembled() {
    mixed();
    Dataset assembled =
        data()
            .withColumn("age", col("y"))
            .withColumn("income", col("y").times(Double.NaN))
            .withColumn("features", vector(col("age"), col("income")));
    assertThatThrownBy(() -> LogisticRegression.on("features").predicting("y").fit(assembled))
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("20 NaN in 'income'. Leave them out with where(col(\"income\").gt(")
        .hasMessageEndingWith(". Or have Imputer.on(\"income\") fill NaN before");
  }

  @Test
  void labelsThatAreNoClass() {
    mixed().with(1.0, 1.0, 2.0).with(1.0, 1.0, 2.0);
    refused(TRAINER)
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("2 labels in 'y' are none of 0 to 1, from 2.0 to 2.0.")
        .hasMessageContaining("withClasses(3)")
        .hasMessageContaining("StringIndexer.on(\"y\")");
    with(1.0, 1.0, -.5);
    refused(TRAINER).hasMessageContaining("3 labels").hasMessageNotContaining("withClasses");
  }

  @Test
  void oneClassAndNoRows() {
    refused(TRAINER).isInstanceOf(TooFewRowsException.class).hasMessageContaining("no rows");
    with(1.0, 2.0, 1.0).with(2.0, 2.0, 1.0);
    refused(TRAINER)
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("of 2 rows none has label 0 in 'y', all are of class 1");
    mixed();
    refused(TRAINER.withClasses(4)).hasMessageContaining("none has label 2, 3 in 'y'");
  }

  @Test
  void weightsBelowZero() {
    Schema schema = SCHEMA.with("w", DataType.LONG);
    List<Row> weighted = new ArrayList<>();
    mixed();
    for (Row row : rows) {
      weighted.add(Row.of(schema, row.value(0), row.value(1), weighted.isEmpty() ? -1L : 1L));
    }
    Dataset data = session.read(Records.of(schema, weighted));
    assertThatThrownBy(() -> TRAINER.weightedBy("w").fit(data))
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("1 weights in 'w' are null, NaN, infinite or less than 0");
    List<Row> zero = new ArrayList<>();
    rows.forEach(
        r -> zero.add(Row.of(schema, r.value(0), r.value(1), r.value(1).equals(1.0) ? 0L : 1L)));
    Dataset none = session.read(Records.of(schema, zero));
    assertThatThrownBy(() -> TRAINER.weightedBy("w").fit(none))
        .hasMessageContaining("of 20 rows with a weight above 0 none has label 1");
  }

  /** What is masked by a weight of 0 may be anything that is finite. */
  @Test
  void rowsWithoutWeightCountForNothing() {
    Schema schema = SCHEMA.with("w", DataType.DOUBLE);
    List<Row> all = new ArrayList<>();
    List<Row> some = new ArrayList<>();
    Random random = new Random(8);
    for (int i = 0; i < 200; i++) {
      double[] x = {random.nextDouble(), random.nextDouble()};
      Row row = Row.of(schema, x, x[0] + random.nextDouble() > 1 ? 1.0 : 0.0, 1.0);
      all.add(row);
      some.add(row);
      double far = i % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE;
      all.add(Row.of(schema, new double[] {.5, far}, 1.0, 0.0));
    }
    LogisticRegression trainer = TRAINER.weightedBy("w");
    LogisticRegressionModel found = trainer.fit(session.read(Records.of(schema, all)));
    LogisticRegressionModel wanted = trainer.fit(session.read(Records.of(schema, some)));
    assertThat(found.steepness()).isLessThan(1e-6);
    for (int j = 0; j < 2; j++) {
      assertThat(found.coefficients().get(j))
          .isCloseTo(wanted.coefficients().get(j), org.assertj.core.api.Assertions.within(1e-5));
    }
  }

  @Test
  void classesThatAreTold() {
    for (int i = 0; i < 20; i++) {
      with(i * .5, 3.0 - i % 3, i < 8 ? 1.0 : 0.0);
    }
    refused(TRAINER)
        .isInstanceOf(SeparableClassesException.class)
        .hasMessageContaining("'x' tells the classes in 'y' apart without error")
        .hasMessageContaining("withL2(0.01)");
    LogisticRegressionModel model = TRAINER.withL2(.001).fit(data());
    assertThat(model.coefficients()).allMatch(Double::isFinite);
    assertThat(model.steepness()).isLessThan(1e-6);
    rows.replaceAll(r -> Row.of(SCHEMA, r.value(0), (double) (int) (r.doubleValue("y") * 2)));
    with(9.0, 100.0, 1.0);
    refused(TRAINER.withClasses(3)).isInstanceOf(SeparableClassesException.class);
  }

  @Test
  void constantAndDuplicateElementsHaveAnAnswer() {
    for (int i = 0; i < 40; i++) {
      double x = i % 7;
      with(x, x, i % 3 == 0 || x > 4 ? 1.0 : 0.0);
    }
    LogisticRegressionModel twice = TRAINER.withTolerance(1e-8).fit(data());
    double first = twice.coefficients().get(0);
    assertThat(first).isNotZero().isFinite();
    assertThat(twice.coefficients().get(1))
        .isCloseTo(first, org.assertj.core.api.Assertions.within(1e-14));
    rows.replaceAll(r -> Row.of(SCHEMA, new double[] {((double[]) r.value(0))[0], 5}, r.value(1)));
    LogisticRegressionModel constant = TRAINER.withTolerance(1e-8).fit(data());
    assertThat(constant.coefficients().get(1)).isZero();
    assertThat(constant.coefficients().get(0))
        .isCloseTo(2 * first, org.assertj.core.api.Assertions.within(1e-5));
  }

  @Test
  void columnsThatAreNotThereOrOfAnotherType() {
    mixed();
    assertThatThrownBy(() -> TRAINER.predicting("z").fit(data()))
        .isInstanceOf(UnknownColumnException.class);
    assertThatThrownBy(() -> LogisticRegression.on("y").predicting("x").fit(data()))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("features are one vector column");
    Dataset texts = data().withColumn("name", io.drawbar.expr.Functions.lit("a"));
    assertThatThrownBy(() -> TRAINER.predicting("name").fit(texts))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("StringIndexer.on(\"name\")");
    assertThatThrownBy(() -> TRAINER.weightedBy("name").fit(texts))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("a weight is LONG or DOUBLE");
  }

  @Test
  void parametersThatMakeNoSense() {
    assertThatThrownBy(() -> TRAINER.withL2(-1)).hasMessageContaining("withL2(0.01), not -1.0");
    assertThatThrownBy(() -> TRAINER.withL1(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> TRAINER.withElasticNet(1, 2)).hasMessageContaining("not 2.0");
    assertThatThrownBy(() -> TRAINER.withClasses(1)).hasMessageContaining("2 to 1000");
    assertThatThrownBy(() -> TRAINER.predicting("x")).hasMessageContaining("columns of their own");
    assertThatThrownBy(() -> TRAINER.withTolerance(0)).hasMessageContaining("tolerance");
    assertThat(TRAINER.withElasticNet(.5, .5).withClasses(3).standardised().weightedBy("w"))
        .hasToString(
            "LogisticRegression.on(\"x\").predicting(\"y\").weightedBy(\"w\").withClasses(3)"
                + ".withL1(0.25).withL2(0.25).standardised()");
  }

  @Test
  void valuesWhoseSquaresOverflow() {
    mixed().with(1e300, 1.0, 1.0);
    refused(TRAINER)
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("values of 'x[0]' are so large")
        .hasMessageContaining("multiply them by a constant");
  }
}
