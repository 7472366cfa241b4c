package io.drawbar.learn;

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
