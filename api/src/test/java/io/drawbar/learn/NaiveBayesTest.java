package io.drawbar.learn;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.oneHot;
import static io.drawbar.expr.Functions.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drawbar.DamagedModelException;
import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.ModelContent;
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

class NaiveBayesTest {
  private static final NaiveBayes TRAINER = NaiveBayes.on("x").predicting("y");

  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.block.rows", "64", "drawbar.leaf.rows", "200"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private static Schema schema(int elements) {
    return Schema.empty().with("x", DataType.vector(elements)).with("y", DataType.LONG);
  }

  private static Dataset dataset(Session session, List<double[]> features, List<Long> labels) {
    Schema schema = schema(features.get(0).length);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      rows.add(Row.of(schema, features.get(i), labels.get(i)));
    }
    return session.read(Records.of(schema, rows));
  }

  private Dataset dataset(List<double[]> features, List<Long> labels) {
    return dataset(session, features, labels);
  }

  /**
   * C. Manning, P. Raghavan, H. Schütze, "Introduction to Information Retrieval", 2008, tables 13.1
   * and examples 13.1 and 13.2: the words Chinese, Beijing, Shanghai, Macao, Tokyo, Japan.
   */
  private static final List<double[]> TEXTS =
      List.of(
          new double[] {2, 1, 0, 0, 0, 0},
          new double[] {2, 0, 1, 0, 0, 0},
          new double[] {1, 0, 0, 1, 0, 0},
          new double[] {1, 0, 0, 0, 1, 1});

  private static final List<Long> CHINA = List.of(1L, 1L, 1L, 0L);

  @Test
  void theTextbooksMultinomialExample() {
    NaiveBayesModel model = TRAINER.multinomial().fit(dataset(TEXTS, CHINA));
    assertThat(model.priors()).containsExactly(.25, .75);
    assertThat(model.means().get(1))
        .containsExactly(6 / 14., 2 / 14., 2 / 14., 2 / 14., 1 / 14., 1 / 14.);
    assertThat(model.means().get(0))
        .containsExactly(2 / 9., 1 / 9., 1 / 9., 1 / 9., 2 / 9., 2 / 9.);
    double china = .75 * Math.pow(3 / 7., 3) / 14 / 14;
    double other = .25 * Math.pow(2 / 9., 5);
    // The book's figures: 0.0003 and 0.0001.
    assertThat(china).isCloseTo(.0003, within(.00005));
    assertThat(other).isCloseTo(.0001, within(.00005));
    Row scored = only(model, new double[] {3, 0, 0, 0, 1, 1});
    assertThat(scored.doubleValue("probability")).isCloseTo(china / (china + other), within(1e-14));
    assertThat(scored.longValue("prediction")).isEqualTo(1);
  }

  @Test
  void theTextbooksBernoulliExample() {
    List<double[]> binary =
        TEXTS.stream().map(text -> Arrays.stream(text).map(Math::signum).toArray()).toList();
    NaiveBayesModel model = TRAINER.bernoulli().fit(dataset(binary, CHINA));
    assertThat(model.means().get(1)).containsExactly(.8, .4, .4, .4, .2, .2);
    assertThat(model.means().get(0).get(1)).isEqualTo(1 / 3.);
    double china = .75 * .8 * .2 * .2 * .6 * .6 * .6;
    double other = .25 * Math.pow(2 / 3., 6);
    // The book's figures: 0.005 and 0.022.
    assertThat(china).isCloseTo(.005, within(.0005));
    assertThat(other).isCloseTo(.022, within(.0005));
    Row scored = only(model, new double[] {1, 0, 0, 0, 1, 1});
    assertThat(scored.doubleValue("probability")).isCloseTo(china / (china + other), within(1e-14));
    assertThat(scored.longValue("prediction")).isZero();
  }

  @Test
  void whatHasNoProbabilityHasNoPrediction() {
    List<double[]> rows =
        List.of(new double[] {1}, new double[] {2}, new double[] {5}, new double[] {7});
    Dataset data = dataset(rows, CHINA);
    NaiveBayesModel model = TRAINER.withVarianceSmoothing(.5).fit(data);
    Row none = only(model, new double[] {Double.NaN});
    assertThat(none.doubleValue("probability")).isNaN();
    assertThat(none.value("prediction")).isNull();
    // So far away that the probability rounds to 1, and farther.
    assertThat(only(model, new double[] {-1000}).longValue("prediction")).isEqualTo(1);
    assertThat(only(model, new double[] {-1000}).doubleValue("probability")).isEqualTo(1);
  }

  private Row only(NaiveBayesModel model, double[] features) {
    return model.transform(Vectors.dataset(session, features)).collect().get(0);
  }

  /** REFERENCE.md, 'Classic sets': scikit-learn's GaussianNB makes 6 errors. */
  @Test
  void irisWithSixErrors() throws IOException {
    Optional<List<double[]>> rows = Vectors.fishersIris();
    assumeTrue(rows.isPresent(), SharedData.MISSING);
    List<Long> labels = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      labels.add((long) i / 50);
    }
    Dataset flowers = dataset(rows.get(), labels);
    NaiveBayesModel model = TRAINER.withClasses(3).fit(flowers);
    assertThat(model.transform(flowers).where(col("prediction").ne(col("y"))).collect()).hasSize(6);
  }

  private record Drawn(List<double[]> rows, List<Long> labels) {}

  private static Drawn drawn(int count, int classes, int elements) {
    Random random = new Random(count + classes);
    List<double[]> rows = new ArrayList<>();
    List<Long> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(3) == 0 ? 0 : random.nextInt(classes);
      double[] row = new double[elements];
      for (int j = 0; j < elements; j++) {
        row[j] =
            random.nextInt(5) == 0
                ? 0
                : 1e6 + label * (j % 3) + (1 + j % 4) * random.nextGaussian();
      }
      rows.add(row);
      labels.add((long) label);
    }
    return new Drawn(rows, labels);
  }

  /** Means, variances and probabilities as they are written in a book, in two passes. */
  @Test
  void gaussianOracle() {
    Drawn drawn = drawn(700, 4, 5);
    NaiveBayesModel model =
        TRAINER.withClasses(4).withVarianceSmoothing(1e-3).fit(dataset(drawn.rows, drawn.labels));
    double largest = 0;
    for (int j = 0; j < 5; j++) {
      largest = Math.max(largest, moments(drawn, j, -1)[2]);
    }
    double[][] logs = new double[700][4];
    for (int k = 0; k < 4; k++) {
      for (int j = 0; j < 5; j++) {
        double[] moments = moments(drawn, j, k);
        double variance = moments[2] + 1e-3 * largest;
        assertThat(model.priors().get(k)).isCloseTo(moments[0] / 700, within(1e-15));
        assertThat(model.means().get(k).get(j)).isCloseTo(moments[1], within(1e-13 * moments[1]));
        assertThat(model.variances().get(k).get(j)).isCloseTo(variance, within(1e-12 * variance));
        for (int i = 0; i < 700; i++) {
          double z = drawn.rows.get(i)[j] - moments[1];
          logs[i][k] += j == 0 ? Math.log(moments[0] / 700) : 0;
          logs[i][k] -= .5 * Math.log(2 * Math.PI * variance) + z * z / variance / 2;
        }
      }
    }
    List<Row> scored = model.transform(dataset(drawn.rows, drawn.labels)).collect();
    for (int i = 0; i < 700; i++) {
      double[] found = (double[]) scored.get(i).value("probability");
      for (int k = 0; k < 4; k++) {
        double odds = 0;
        for (int l = 0; l < 4; l++) {
          odds += Math.exp(logs[i][l] - logs[i][k]);
        }
        assertThat(found[k]).isCloseTo(1 / odds, within(1e-9));
      }
    }
  }

  /** Rows, mean and variance of an element of a class, or of all rows for class -1. */
  private static double[] moments(Drawn drawn, int element, long label) {
    double count = 0;
    double mean = 0;
    for (int pass = 0; pass < 2; pass++) {
      double sum = 0;
      count = 0;
      for (int i = 0; i < drawn.rows.size(); i++) {
        if (label < 0 || drawn.labels.get(i) == label) {
          count++;
          sum += drawn.rows.get(i)[element] - mean;
        }
      }
      mean += sum / count;
    }
    double squares = 0;
    for (int i = 0; i < drawn.rows.size(); i++) {
      if (label < 0 || drawn.labels.get(i) == label) {
        double z = drawn.rows.get(i)[element] - mean;
        squares += z * z;
      }
    }
    return new double[] {count, mean, squares / count};
  }

  @Test
  void theModelHasTheSameBitsEverywhere() {
    Drawn drawn = drawn(900, 3, 4);
    List<double[]> counts = drawn.rows.stream().map(NaiveBayesTest::counts).toList();
    for (Distribution distribution : Distribution.values()) {
      NaiveBayes trainer = TRAINER.withClasses(3).with(distribution);
      List<double[]> rows =
          switch (distribution) {
            case GAUSSIAN -> drawn.rows;
            case MULTINOMIAL -> counts;
            case BERNOULLI ->
                counts.stream().map(row -> Arrays.stream(row).map(Math::signum).toArray()).toList();
          };
      Map<String, NaiveBayesModel> models =
          Vectors.everywhere(any -> trainer.fit(dataset(any, rows, drawn.labels)));
      assertThat(new HashSet<>(models.values())).as(models.toString()).hasSize(1);
    }
  }

  private static double[] counts(double[] row) {
    return Arrays.stream(row).map(x -> Math.floor(Math.abs(x)) % 7 + .25).toArray();
  }

  /** Numbers and categories, in vectors that hold all elements and in such that hold some. */
  @Test
  void sparseVectorsAreAsGoodAsDense() {
    Schema schema =
        Schema.empty()
            .with("numbers", DataType.vector(2))
            .with("category", DataType.LONG)
            .with("y", DataType.BOOLEAN)
            .with("w", DataType.DOUBLE);
    Random random = new Random(5);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      double[] numbers = {random.nextInt(2) * random.nextInt(5), random.nextBoolean() ? -0.0 : 1};
      double weight = random.nextInt(8) / 3.;
      rows.add(Row.of(schema, numbers, (long) random.nextInt(4), i % 3 == 0, weight));
    }
    Dataset all = session.read(Records.of(schema, rows)).where(col("category").ne(2));
    List<Expr> flags = new ArrayList<>(List.of(col("numbers")));
    for (int k = 0; k < 4; k++) {
      flags.add(col("category").eq(k));
    }
    Dataset dense = all.withColumn("x", vector(flags.toArray(Expr[]::new)));
    Dataset sparse = all.withColumn("x", vector(col("numbers"), oneHot(col("category"), 4)));
    for (NaiveBayes trainer : List.of(TRAINER, TRAINER.multinomial())) {
      NaiveBayesModel one = trainer.weightedBy("w").fit(dense);
      NaiveBayesModel other = trainer.weightedBy("w").fit(sparse);
      // One-hot elements have other names.
      assertThat(other.means()).isEqualTo(one.means());
      assertThat(other.variances()).isEqualTo(one.variances());
      assertThat(other.priors()).isEqualTo(one.priors());
      assertThat(other.predicted()).isEqualTo(DataType.BOOLEAN);
      assertThat(other.transform(sparse).select("probability", "prediction").collect())
          .isEqualTo(one.transform(dense).select("probability", "prediction").collect());
    }
  }

  @Test
  void aRowOfWeightTwoCountsAsTwo() {
    Drawn drawn = drawn(300, 2, 3);
    Schema schema = schema(3).with("w", DataType.LONG);
    List<Row> weighted = new ArrayList<>();
    List<double[]> repeated = new ArrayList<>();
    List<Long> labels = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      weighted.add(Row.of(schema, drawn.rows.get(i), drawn.labels.get(i), (long) i % 3));
      for (int n = 0; n < i % 3; n++) {
        repeated.add(drawn.rows.get(i));
        labels.add(drawn.labels.get(i));
      }
    }
    NaiveBayesModel one = TRAINER.weightedBy("w").fit(session.read(Records.of(schema, weighted)));
    NaiveBayesModel other = TRAINER.fit(dataset(repeated, labels));
    assertThat(one.priors()).isEqualTo(other.priors());
    for (int k = 0; k < 2; k++) {
      for (int j = 0; j < 3; j++) {
        double mean = other.means().get(k).get(j);
        double variance = other.variances().get(k).get(j);
        assertThat(one.means().get(k).get(j)).isCloseTo(mean, within(1e-14 * mean));
        assertThat(one.variances().get(k).get(j)).isCloseTo(variance, within(1e-9 * variance));
      }
    }
  }

  /** Digits of a variance that is 1e-18 of the squares. */
  @Test
  void largeMeansCostNoDigits() {
    List<double[]> near = new ArrayList<>();
    List<double[]> far = new ArrayList<>();
    List<Long> labels = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      double x = random.nextInt(1000) / 64.;
      near.add(new double[] {x});
      far.add(new double[] {x + 0x1p34});
      labels.add(i % 2L);
    }
    NaiveBayes trainer = TRAINER.withVarianceSmoothing(0);
    double wanted = trainer.fit(dataset(near, labels)).variances().get(0).get(0);
    double found = trainer.fit(dataset(far, labels)).variances().get(0).get(0);
    assertThat(found).isCloseTo(wanted, within(1e-13 * wanted));
  }

  record Customer(double age, double income, boolean churned) {}

  record Question(double age, double income) {}

  record Answer(double probability, boolean prediction) {}

  @Test
  void aSavedModelScoresOneRowAsMany(@TempDir Path scratch) {
    Random random = new Random(4);
    List<Customer> customers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      customers.add(
          new Customer(random.nextInt(60), random.nextInt(9) * 10, random.nextInt(3) == 0));
    }
    Dataset rows = session.read(Records.of(customers, Customer.class));
    for (NaiveBayes trainer :
        List.of(NaiveBayes.on("features"), NaiveBayes.on("features").multinomial())) {
      Model model =
          Pipeline.of(VectorAssembler.of("age", "income"), trainer.predicting("churned")).fit(rows);
      Path zip = scratch.resolve(trainer.distribution() + ".zip");
      model.save(zip);
      Model loaded = Model.load(zip);
      assertThat(loaded).isEqualTo(model);
      Scorer<Question, Answer> scorer = loaded.scorer(Question.class, Answer.class);
      List<Row> scored = rows.transform(model).collect();
      for (int i = 0; i < customers.size(); i++) {
        Customer customer = customers.get(i);
        Answer answer = scorer.score(new Question(customer.age, customer.income));
        assertThat(answer.probability()).isEqualTo(scored.get(i).doubleValue("probability"));
        assertThat(answer.prediction()).isEqualTo(scored.get(i).booleanValue("prediction"));
      }
    }
  }

  private static final Provenance PROVENANCE =
      new Provenance("NaiveBayes", Map.of("label", "y"), List.of("x", "y"), 9, "00ff", "0");
  private static final NaiveBayesModel GAUSSIAN =
      new NaiveBayesModel(
          "x",
          List.of("age", "income"),
          Distribution.GAUSSIAN,
          DataType.LONG,
          List.of(.25, .25, .5),
          List.of(List.of(1.0, -2.0), List.of(-0.0, 4.0), List.of(.1, .2)),
          List.of(List.of(1.0, 4.0), List.of(.25, 9.0), List.of(1e-9, 1.0)),
          9,
          PROVENANCE);
  private static final NaiveBayesModel MULTINOMIAL =
      new NaiveBayesModel(
          "x",
          List.of("cart", "horse"),
          Distribution.MULTINOMIAL,
          DataType.BOOLEAN,
          List.of(.25, .75),
          List.of(List.of(.5, .5), List.of(.125, .875)),
          List.of(List.of(), List.of()),
          9,
          PROVENANCE);

  /** A change of these says that files of before are no longer what they were: a new version. */
  @Test
  void theFilesAreThoseOfBefore(@TempDir Path scratch) throws IOException {
    for (NaiveBayesModel model : List.of(GAUSSIAN, MULTINOMIAL)) {
      Path folder = scratch.resolve(model.distribution().toString());
      model.save(folder);
      assertThat(Model.load(folder)).isEqualTo(model);
    }
    assertThat(Files.readString(scratch.resolve("GAUSSIAN/manifest.json")))
        .contains("\"type\": \"naive-bayes\"", "\"distribution\": \"GAUSSIAN\"")
        .contains("\"shape\": [3, 2]")
        .contains("{\"name\": \"prediction\", \"type\": \"LONG\"}");
    assertThat(List.of(GAUSSIAN.fingerprint(), MULTINOMIAL.fingerprint()))
        .containsExactly(
            "0d73ba9330fb36d6d977cddae0c032896b0310cd9ca8c692cd55bbf8d2d53cfe",
            "3d0f5ee52569be79c6d6d1ab7e5a3d72ea97b673dac06299bfbef2a623b7e396");
    assertThat(GAUSSIAN.toString())
        .isEqualToIgnoringNewLines(
            """
            naive Bayes, gaussian, of 3 classes on 'x': 9 rows
              class                         0                        1                        2
              share                  0.250000                 0.250000                 0.500000
              age             1.0000 +- 1.000        -0.0000 +- 0.5000     0.10000 +- 3.162e-05
              income         -2.0000 +- 2.000          4.0000 +- 3.000         0.20000 +- 1.000
            """);
  }

  @Test
  void whatNoModelHasIsRefused() {
    ModelContent wrong =
        ModelContent.of(NaiveBayesModel.TYPE)
            .setting("features", "x")
            .setting("distribution", Distribution.BERNOULLI)
            .setting("predicted", "LONG")
            .setting("rows", 9)
            .doubles("priors", .5, .5)
            .tensor("means", new double[] {.5, .5}, 2, 1)
            .tensor("variances", new double[] {.25, 0}, 2, 1)
            .texts("elements", List.of("a"))
            .build();
    assertThatThrownBy(() -> NaiveBayesModel.of(wrong))
        .isInstanceOf(DamagedModelException.class)
        .hasMessageContaining("not above 0");
    assertThatThrownBy(
            () ->
                new NaiveBayesModel(
                    "x",
                    List.of("a", "b"),
                    Distribution.GAUSSIAN,
                    DataType.BOOLEAN,
                    GAUSSIAN.priors(),
                    GAUSSIAN.means(),
                    GAUSSIAN.variances(),
                    9,
                    PROVENANCE))
        .hasMessageContaining("predictions of 3 classes are no BOOLEAN");
  }
}
