package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.drawbar.config.Config;
import io.drawbar.feature.OneHotEncoder;
import io.drawbar.feature.StandardScaler;
import io.drawbar.feature.StandardScalerModel;
import io.drawbar.feature.StringIndexer;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Records;
import io.drawbar.learn.LinearRegression;
import io.drawbar.learn.LinearRegressionModel;
import io.drawbar.type.Row;
import io.drawbar.type.UnknownColumnException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTest {
  record Customer(int age, double income, String city, double spent) {}

  record Applicant(int age, double income, String city) {}

  record Prediction(double prediction) {}

  private static final Pipeline PIPELINE =
      Pipeline.of(
          StringIndexer.on("city"),
          OneHotEncoder.on("cityIndex").into("cityVector").droppingLast(),
          VectorAssembler.of("age", "income", "cityVector").into("features"),
          StandardScaler.on("features"),
          LinearRegression.on("features").predicting("spent"));

  @TempDir private Path scratch;
  private Session session;
  private Dataset customers;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.block.rows", "50"));
    Random random = new Random(8);
    String[] cities = {"Rome", "Paris", "Bern"};
    List<Customer> rows = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      int city = (int) Math.sqrt(random.nextInt(9));
      int age = 20 + random.nextInt(60);
      double income = 1e4 + 1e4 * random.nextGaussian();
      double spent = 3 * age + .01 * income - 50 * city + random.nextGaussian();
      rows.add(new Customer(age, income, cities[city], spent));
    }
    customers = session.read(Records.of(rows, Customer.class));
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void eachTrainerIsFittedToWhatIsBeforeIt() {
    PipelineModel model = PIPELINE.fit(customers);

    StandardScalerModel scaler = (StandardScalerModel) model.stages().get(3);
    LinearRegressionModel plane = (LinearRegressionModel) model.stages().get(4);
    // Scaled back, the coefficients are those that the data was made with.
    assertThat(plane.coefficients().get(0) / scaler.deviations().get(0)).isCloseTo(3, within(.01));
    assertThat(plane.coefficients().get(1) / scaler.deviations().get(1))
        .isCloseTo(.01, within(1e-4));
    assertThat(model.reads()).hasToString("age LONG, income DOUBLE, city STRING");
    assertThat(model.adds())
        .hasToString("cityIndex LONG, cityVector VECTOR(2), features VECTOR(4), prediction DOUBLE");
    assertThat(model.provenance().inputs())
        .containsExactly("city", "cityIndex", "features", "spent");
    assertThat(model.provenance().rows()).isEqualTo(500);
  }

  @Test
  void aPipelineIsSavedLoadedAndScored() throws Exception {
    PipelineModel model = PIPELINE.fit(customers);
    Path path = scratch.resolve("pipeline");
    model.save(path);
    try (Stream<Path> files = Files.list(path)) {
      assertThat(files.map(f -> f.getFileName().toString()).sorted())
          .containsExactly(
              "0.labels.utf8",
              "3.deviations.f64",
              "3.means.f64",
              "4.coefficients.f64",
              "4.deviations.f64",
              "4.elements.utf8",
              "4.freedom.f64",
              "4.intercept.f64",
              "4.interceptErrors.f64",
              "4.standardErrors.f64",
              "manifest.json",
              "manifest.sha256");
    }
    Model loaded = Model.load(path);
    assertThat(loaded).isEqualTo(model);

    Scorer<Applicant, Prediction> scorer = loaded.scorer(Applicant.class, Prediction.class);
    List<Row> rows = customers.transform(model).collect();
    for (Row row : rows) {
      Applicant applicant =
          new Applicant(
              (int) row.longValue("age"), row.doubleValue("income"), row.stringValue("city"));
      assertThat(scorer.score(applicant).prediction()).isEqualTo(row.doubleValue("prediction"));
    }
  }

  @Test
  void aPipelineInAPipelineIsAStage() {
    Pipeline nested =
        Pipeline.of(
            Pipeline.of(VectorAssembler.of("age", "income"), StandardScaler.on("features")),
            LinearRegression.on("features").predicting("spent"));
    PipelineModel model = nested.fit(customers);
    Path path = scratch.resolve("nested.zip");
    model.save(path);
    assertThat(Model.load(path)).isEqualTo(model);
    assertThat(path)
        .content(java.nio.charset.StandardCharsets.ISO_8859_1)
        .contains("0.1.means.f64");
  }

  @Test
  void theFingerprintIsOfTheContent() {
    String first = PIPELINE.fit(customers).fingerprint();
    assertThat(PIPELINE.fit(customers).fingerprint()).isEqualTo(first).hasSize(64);
    assertThat(PIPELINE.fit(customers.where(col("age").gt(20))).fingerprint()).isNotEqualTo(first);
  }

  @Test
  void aStepOfTheUsersOwnRunsButIsNotSaved() {
    Transform adults = rows -> rows.where(col("age").ge(30));
    PipelineModel model =
        Pipeline.of(
                adults,
                VectorAssembler.of("age"),
                LinearRegression.on("features").predicting("spent"))
            .fit(customers);
    assertThat(((LinearRegressionModel) model.stages().get(2)).rows())
        .isEqualTo(customers.where(col("age").ge(30)).count());
    assertThatThrownBy(() -> model.save(scratch.resolve("own")))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("stage 0 of the pipeline")
        .hasMessageContaining("cannot be saved");
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void aTransformMayLookAtItsRows() {
    Transform shares = rows -> rows.withColumn("age", col("age").dividedBy(rows.count()));
    PipelineModel model = Pipeline.of(shares, VectorAssembler.of("age")).fit(customers);
    assertThat(customers.transform(model).schema().names()).contains("features");
    assertThat(model.reads()).isEqualTo(customers.schema());
  }

  @Test
  void aStageThatDoesNotFitIsNamed() {
    assertThatThrownBy(() -> Pipeline.of(StandardScaler.on("features")).fit(customers))
        .isInstanceOf(UnknownColumnException.class)
        .hasMessageContaining("no column 'features'");
    assertThatThrownBy(Pipeline::of).isInstanceOf(IllegalArgumentException.class);
  }
}
