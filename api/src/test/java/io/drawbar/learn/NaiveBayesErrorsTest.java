package io.drawbar.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.io.Records;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What no naive Bayes can be fitted to is named, with the way out. */
class NaiveBayesErrorsTest {
  private static final NaiveBayes TRAINER = NaiveBayes.on("x").predicting("y");
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

  private NaiveBayesErrorsTest with(double a, double b, Double y) {
    rows.add(Row.of(SCHEMA, new double[] {a, b}, y));
    return this;
  }

  private NaiveBayesErrorsTest mixed() {
    for (int i = 0; i < 20; i++) {
      with(i % 2, i % 3 == 0 ? 1 : 0, i % 4 == 0 ? 1.0 : 0.0);
    }
    return this;
  }

  private AbstractThrowableAssert<?, ?> refused(NaiveBayes trainer) {
    return assertThatThrownBy(() -> trainer.fit(session.read(Records.of(SCHEMA, rows))));
  }

  @Test
  void valuesThatAreNone() {
    mixed().with(Double.NaN, 1, 0.0).with(1, 1, null).with(1, Double.NEGATIVE_INFINITY, 1.0);
    rows.add(Row.of(SCHEMA, null, 1.0));
    for (Distribution distribution : Distribution.values()) {
      refused(TRAINER.with(distribution))
          .isInstanceOf(UnusableValueException.class)
          .hasMessageContaining("4 of 24 rows cannot be learned from")
          .hasMessageContaining("1 null in 'x', 1 null in 'y', 1 NaN in 'x[0]'")
          .hasMessageContaining("1 infinite in 'x[1]'");
    }
  }

  @Test
  void labelsThatAreNoClass() {
    mixed().with(1, 1, 2.0);
    refused(TRAINER)
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("1 labels in 'y' are none of 0 to 1, from 2.0 to 2.0.")
        .hasMessageContaining("withClasses(3)");
  }

  @Test
  void oneClassAndNoRows() {
    refused(TRAINER).isInstanceOf(TooFewRowsException.class).hasMessageContaining("no rows");
    with(1, 2, 1.0).with(2, 2, 1.0);
    refused(TRAINER)
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("of 2 rows none has label 0 in 'y', all are of class 1");
  }

  @Test
  void countsBelowZero() {
    mixed().with(0, -2, 1.0).with(0, -.5, 0.0);
    refused(TRAINER.multinomial())
        .isInstanceOf(UnusableValueException.class)
        .hasMessage(
            "NaiveBayes.on(\"x\").predicting(\"y\").multinomial(): 'x[1]' has counts less than 0,"
                + " down to -2.0; counts begin at 0: leave multinomial() out for measurements");
  }

  @Test
  void neitherZeroNorOne() {
    mixed().with(0, .5, 1.0).with(3, 1, 0.0);
    refused(TRAINER.bernoulli())
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("'x[0]' has values other than 0 and 1, from 0.5 to 3.0")
        .hasMessageContaining("col(\"x\").gt(0)");
  }

  /** Constant in one class only, in both, and all of them. */
  @Test
  void elementsThatDoNotVary() {
    for (int i = 0; i < 10; i++) {
      with(i, i % 2 == 0 ? .1 : i, (double) (i % 2));
    }
    refused(TRAINER.withVarianceSmoothing(0))
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("'x[1]' is the same in all rows of class 0")
        .hasMessageContaining("withVarianceSmoothing(1e-9)");
    // Smoothed, it is as narrow as the rest allows.
    TRAINER.fit(session.read(Records.of(SCHEMA, rows)));
    rows.clear();
    with(1, 2, 0.0).with(1, 2, 1.0);
    refused(TRAINER).hasMessageContaining("'x[0]' is the same in all rows of class 0");
  }

  @Test
  void valuesThatOverflow() {
    mixed().with(1, 1e200, 0.0);
    refused(TRAINER)
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("'x[1]' has values so large that sums of them, or of their squares");
    with(1, Double.MAX_VALUE, 1.0).with(1, Double.MAX_VALUE, 1.0);
    refused(TRAINER.multinomial()).hasMessageContaining("'x[1]' has values so large");
  }

  private AbstractThrowableAssert<?, ?> refused(NaiveBayes trainer, double... weights) {
    Schema schema = SCHEMA.with("w", DataType.DOUBLE);
    List<Row> weighted = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      double weight = i < weights.length ? weights[i] : 1;
      weighted.add(Row.of(schema, rows.get(i).value(0), rows.get(i).value(1), weight));
    }
    return assertThatThrownBy(
        () -> trainer.weightedBy("w").fit(session.read(Records.of(schema, weighted))));
  }

  @Test
  void classesWithoutWeight() {
    with(1, 2, 0.0).with(2, 1, 1.0).with(3, 3, 0.0).with(5, 5, 1.0);
    for (Distribution distribution : Distribution.values()) {
      refused(TRAINER.with(distribution), 1, 0, 1, 0)
          .isInstanceOf(UnusableValueException.class)
          .hasMessageContaining(
              "of 4 rows with a weight above 0 none has label 1 in 'y', all are of class 0");
      refused(TRAINER.with(distribution), 0, 0, 0, 0)
          .hasMessageContaining("all weights in 'w' are 0, in 4 rows");
      refused(TRAINER.with(distribution), 1, -1, Double.NaN, 1)
          .hasMessageContaining("2 weights in 'w' are null, NaN, infinite or less than 0");
      refused(TRAINER.with(distribution), 1e308, 1, 1e308, 1)
          .isInstanceOf(UnusableValueException.class)
          .hasMessageContaining("weights in 'w' are so large that their sum overflows");
      refused(TRAINER.with(distribution), 1e300, 1e-300, 1, 1e-300)
          .isInstanceOf(UnusableValueException.class)
          .hasMessageContaining("the rows of label 1 in 'y' weigh 2.0E-300 of 1.0E300 in 'w'");
    }
    refused(TRAINER.withClasses(3)).hasMessageContaining("none has label 2 in 'y'");
  }

  /** What a double cannot hold a probability of. */
  @Test
  void probabilitiesOfNothing() {
    with(1e308, 1e308, 0.0).with(2, 1, 1.0);
    refused(TRAINER.multinomial())
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("'x[0]' adds up to 1.0E308 in class 0")
        .hasMessageContaining("multiply counts, or weights, by a constant");
    rows.clear();
    with(1e307, 0, 0.0).with(2, 1, 1.0);
    refused(TRAINER.multinomial().withSmoothing(1e-10))
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("'x[1]' adds up to 0.0 in class 0, beside which the smoothing of")
        .hasMessageContaining("withSmoothing");
    rows.clear();
    with(1, 0, 0.0).with(1, 1, 1.0);
    refused(TRAINER.bernoulli().withSmoothing(1e-10), 1e299, 1e299)
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("'x[1]' adds up to 0.0 in class 0");
    refused(TRAINER.multinomial().withSmoothing(1e308))
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("the smoothing of 1.0E308");
    with(2, 3, 0.0).with(5, 2, 1.0);
    refused(TRAINER.withVarianceSmoothing(1e308))
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("'x[0]' has variances that overflow");
  }

  /**
   * A count of -0.0 is none, an element without counts has the smoothing, all zeros have a model.
   */
  @Test
  void zerosHaveAnAnswer() {
    with(-0.0, 0, 0.0).with(1, 0, 1.0);
    NaiveBayesModel counts = TRAINER.multinomial().fit(session.read(Records.of(SCHEMA, rows)));
    assertThat(counts.means()).isEqualTo(List.of(List.of(.5, .5), List.of(2 / 3., 1 / 3.)));
    NaiveBayesModel flags = TRAINER.bernoulli().fit(session.read(Records.of(SCHEMA, rows)));
    assertThat(flags.means().get(0)).containsExactly(1 / 3., 1 / 3.);
    rows.clear();
    with(0, 0, 0.0).with(0, 0, 1.0);
    assertThat(TRAINER.multinomial().fit(session.read(Records.of(SCHEMA, rows))).means().get(1))
        .containsExactly(.5, .5);
    refused(TRAINER).hasMessageContaining("'x[0]' is the same in all rows of class 0");
    // One constant of two is as narrow as the other allows.
    with(1, 0, 0.0).with(2, 0, 1.0);
    NaiveBayesModel model = TRAINER.fit(session.read(Records.of(SCHEMA, rows)));
    assertThat(model.variances().get(0).get(1)).isPositive();
  }

  @Test
  void whatIsNoTrainer() {
    assertThatThrownBy(() -> TRAINER.withSmoothing(0)).hasMessageContaining("1.0E-10 or more");
    assertThatThrownBy(() -> TRAINER.withVarianceSmoothing(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TRAINER.withClasses(1)).hasMessageContaining("2 to 1000 classes");
    assertThatThrownBy(() -> TRAINER.predicting("x"))
        .hasMessageContaining("NaiveBayes.on(\"features\")");
    Schema texts = Schema.empty().with("x", DataType.vector(2)).with("y", DataType.STRING);
    assertThatThrownBy(() -> TRAINER.fit(session.read(Records.of(texts, List.of()))))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("StringIndexer.on(\"y\")");
    Schema wide = Schema.empty().with("x", DataType.vector(1 << 20)).with("y", DataType.LONG);
    assertThatThrownBy(() -> TRAINER.withClasses(9).fit(session.read(Records.of(wide, List.of()))))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("more than 5000000 sums");
  }
}
