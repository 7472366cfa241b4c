package io.drawbar.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.io.Records;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Logistic regression on data for which R's glm and glmnet have been run and published. */
class PublishedLogitsTest {
  private static final LogisticRegression TRAINER =
      LogisticRegression.on("features").withTolerance(1e-10);

  private static LogisticRegressionModel fit(LogisticRegression trainer, double[][] weights) {
    try (Session session = Session.open(Config.of("drawbar.engine", "local"))) {
      return trainer.fit(
          session.read(Records.of(PublishedLogits.SCHEMA, PublishedLogits.rows(weights))));
    }
  }

  private static void assertClose(List<Double> found, double digit, double... published) {
    assertThat(found).hasSize(published.length);
    for (int i = 0; i < published.length; i++) {
      assertThat(found.get(i)).as("%s of %s", i, found).isCloseTo(published[i], within(digit));
    }
  }

  @Test
  void glmWithAnIntercept() {
    LogisticRegressionModel model = fit(TRAINER, PublishedLogits.BINARY);
    // R: glm(label ~ ., family = "binomial"), in Spark's LogisticRegressionSuite: to half a digit.
    assertThat(model.intercept()).isCloseTo(2.8367406, within(5e-8));
    assertClose(model.coefficients(), 5e-8, -.5896187, .8931655, -.3925169, -.7996989);
  }

  @Test
  void glmWithoutAnIntercept() {
    LogisticRegressionModel model = fit(TRAINER.withoutIntercept(), PublishedLogits.BINARY);
    assertThat(model.intercept()).isZero();
    assertClose(model.coefficients(), 5e-8, -.3560284, 1.3010002, -.3570805, -.7406762);
  }

  @Test
  void glmnetOfThreeClasses() {
    LogisticRegressionModel model = fit(TRAINER.withClasses(3), PublishedLogits.THREE);
    // glmnet ends where it is about 1e-5 from the optimum.
    assertThat(model.intercepts().get(0)).isCloseTo(-2.24493379, within(2e-5));
    List<Double> coefficients = new ArrayList<>(model.coefficientsOf(0));
    assertClose(coefficients, 2e-5, .25096771, -.03915938, .14766639, .36810817);
  }
}
