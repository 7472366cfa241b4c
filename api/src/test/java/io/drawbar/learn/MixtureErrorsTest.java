package io.drawbar.learn;

import static io.drawbar.expr.Functions.lit;
import static io.drawbar.learn.Vectors.dataset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.drawbar.RunListener;
import io.drawbar.RunReport;
import io.drawbar.Session;
import io.drawbar.SuperstepProgress;
import io.drawbar.config.Config;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.io.Records;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import io.drawbar.type.UnknownColumnException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What no mixture can be fitted to is named, with the way out. */
class MixtureErrorsTest {
  private static final GaussianMixture TRAINER = GaussianMixture.on("x");

  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.block.rows", "64"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private AbstractThrowableAssert<?, ?> refused(GaussianMixture trainer, double[]... rows) {
    return assertThatThrownBy(() -> trainer.fit(dataset(session, rows)));
  }

  @Test
  void valuesThatAreNone() {
    refused(
            TRAINER,
            new double[] {1, Double.NaN},
            new double[] {Double.NEGATIVE_INFINITY, 1},
            new double[2])
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining(
            "GaussianMixture.on(\"x\").withComponents(2).withSeed(42): 2 of 3 rows")
        .hasMessageContaining("1 infinite in 'x[0]', 1 NaN in 'x[1]'");
    Schema schema = Schema.empty().with("x", DataType.vector(2));
    assertThatThrownBy(
            () ->
                TRAINER.fit(
                    session.read(Records.of(schema, List.of(Row.of(schema, (Object) null))))))
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("1 null in 'x'")
        .hasMessageContaining("isNotNull");
    refused(TRAINER, new double[] {1, 1e200}, new double[] {2, 3})
        .hasMessageContaining("'x[1]' are so large that their squares overflow");
    refused(TRAINER, new double[] {1, 1e-200}, new double[] {2, 3e-200})
        .hasMessageContaining("'x[1]' are so small that their squares underflow");
  }

  @Test
  void tooFewRows() {
    assertThatThrownBy(() -> TRAINER.fit(dataset(session, new double[] {1}).where(lit(false))))
        .isInstanceOf(TooFewRowsException.class)
        .hasMessageContaining("no rows");
    refused(TRAINER, new double[] {1})
        .isInstanceOf(TooFewRowsException.class)
        .hasMessageContaining("1 rows do not determine a variance");
    double[][] twice = new double[100][];
    Arrays.setAll(twice, i -> new double[] {i % 2, 1 - i % 2});
    refused(TRAINER.withComponents(3), twice)
        .isInstanceOf(TooFewRowsException.class)
        .hasMessage(
            "GaussianMixture.on(\"x\").withComponents(3).withSeed(42): 2 distinct rows do not make 3"
                + " clusters; ask for fewer");
  }

  @Test
  void constantElements() {
    refused(TRAINER, new double[] {1, .1}, new double[] {2, .1}, new double[] {4, .1})
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("'x[1]' is the same in all rows")
        .hasMessageContaining("leave it out");
  }

  /** As many components as distinct rows: each as narrow as regularisation lets it be. */
  @Test
  void componentsOfEqualRows() {
    double[][] twice = new double[100][];
    Arrays.setAll(twice, i -> new double[] {i % 2, 1 - i % 2});
    GaussianMixtureModel model = TRAINER.fit(dataset(session, twice));
    assertThat(model.weights()).containsExactly(.5, .5);
    assertThat(model.means()).containsExactly(List.of(0.0, 1.0), List.of(1.0, 0.0));
    assertThat(model.covariance(0)).isEqualTo(List.of(List.of(2.5e-7, 0.0), List.of(0.0, 2.5e-7)));
    refused(TRAINER.withRegularisation(0), twice)
        .isInstanceOf(SingularMatrixException.class)
        .hasMessageContaining("a component with a share of 0.500 of the rows has no width")
        .hasMessageContaining("along 'x[0]'")
        .hasMessageContaining("withRegularisation(1.0E-6)");
    refused(TRAINER.withRegularisation(0).diagonal(), twice)
        .isInstanceOf(SingularMatrixException.class);
  }

  /** The third is the sum of the others. */
  @Test
  void elementsThatFollowFromOthers() {
    List<double[]> rows = new ArrayList<>();
    for (double[] row : KMeansTest.around(2, 500, 2, 1)) {
      rows.add(new double[] {row[0], row[1], row[0] + row[1]});
    }
    GaussianMixtureModel model = TRAINER.fit(dataset(session, rows));
    assertThat(model.logLikelihood()).isFinite();
    assertThatThrownBy(() -> TRAINER.withRegularisation(0).fit(dataset(session, rows)))
        .isInstanceOf(SingularMatrixException.class)
        .hasMessageContaining("along 'x[2]', given the elements before it")
        .satisfies(e -> assertThat(((SingularMatrixException) e).element()).isEqualTo(2));
    // Independent elements need not be told apart.
    TRAINER.diagonal().withRegularisation(0).fit(dataset(session, rows));
  }

  /** Ended by a person, or by the number of rounds: the likelihood is that of the mixture. */
  @Test
  void whatEndsEarlyKnowsItsOwnLikelihood() {
    List<double[]> rows = KMeansTest.around(3, 400, 2, 5);
    for (int last = 1; last <= 4; last++) {
      int rounds = last;
      GaussianMixtureModel ended;
      try (Session other = Session.open(Config.of("drawbar.block.rows", "64"))) {
        other.listen(
            new RunListener() {
              @Override
              public void superstep(SuperstepProgress progress) {
                if (progress.name().startsWith("GaussianMixture")
                    && progress.supersteps() == rounds) {
                  progress.end();
                }
              }

              @Override
              public void finished(RunReport report) {}
            });
        ended = TRAINER.withComponents(3).fit(dataset(other, rows));
      }
      assertThat(ended.supersteps()).isEqualTo(last + 1);
      assertItsOwnLikelihood(ended, rows);
      GaussianMixtureModel out =
          TRAINER.withComponents(3).withMostSteps(last).fit(dataset(session, rows));
      assertItsOwnLikelihood(out, rows);
      // The same mixture, to the bit: the first superstep is the start.
      assertThat(out.supersteps()).isEqualTo(last + 2);
    }
  }

  private void assertItsOwnLikelihood(GaussianMixtureModel model, List<double[]> rows) {
    double sum = 0;
    for (Row row : dataset(session, rows).transform(model).collect()) {
      sum += row.doubleValue("logDensity");
    }
    assertThat(model.logLikelihood()).isCloseTo(sum, within(1e-9 * Math.abs(sum)));
  }

  @Test
  void whatIsNoTrainer() {
    assertThatThrownBy(() -> GaussianMixture.on("y").fit(dataset(session, new double[] {1, 2})))
        .isInstanceOf(UnknownColumnException.class)
        .hasMessageContaining("VectorAssembler");
    refused(TRAINER.withComponents(1 << 20), new double[] {1, 2})
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("diagonal()");
    assertThatThrownBy(() -> TRAINER.withComponents(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TRAINER.withRegularisation(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TRAINER.withTolerance(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TRAINER.withMostSteps(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GaussianMixture.on(" ")).isInstanceOf(IllegalArgumentException.class);
  }
}
