package io.drawbar.learn;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.oneHot;
import static io.drawbar.expr.Functions.vector;
import static io.drawbar.learn.Vectors.dataset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.Pipeline;
import io.drawbar.Provenance;
import io.drawbar.Scorer;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.expr.Expr;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GaussianMixtureTest {
  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.block.rows", "64", "drawbar.leaf.rows", "200"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  /**
   * The 15 points of Spark's GaussianMixtureSuite, for which it quotes what R's mixtools finds.
   * They are printed with 7 decimals, so that what is computed of them is within some 1e-7 of what
   * R had.
   */
  private static final List<double[]> POINTS =
      List.of(
          new double[] {-0.6264538, 0.1836433},
          new double[] {-0.8356286, 1.5952808},
          new double[] {0.3295078, -0.8204684},
          new double[] {0.4874291, 0.7383247},
          new double[] {0.5757814, -0.3053884},
          new double[] {1.5117812, 0.3898432},
          new double[] {-0.6212406, -2.2146999},
          new double[] {11.1249309, 9.9550664},
          new double[] {9.9838097, 10.9438362},
          new double[] {10.8212212, 10.5939013},
          new double[] {10.9189774, 10.7821363},
          new double[] {10.0745650, 8.0106483},
          new double[] {10.6198257, 9.9438713},
          new double[] {9.8442045, 8.5292476},
          new double[] {9.5218499, 10.4179416});

  @Test
  void thePublishedMixture() {
    GaussianMixtureModel model =
        GaussianMixture.on("x").withRegularisation(0).fit(dataset(session, POINTS));
    close(model.weights(), 1e-7, .5333333, .4666667);
    close(model.means().get(0), 5e-7, 10.363673, 9.897081);
    close(model.means().get(1), 1e-7, .11731091, -.06192351);
    close(model.covariance(0).get(0), 2e-7, .2961543, .1607830);
    close(model.covariance(0).get(1), 5e-7, .160783, 1.008878);
    close(model.covariance(1).get(0), 2e-7, .62049934, .06880802);
    close(model.covariance(1).get(1), 2e-7, .06880802, 1.27431874);
    assertThat(model.logLikelihood()).isCloseTo(-46.89499, within(5e-6));
    // 1 + 2 * 2 + 2 * 3 parameters.
    assertThat(model.aic()).isCloseTo(22 + 93.78998, within(1e-5));
    assertThat(model.bic()).isCloseTo(11 * Math.log(15) + 93.78998, within(1e-5));

    GaussianMixtureModel regular = GaussianMixture.on("x").fit(dataset(session, POINTS));
    assertThat(regular.logLikelihood()).isCloseTo(-46.89499, within(1e-5));
  }

  private static void close(List<Double> found, double tolerance, double... wanted) {
    assertThat(found).hasSize(wanted.length);
    for (int i = 0; i < wanted.length; i++) {
      assertThat(found.get(i)).isCloseTo(wanted[i], within(tolerance));
    }
  }

  /** REFERENCE.md, 'Classic sets': scikit-learn's log-likelihood, on Fisher's own table. */
  @Test
  void irisAsOthersHaveIt() throws IOException {
    Optional<List<double[]>> rows = Vectors.fishersIris();
    assumeTrue(rows.isPresent(), SharedData.MISSING);
    GaussianMixtureModel model =
        GaussianMixture.on("x")
            .withComponents(3)
            .withRegularisation(0)
            .withTolerance(1e-12)
            .withMostSteps(2000)
            .fit(dataset(session, rows.get()));
    assertThat(model.logLikelihood()).isCloseTo(-180.185477, within(1e-6));
  }

  /** One component: the mean, and covariances over n. */
  @Test
  void oneComponentInClosedForm() {
    List<double[]> rows = KMeansTest.around(3, 700, 4, 1);
    for (CovarianceShape shape : CovarianceShape.values()) {
      GaussianMixtureModel model =
          GaussianMixture.on("x")
              .withComponents(1)
              .with(shape)
              .withRegularisation(0)
              .fit(dataset(session, rows));
      MixtureOracle oracle = new MixtureOracle(rows, shape);
      double[][] shares = new double[700][1];
      Arrays.stream(shares).forEach(share -> share[0] = 1);
      oracle.maximise(shares);
      assertThat(model.weights()).containsExactly(1.0);
      for (int i = 0; i < 4; i++) {
        assertThat(model.means().get(0).get(i)).isCloseTo(oracle.means[0][i], within(1e-13));
        for (int j = 0; j < 4; j++) {
          double wanted = oracle.covariances[0][i][j];
          assertThat(model.covariance(0).get(i).get(j)).isCloseTo(wanted, within(1e-12));
        }
      }
      double likelihood = oracle.logLikelihood();
      assertThat(model.logLikelihood()).isCloseTo(likelihood, within(1e-11 * -likelihood));
    }
  }

  /** At the end a round of the plain algorithm changes nothing that matters. */
  @Test
  void theEndIsAFixedPoint() {
    List<double[]> rows = KMeansTest.around(4, 1200, 3, 1.2);
    for (CovarianceShape shape : CovarianceShape.values()) {
      GaussianMixtureModel model =
          GaussianMixture.on("x")
              .withComponents(4)
              .with(shape)
              .withRegularisation(0)
              .withTolerance(1e-13)
              .withMostSteps(5000)
              .fit(dataset(session, rows));
      MixtureOracle oracle = new MixtureOracle(rows, shape);
      oracle.set(model);
      assertThat(oracle.logLikelihood())
          .isCloseTo(model.logLikelihood(), within(1e-12 * -model.logLikelihood()));
      oracle.maximise(oracle.shares());
      for (int k = 0; k < 4; k++) {
        assertThat(oracle.weights[k]).isCloseTo(model.weights().get(k), within(1e-5));
        for (int j = 0; j < 3; j++) {
          assertThat(oracle.means[k][j]).isCloseTo(model.means().get(k).get(j), within(1e-4));
        }
      }
    }
  }

  @Test
  void rowsAreScoredByTheFormula() {
    List<double[]> rows = KMeansTest.around(3, 500, 3, 1);
    Dataset data = dataset(session, rows);
    for (CovarianceShape shape : CovarianceShape.values()) {
      GaussianMixtureModel model = GaussianMixture.on("x").withComponents(3).with(shape).fit(data);
      MixtureOracle oracle = new MixtureOracle(rows, shape);
      oracle.set(model);
      double[][] shares = oracle.shares();
      List<Row> scored = data.transform(model).collect();
      double sum = 0;
      for (int i = 0; i < rows.size(); i++) {
        double[] found = (double[]) scored.get(i).value("probability");
        int best = 0;
        for (int k = 0; k < 3; k++) {
          assertThat(found[k]).isCloseTo(shares[i][k], within(1e-11));
          best = found[k] > found[best] ? k : best;
        }
        assertThat(scored.get(i).longValue("component")).isEqualTo(best);
        double density = scored.get(i).doubleValue("logDensity");
        assertThat(density).isCloseTo(oracle.logDensity(rows.get(i)), within(1e-11));
        sum += density;
      }
      assertThat(model.logLikelihood()).isCloseTo(sum, within(1e-12 * -sum));
      assertThat(model.weights()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }
  }

  @Test
  void theModelHasTheSameBitsEverywhere() {
    List<double[]> rows = KMeansTest.around(5, 1500, 4, 1.5);
    for (CovarianceShape shape : CovarianceShape.values()) {
      GaussianMixture trainer =
          GaussianMixture.on("x").withComponents(4).with(shape).withTolerance(1e-4);
      Map<String, GaussianMixtureModel> models =
          Vectors.everywhere(any -> trainer.fit(dataset(any, rows)));
      assertThat(new HashSet<>(models.values())).as(models.toString()).hasSize(1);
      assertThat(models.values().iterator().next().supersteps()).isGreaterThan(4);
    }
  }

  /** Flags of categories add up to 1: only regularisation makes densities of them. */
  @Test
  void sparseVectorsAreAsGoodAsDense() {
    Schema schema =
        Schema.empty().with("numbers", DataType.vector(2)).with("category", DataType.LONG);
    Random random = new Random(8);
    List<Row> list = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      double[] numbers = {random.nextGaussian(), random.nextBoolean() ? 0.0 : -0.0};
      numbers[1] += random.nextInt(4) == 0 ? 3 * random.nextGaussian() : 0;
      list.add(Row.of(schema, numbers, (long) random.nextInt(3)));
    }
    Dataset all = session.read(Records.of(schema, list));
    Expr[] flags = new Expr[3];
    Arrays.setAll(flags, k -> col("category").eq(k));
    Dataset denseRows = all.select(vector(col("numbers"), vector(flags)).as("x"));
    Dataset sparseRows = all.select(vector(col("numbers"), oneHot(col("category"), 3)).as("x"));
    for (CovarianceShape shape : CovarianceShape.values()) {
      GaussianMixture trainer =
          GaussianMixture.on("x").withComponents(3).with(shape).withMostSteps(10);
      GaussianMixtureModel dense = trainer.fit(denseRows);
      GaussianMixtureModel sparse = trainer.fit(sparseRows);
      assertThat(sparse.means()).isEqualTo(dense.means());
      assertThat(sparse.covariances()).isEqualTo(dense.covariances());
      assertThat(sparse.logLikelihood()).isEqualTo(dense.logLikelihood());
      String[] added = {"component", "probability", "logDensity"};
      assertThat(sparseRows.transform(sparse).select(added).collect())
          .isEqualTo(denseRows.transform(dense).select(added).collect());
    }
  }

  /** What is unlike all others has a density far below theirs. */
  @Test
  void strangeRowsAreTold() {
    List<double[]> rows = KMeansTest.around(3, 1000, 2, .5);
    GaussianMixtureModel model =
        GaussianMixture.on("x").withComponents(3).fit(dataset(session, rows));
    List<Row> known = model.transform(dataset(session, rows)).collect();
    double least =
        known.stream().mapToDouble(row -> row.doubleValue("logDensity")).min().getAsDouble();
    List<Row> strange =
        model
            .transform(
                dataset(
                    session,
                    new double[] {30, -20},
                    new double[] {1e300, 0},
                    new double[] {Double.NaN, 0}))
            .collect();
    assertThat(strange.get(0).doubleValue("logDensity")).isLessThan(least - 100);
    assertThat(strange.get(1).doubleValue("logDensity")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(strange.get(2).doubleValue("logDensity")).isNaN();
    assertThat(strange.get(2).value("component")).isNull();
  }

  record Customer(double age, double income) {}

  record Answer(long component, double logDensity) {}

  @Test
  void aSavedModelScoresOneRowAsMany(@TempDir Path scratch) {
    Random random = new Random(4);
    List<Customer> customers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      customers.add(new Customer(random.nextInt(60), random.nextInt(9) * 10));
    }
    Dataset rows = session.read(Records.of(customers, Customer.class));
    Model model =
        Pipeline.of(
                VectorAssembler.of("age", "income"),
                GaussianMixture.on("features").withComponents(4))
            .fit(rows);
    model.save(scratch.resolve("groups.zip"));
    Model loaded = Model.load(scratch.resolve("groups.zip"));
    assertThat(loaded).isEqualTo(model);
    Scorer<Customer, Answer> scorer = loaded.scorer(Customer.class, Answer.class);
    List<Row> scored = rows.transform(model).collect();
    for (int i = 0; i < customers.size(); i++) {
      Answer answer = scorer.score(customers.get(i));
      assertThat(answer.component()).isEqualTo(scored.get(i).longValue("component"));
      assertThat(answer.logDensity()).isEqualTo(scored.get(i).doubleValue("logDensity"));
    }
  }

  private static final GaussianMixtureModel SAVED =
      new GaussianMixtureModel(
          "x",
          List.of("age", "income"),
          CovarianceShape.FULL,
          List.of(.75, .25, 0.0),
          List.of(List.of(1.0, 2.0), List.of(3.0, -0.0), List.of(9.0, 9.0)),
          List.of(List.of(4.0, 1.0, 1.0), List.of(1.0, 0.0, 9.0), List.of(0.0, 0.0, 0.0)),
          7,
          -21.5,
          4,
          new Provenance("GaussianMixture", Map.of("seed", "4"), List.of("x"), 7, "00ff", "0.1"));

  /** A change of these says that files of before are no longer what they were: a new version. */
  @Test
  void theFilesAreThoseOfBefore(@TempDir Path scratch) throws IOException {
    SAVED.save(scratch.resolve("groups"));
    assertThat(Files.readString(scratch.resolve("groups/manifest.json")))
        .contains("\"type\": \"gaussian-mixture\"", "\"metrics\": {\"logLikelihood\": -21.5}")
        .contains("\"shape\": [3, 2]", "\"shape\": [3, 3]")
        .contains("{\"name\": \"component\", \"type\": \"LONG\"}");
    assertThat(Model.load(scratch.resolve("groups"))).isEqualTo(SAVED);
    assertThat(SAVED.fingerprint())
        .isEqualTo("d63a4bf831aa15e6f99e989146ff81870dd0f3d8826de40a31a4ab6b376c2da1");
    assertThat(SAVED.toString())
        .isEqualToIgnoringNewLines(
            """
            mixture of 3 normal distributions on 'x': 7 rows, log-likelihood -21.500000 after 4 supersteps
              AIC 77.000, BIC 76.080, 17 parameters
              component     share                    age                 income
              0          0.750000        1.0000 +- 2.000        2.0000 +- 1.000
              1          0.250000        3.0000 +- 1.000       -0.0000 +- 3.000
              2          0.000000        9.0000 +- 0.000        9.0000 +- 0.000
            """);
  }

  /** What no row belongs to any more is no likelier anywhere than anything else. */
  @Test
  void aComponentWithoutWeightCountsForNothing() {
    Row scored = SAVED.transform(dataset(session, new double[] {9, 9})).collect().get(0);
    assertThat(((double[]) scored.value("probability"))[2]).isZero();
    assertThat(scored.doubleValue("logDensity")).isFinite();
    assertThat(scored.longValue("component")).isNotEqualTo(2);
  }

  /** Rows without features have no component. */
  @Test
  void nullsStayNull() {
    Schema schema = Schema.empty().with("x", DataType.vector(2));
    List<Row> rows = List.of(Row.of(schema, (Object) null), Row.of(schema, new double[] {1, 2}));
    List<Row> scored = session.read(Records.of(schema, rows)).transform(SAVED).collect();
    assertThat(scored.get(0).value("component")).isNull();
    assertThat(scored.get(0).value("probability")).isNull();
    assertThat(scored.get(0).value("logDensity")).isNull();
    assertThat(scored.get(1).longValue("component")).isZero();
  }
}
