package io.drawbar.learn;

import static io.drawbar.expr.Functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Records;
import io.drawbar.type.UnknownColumnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinearRegressionErrorsTest {
  private static final LinearRegression TRAINER = LinearRegression.on("features").predicting("y");

  record Point(Double a, Double b, Double c, Double y, String name) {}

  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.block.rows", "10"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private static List<Point> points(int count) {
    Random random = new Random(3);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      points.add(
          new Point(
              random.nextGaussian(), random.nextDouble() + 40, random.nextDouble(), i * .5, "p"));
    }
    return points;
  }

  private Dataset dataset(List<Point> points) {
    return session.read(Records.of(points, Point.class));
  }

  private Dataset assembled(List<Point> points) {
    return dataset(points).transform(VectorAssembler.of("a", "b", "c"));
  }

  @Test
  void columnsAreCheckedBeforeAnythingRuns() {
    List<String> ran = new ArrayList<>();
    session.listen(report -> ran.add(report.name()));
    Dataset points = assembled(points(20));

    assertThatThrownBy(() -> TRAINER.predicting("z").fit(points))
        .isInstanceOf(UnknownColumnException.class)
        .hasMessageStartingWith(
            "LinearRegression.on(\"features\").predicting(\"z\"): no column 'z'; the columns are:"
                + " a");
    assertThatThrownBy(() -> LinearRegression.on("feature").predicting("y").fit(points))
        .isInstanceOf(UnknownColumnException.class)
        .hasMessageContaining("Did you mean 'features'?");
    assertThatThrownBy(() -> LinearRegression.on("a").predicting("y").fit(points))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("column 'a' is DOUBLE, but features are one vector column")
        .hasMessageContaining("VectorAssembler.of(\"a\")");
    assertThatThrownBy(() -> TRAINER.predicting("name").fit(points))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("column 'name' is STRING, but a label is LONG, DOUBLE or BOOLEAN");
    assertThat(ran).isEmpty();
    assertThatThrownBy(() -> LinearRegression.on("y").predicting("y"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noRowsAndTooFewRows() {
    Dataset none = assembled(points(20)).where(col("y").lt(0));
    assertThatThrownBy(() -> TRAINER.fit(none))
        .isInstanceOf(TooFewRowsException.class)
        .hasMessageContaining("no rows");

    TooFewRowsException few =
        catchThrowableOfType(TooFewRowsException.class, () -> TRAINER.fit(assembled(points(3))));
    assertThat(few)
        .hasMessageContaining("3 rows do not determine 4 coefficients (with the intercept)");
    assertThat(few.rows()).isEqualTo(3);
    assertThat(TRAINER.withoutIntercept().fit(assembled(points(3))).rows()).isEqualTo(3);
    assertThat(TRAINER.fit(assembled(points(4))).residualStandardError()).isNaN();
  }

  @Test
  void valuesThatCannotBeUsedAreCountedByKindAndPlace() {
    List<Point> points = points(50);
    points.set(3, new Point(null, 1.0, 2.0, 3.0, ""));
    points.set(4, new Point(null, 1.0, null, null, ""));
    points.set(17, new Point(Double.NaN, Double.NEGATIVE_INFINITY, 2.0, 3.0, ""));
    points.set(18, new Point(1.0, Double.POSITIVE_INFINITY, 2.0, 3.0, ""));
    points.set(49, new Point(1.0, 1.0, 2.0, Double.NaN, ""));

    assertThatThrownBy(() -> TRAINER.fit(assembled(points)))
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining(
            "5 of 50 rows cannot be learned from: 2 null in 'a', 1 null in 'c', 1 null in 'y', 1 NaN in"
                + " 'a', 2 infinite in 'b', 1 NaN in 'y'.")
        .hasMessageContaining(
            "where(col(\"a\").isNotNull().and(col(\"c\").isNotNull())) before 'features' is made")
        .hasMessageEndingWith(
            ", or fill them in: Imputer.on(\"a\", \"c\") as a first stage of the pipeline")
        .hasMessageContaining("where(col(\"y\").isNotNull())");
  }

  @Test
  void theWayOutOfNullsAndInfinitiesWorks() {
    List<Point> points = points(50);
    points.set(3, new Point(null, 1.0, 2.0, 3.0, ""));
    points.set(17, new Point(1.0, Double.NaN, 2.0, 3.0, ""));
    points.set(18, new Point(1.0, Double.NEGATIVE_INFINITY, 2.0, 3.0, ""));
    Dataset cleaned =
        dataset(points)
            .where(col("b").gt(Double.NEGATIVE_INFINITY).and(col("b").lt(Double.POSITIVE_INFINITY)))
            .transform(VectorAssembler.of("a", "b", "c"))
            .where(col("features").isNotNull());

    assertThat(TRAINER.fit(cleaned).rows()).isEqualTo(47);
  }

  @Test
  void constantColumnsAreAllNamed() {
    for (double constant : new double[] {0, .1, -1e9 / 3, 1e100}) {
      Dataset points =
          dataset(points(100))
              .withColumn("b", col("b").times(0).plus(constant))
              .withColumn("c", col("c").times(0).plus(7))
              .transform(VectorAssembler.of("a", "b", "c"));

      SingularMatrixException error =
          catchThrowableOfType(SingularMatrixException.class, () -> TRAINER.fit(points));
      assertThat(error)
          .hasMessage(
              TRAINER
                  + ": 'b' and 'c' are constant, and beside an intercept they say nothing; leave them"
                  + " out of the vector");
      assertThat(error.element()).isEqualTo(1);
      assertThat(error.pivot()).isZero();
    }
  }

  @Test
  void aConstantColumnIsFineWithoutAnInterceptAndAZeroColumnIsNot() {
    Dataset ones = dataset(points(50)).withColumn("b", col("b").times(0).plus(1));
    LinearRegressionModel through =
        TRAINER.withoutIntercept().fit(ones.transform(VectorAssembler.of("a", "c", "b")));
    LinearRegressionModel usual = TRAINER.fit(ones.transform(VectorAssembler.of("a", "c")));
    assertThat(Longley.digits(through.coefficients().get(2), usual.intercept())).isGreaterThan(12);

    Dataset zero = ones.withColumn("b", col("b").times(0));
    assertThatThrownBy(
            () -> TRAINER.withoutIntercept().fit(zero.transform(VectorAssembler.of("a", "b", "c"))))
        .isInstanceOf(SingularMatrixException.class)
        .hasMessageContaining(
            ": 'b' is zero in every row: it says nothing; leave it out of the vector");
  }

  @Test
  void duplicatesAndSumsAreNamedWithWhatTheyFollowFrom() {
    Dataset twice =
        dataset(points(100))
            .withColumn("d", col("b"))
            .transform(VectorAssembler.of("a", "b", "c", "d"));
    SingularMatrixException error =
        catchThrowableOfType(SingularMatrixException.class, () -> TRAINER.fit(twice));
    assertThat(error)
        .hasMessageStartingWith(TRAINER + ": 'd' follows from 'b': ")
        .hasMessageEndingWith(
            " of its variance is left unexplained, and less than 1e-10 does not determine the"
                + " coefficients; leave one of them out of the vector");
    assertThat(error.element()).isEqualTo(3);
    assertThat(error.pivot()).isLessThan(1e-12);

    Dataset sum =
        dataset(points(100))
            .withColumn("d", col("a").times(3).minus(col("c")).plus(11))
            .transform(VectorAssembler.of("a", "b", "c", "d"));
    assertThatThrownBy(() -> TRAINER.fit(sum))
        .isInstanceOf(SingularMatrixException.class)
        .hasMessageContaining(": 'd' follows from 'a' and 'c': ");
  }

  @Test
  void nearlyCollinearColumnsAreFitted() {
    // What c adds to a has a standard deviation of 3e-4 / sqrt(12): a share of 7.5e-9, not 1e-10.
    Dataset near =
        dataset(points(1000))
            .withColumn("d", col("a").plus(col("c").times(3e-4)))
            .transform(VectorAssembler.of("a", "b", "d"));

    assertThat(TRAINER.fit(near).rows()).isEqualTo(1000);
  }

  @Test
  void magnitudesWhoseSquaresAreNoDoublesAreNamed() {
    for (double factor : new double[] {1e300, -1e200, 1e155}) {
      Dataset large =
          dataset(points(100))
              .withColumn("c", col("c").times(factor))
              .transform(VectorAssembler.of("a", "b", "c"));
      assertThatThrownBy(() -> TRAINER.fit(large))
          .isInstanceOf(UnusableValueException.class)
          .hasMessageContaining("values of 'c' are so large");
    }
    Dataset small =
        dataset(points(100))
            .withColumn("a", col("a").times(1e-200))
            .transform(VectorAssembler.of("a", "b", "c"));
    assertThatThrownBy(() -> TRAINER.fit(small))
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("values of 'a' are so small");
    Dataset label = assembled(points(100)).withColumn("y", col("y").times(1e-170));
    assertThatThrownBy(() -> TRAINER.fit(label))
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("values of 'y' are so small");
  }

  @Test
  void unitsDoNotMatter() {
    LinearRegressionModel plain = TRAINER.fit(assembled(points(100)));
    Dataset scaled =
        dataset(points(100))
            .withColumn("a", col("a").times(0x1p400))
            .withColumn("c", col("c").times(0x1p-400))
            .transform(VectorAssembler.of("a", "b", "c"));
    LinearRegressionModel model = TRAINER.fit(scaled);

    assertThat(model.coefficients().get(0)).isEqualTo(plain.coefficients().get(0) * 0x1p-400);
    assertThat(model.coefficients().get(2)).isEqualTo(plain.coefficients().get(2) * 0x1p400);
    assertThat(model.intercept()).isEqualTo(plain.intercept());
  }
}
