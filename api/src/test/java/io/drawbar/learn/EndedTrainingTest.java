package io.drawbar.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.Pipeline;
import io.drawbar.PipelineModel;
import io.drawbar.Provenance;
import io.drawbar.RunListener;
import io.drawbar.RunReport;
import io.drawbar.Session;
import io.drawbar.SuperstepProgress;
import io.drawbar.Trainer;
import io.drawbar.config.Config;
import io.drawbar.io.Records;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person ends a training after each of its supersteps: what comes of it is a model. */
class EndedTrainingTest {
  private static final int ELEMENTS = 3;
  private static final int FEW = 700;

  /** More than are drawn for the start of k-means, which is settled otherwise. */
  private static final int MANY = 12_000;

  private static final String EARLY = "ended early";
  private static final Schema SCHEMA =
      Schema.empty().with("x", DataType.vector(ELEMENTS)).with("y", DataType.LONG);

  /** A model, and the names of the supersteps that it took. */
  private record Fitted<M>(M model, List<String> supersteps) {
    /** How many there were of the last of the phases whose name has a word. */
    int of(String word) {
      return (int) supersteps.stream().filter(name -> name.contains(word)).count();
    }
  }

  /** Says that it is enough after a superstep of all phases. */
  private static final class Impatient implements RunListener {
    private final int after;
    private final List<String> names = new ArrayList<>();

    Impatient(int after) {
      this.after = after;
    }

    @Override
    public void superstep(SuperstepProgress progress) {
      names.add(progress.name());
      if (names.size() == after) {
        progress.end();
      }
    }

    @Override
    public void finished(RunReport report) {}
  }

  private static Session session() {
    return Session.open(Config.of("drawbar.block.rows", "64", "drawbar.leaf.rows", "200"));
  }

  /** Groups that overlap, with labels that do. */
  private static Dataset rows(Session session, int labels, int count) {
    Random random = new Random(17);
    List<Row> rows = new ArrayList<>();
    for (double[] point : KMeansTest.around(4, count, ELEMENTS, 2)) {
      double margin = point[0] - point[1] + 3 * random.nextGaussian();
      long label = (long) Math.max(0, Math.min(labels - 1, labels / 2 + Math.floor(margin / 4)));
      rows.add(Row.of(SCHEMA, point, label));
    }
    return session.read(Records.of(SCHEMA, rows));
  }

  private static <M extends Model> Fitted<M> fitted(Trainer<M> trainer, int labels, int after) {
    return fitted(trainer, labels, FEW, after);
  }

  private static <M extends Model> Fitted<M> fitted(
      Trainer<M> trainer, int labels, int count, int after) {
    try (Session session = session()) {
      Impatient listener = new Impatient(after);
      session.listen(listener);
      return new Fitted<>(trainer.fit(rows(session, labels, count)), listener.names);
    }
  }

  private static String early(Model model) {
    return model.provenance().parameters().get(EARLY);
  }

  /** What it says of when it was ended, and that it is not taken for one that was not. */
  private static void mustSay(Model model, int supersteps, Model whole) {
    assertThat(early(model)).isEqualTo("after %s supersteps".formatted(supersteps));
    assertThat(model.fingerprint()).isNotEqualTo(whole.fingerprint());
    assertThat(model.provenance().toString()).contains(EARLY);
  }

  @Test
  void clustersAreThoseOfSoManyRoundsAndMeasured() {
    KMeans trainer = KMeans.on("x").withClusters(5).withTolerance(0);
    Fitted<KMeansModel> whole = fitted(trainer, 2, MANY, 0);
    assertThat(early(whole.model())).isNull();
    int drawing = whole.of("drawn");
    int rounds = whole.of("move");
    assertThat(drawing).isPositive();
    assertThat(rounds).isGreaterThan(4);
    for (int after = 1; after <= drawing + rounds; after++) {
      KMeansModel model = fitted(trainer, 2, MANY, after).model();
      if (after == drawing + rounds) { // nobody has noticed
        assertThat(model).isEqualTo(whole.model());
        break;
      }
      int moved = Math.max(1, after - drawing);
      KMeansModel expected = fitted(trainer.withMostSteps(moved), 2, MANY, 0).model();
      assertThat(model.centres()).as("ended after %s", after).isEqualTo(expected.centres());
      assertThat(model.sizes()).isEqualTo(expected.sizes());
      assertThat(model.costs()).isEqualTo(expected.costs());
      assertThat(model.cost()).isEqualTo(expected.cost());
      assertThat(model.supersteps()).isEqualTo(moved + 1);
      mustSay(model, drawing + moved, whole.model());
    }
  }

  /** Where the last superstep would measure anyway, nothing is cut short. */
  @Test
  void clustersThatAreBeingMeasuredAreNotEndedEarly() {
    KMeans trainer = KMeans.on("x").withClusters(5).withTolerance(0).withMostSteps(3);
    Fitted<KMeansModel> whole = fitted(trainer, 2, MANY, 0);
    int drawing = whole.of("drawn");
    assertThat(fitted(trainer, 2, MANY, drawing + 3).model()).isEqualTo(whole.model());
    assertThat(early(fitted(trainer, 2, MANY, drawing + 2).model()))
        .isEqualTo("after %s supersteps".formatted(drawing + 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"FULL", "DIAGONAL"})
  void theLikelihoodOfAMixtureIsItsOwn(String shape) {
    GaussianMixture trainer =
        GaussianMixture.on("x")
            .withComponents(3)
            .with(CovarianceShape.valueOf(shape))
            .withTolerance(1e-4);
    Fitted<GaussianMixtureModel> whole = fitted(trainer, 2, 0);
    int mixing = whole.of("GaussianMixture");
    int before = whole.supersteps().size() - mixing;
    assertThat(before).isGreaterThan(1);
    assertThat(mixing).isGreaterThan(5);
    for (int after = 1; after <= before + mixing; after++) {
      GaussianMixtureModel model = fitted(trainer, 2, after).model();
      int rounds = after - before;
      if (rounds == mixing) {
        assertThat(model).isEqualTo(whole.model());
        break;
      }
      try (Session session = session()) {
        double sum =
            model.transform(rows(session, 2, FEW)).select("logDensity").collect().stream()
                .mapToDouble(row -> row.doubleValue("logDensity"))
                .sum();
        assertThat(model.logLikelihood())
            .as("ended after %s", after)
            .isCloseTo(sum, within(1e-9 * Math.abs(sum)));
      }
      assertThat(early(model)).isNotNull();
      assertThat(model.fingerprint()).isNotEqualTo(whole.model().fingerprint());
      if (rounds >= 2) {
        GaussianMixtureModel expected = fitted(trainer.withMostSteps(rounds - 1), 2, 0).model();
        assertThat(model.means()).isEqualTo(expected.means());
        assertThat(model.covariances()).isEqualTo(expected.covariances());
        assertThat(model.weights()).isEqualTo(expected.weights());
        assertThat(model.logLikelihood()).isEqualTo(expected.logLikelihood());
        mustSay(model, after, whole.model());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aDescentIsWhereItWasThen(int classes) {
    LogisticRegression trainer =
        LogisticRegression.on("x").predicting("y").withClasses(classes).withL2(1e-3);
    Fitted<LogisticRegressionModel> whole = fitted(trainer, classes, 0);
    int steps = whole.supersteps().size();
    assertThat(steps).isGreaterThan(5);
    for (int after = 1; after <= steps; after++) {
      LogisticRegressionModel model = fitted(trainer, classes, after).model();
      if (after == steps) {
        assertThat(model).isEqualTo(whole.model());
        break;
      }
      LogisticRegressionModel expected = fitted(trainer.withMostSteps(after), classes, 0).model();
      assertThat(model.coefficients())
          .as("ended after %s", after)
          .isEqualTo(expected.coefficients());
      assertThat(model.intercepts()).isEqualTo(expected.intercepts());
      assertThat(model.summary().toString()).isNotEmpty();
      mustSay(model, after, whole.model());
    }
  }

  @Test
  void aPipelineSaysItTooAndItIsSaved(@TempDir Path folder) {
    Pipeline pipeline =
        Pipeline.of(
            KMeans.on("x").withClusters(5).withTolerance(0),
            LogisticRegression.on("x").predicting("y"));
    PipelineModel model = fitted(pipeline, 2, MANY, 4).model();
    assertThat(early(model)).isEqualTo("KMeans after 4 supersteps");
    model.save(folder.resolve("model"));
    Provenance read = Model.load(folder.resolve("model")).provenance();
    assertThat(read).isEqualTo(model.provenance());
  }

  /** Settled, ended by a person, or cut off by its own limit: only the last is told. */
  @Test
  void whatRunsOutOfStepsSaysSo() {
    LogisticRegression classes = LogisticRegression.on("x").predicting("y");
    GaussianMixture mixture = GaussianMixture.on("x").withComponents(2).withTolerance(1e-300);
    assertThat(noticesOf(classes)).isEmpty();
    assertThat(noticesOf(mixture.withTolerance(0.1))).isEmpty();
    assertThat(noticesOf(classes.withMostSteps(2)))
        .singleElement()
        .asString()
        .contains("withMostSteps(2) ended after 2 supersteps because no more were allowed");
    assertThat(noticesOf(mixture.withMostSteps(3)))
        .singleElement()
        .asString()
        .contains("withMostSteps(3) ended after 5 supersteps because no more were allowed");
  }

  private static List<String> noticesOf(Trainer<?> trainer) {
    List<String> notices = new ArrayList<>();
    try (Session session = session()) {
      session.listen(
          new RunListener() {
            @Override
            public void notice(String notice) {
              notices.add(notice);
            }

            @Override
            public void finished(RunReport report) {}
          });
      trainer.fit(rows(session, 2, FEW));
    }
    return notices;
  }
}
