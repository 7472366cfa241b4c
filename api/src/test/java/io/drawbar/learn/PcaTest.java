package io.drawbar.learn;

import static io.drawbar.learn.Vectors.dataset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.Pipeline;
import io.drawbar.Provenance;
import io.drawbar.Scorer;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Records;
import io.drawbar.testkit.SharedData;
import io.drawbar.type.Row;
import io.drawbar.type.UnknownColumnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcaTest {
  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.block.rows", "7"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  /** Features of very different means and spreads, that depend on each other. */
  private static List<double[]> some(int rows, int elements) {
    Random random = new Random(rows);
    List<double[]> list = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double[] row = new double[elements];
      double shared = random.nextGaussian();
      for (int j = 0; j < elements; j++) {
        row[j] = 1000 * j + (j + 1) * (random.nextGaussian() + shared * (j % 3));
      }
      list.add(row);
    }
    return list;
  }

  /** REFERENCE.md, 'Classic sets', for the UCI copy. */
  @Test
  void irisIsExplainedAsByOthers() throws IOException {
    Optional<List<double[]>> rows = Vectors.iris();
    assumeTrue(rows.isPresent(), SharedData.MISSING);
    PcaModel model = Pca.on("x").fit(dataset(session, rows.get()));

    List<Double> explained = model.explained();
    assertThat(explained.get(0)).isCloseTo(.9246162, within(5e-8));
    assertThat(explained.get(1)).isCloseTo(.0530156, within(5e-8));
    assertThat(explained.get(2)).isCloseTo(.0171851, within(5e-8));
    assertThat(explained.get(3)).isCloseTo(.0051831, within(5e-8));
  }

  /** The singular values of the centred rows, by another library. */
  @Test
  void variancesAndDirectionsAreThoseOfASingularValueDecomposition() {
    int elements = 7;
    List<double[]> rows = some(200, elements);
    PcaModel model = Pca.on("x").fit(dataset(session, rows));
    DMatrixRMaj centred = new DMatrixRMaj(rows.size(), elements);
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < elements; j++) {
        centred.set(i, j, rows.get(i)[j] - model.means().get(j));
      }
    }
    SingularValueDecomposition_F64<DMatrixRMaj> oracle =
        DecompositionFactory_DDRM.svd(rows.size(), elements, false, true, true);
    assertThat(oracle.decompose(centred)).isTrue();
    double[] singular = oracle.getSingularValues();
    DMatrixRMaj right = oracle.getV(null, true);
    double total = 0;
    for (int i = 0; i < elements; i++) {
      int rank = 0;
      for (double other : singular) {
        rank += other > singular[i] ? 1 : 0;
      }
      double variance = singular[i] * singular[i] / (rows.size() - 1);
      total += variance;
      assertThat(model.variances().get(rank)).isCloseTo(variance, within(1e-13 * variance));
      double product = 0;
      for (int j = 0; j < elements; j++) {
        product += right.get(i, j) * model.directions().get(rank).get(j);
      }
      assertThat(Math.abs(product)).isCloseTo(1, within(1e-13));
    }
    assertThat(model.totalVariance()).isCloseTo(total, within(1e-12 * total));
  }

  @Test
  void componentsAreUncorrelatedAndHaveTheVariances() {
    Dataset rows = dataset(session, some(300, 5));
    for (Pca trainer : new Pca[] {Pca.on("x"), Pca.on("x").standardised()}) {
      PcaModel model = trainer.withComponents(3).into("z").fit(rows);
      PcaModel again = Pca.on("z").fit(model.transform(rows));
      for (int i = 0; i < 3; i++) {
        double variance = model.variances().get(i);
        assertThat(again.variances().get(i)).isCloseTo(variance, within(1e-12 * variance));
        assertThat(again.means().get(i)).isCloseTo(0, within(1e-12));
        assertThat(again.directions().get(i).get(i)).isCloseTo(1, within(1e-12));
      }
    }
    assertThat(Pca.on("x").standardised().fit(rows).totalVariance()).isCloseTo(5, within(1e-14));
  }

  @Test
  void theModelHasTheSameBitsEverywhere() {
    List<double[]> rows = some(2000, 6);
    Map<String, PcaModel> models =
        Vectors.everywhere(any -> Pca.on("x").standardised().fit(dataset(any, rows)));
    assertThat(new HashSet<>(models.values())).as(models.toString()).hasSize(1);
  }

  @Test
  void sparseVectorsAreAsGoodAsDense() {
    List<Dataset> forms = Vectors.bothForms(session, 300);
    PcaModel dense = Pca.on("x").withComponents(2).fit(forms.get(0));
    PcaModel sparse = Pca.on("x").withComponents(2).fit(forms.get(1));
    // One-hot elements have other names.
    assertThat(sparse.directions()).isEqualTo(dense.directions());
    assertThat(sparse.variances()).isEqualTo(dense.variances());
    assertThat(sparse.means()).isEqualTo(dense.means());
    assertThat(forms.get(1).transform(sparse).select("components").collect())
        .isEqualTo(forms.get(0).transform(dense).select("components").collect());
  }

  record Flower(double length, double width, double price) {}

  record Question(double length, double width) {}

  record Answer(double prediction) {}

  /** In front of a regression: principal component regression. */
  @Test
  void aSavedModelScoresOneRowAsMany(@TempDir Path scratch) {
    List<Flower> flowers =
        List.of(
            new Flower(5, 3, 1),
            new Flower(4, 3.5, 2),
            new Flower(6, 2, 1.5),
            new Flower(5.5, 2.5, 7));
    Dataset rows = session.read(Records.of(flowers, Flower.class));
    Model model =
        Pipeline.of(
                VectorAssembler.of("length", "width"),
                Pca.on("features").withComponents(1),
                LinearRegression.on("components").predicting("price"))
            .fit(rows);
    model.save(scratch.resolve("pca.zip"));
    Model loaded = Model.load(scratch.resolve("pca.zip"));
    assertThat(loaded).isEqualTo(model);
    Scorer<Question, Answer> scorer = loaded.scorer(Question.class, Answer.class);
    List<Row> scored = rows.transform(model).collect();
    for (int i = 0; i < flowers.size(); i++) {
      Question question = new Question(flowers.get(i).length(), flowers.get(i).width());
      assertThat(scorer.score(question).prediction())
          .isEqualTo(scored.get(i).doubleValue("prediction"));
    }
  }

  /** What format 1 has looked like since it was first written. */
  @Test
  void theBytesOfAModelDoNotChange(@TempDir Path scratch) throws IOException {
    PcaModel model =
        new PcaModel(
            "x",
            "components",
            List.of("length", "width"),
            List.of(1.0, 2.0),
            List.of(1.0, 0.5),
            List.of(List.of(.6, .8)),
            List.of(3.0),
            4.0,
            new Provenance("Pca", Map.of("features", "x"), List.of("x"), 10, "00ff", "0.1"));
    model.save(scratch.resolve("pca"));
    assertThat(Files.readString(scratch.resolve("pca/manifest.json")))
        .contains("\"type\": \"pca\"")
        .contains("\"shape\": [1, 2]")
        .contains("{\"name\": \"components\", \"type\": \"VECTOR(1)\"}");
    assertThat(model.fingerprint())
        .isEqualTo("862add5c7ae9b8c87576ae44215651cd56f1afa391707f7c8fb348b228fc549e");
    assertThat(Model.load(scratch.resolve("pca"))).isEqualTo(model);
  }

  @Test
  void aTableForPeople() {
    PcaModel model = Pca.on("x").fit(dataset(session, new double[] {1, 0}, new double[] {3, 0}));
    assertThat(model.toString())
        .isEqualToIgnoringNewLines(
            """
            2 principal components of the 2 elements of 'x': 2 rows
                                 variance      share   together
              component 0         2.00000    100.00%    100.00%
              component 1         0.00000      0.00%    100.00%
            """);
  }

  @Test
  void whatHasNoComponentsIsRefused() {
    Dataset rows = dataset(session, new double[] {1, 2}, new double[] {3, 4});
    assertThatThrownBy(() -> Pca.on("y").fit(rows))
        .isInstanceOf(UnknownColumnException.class)
        .hasMessageContaining("Pca.on(\"y\")")
        .hasMessageContaining("VectorAssembler");
    assertThatThrownBy(() -> Pca.on("x").withComponents(3).fit(rows))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("has 2 elements");
    assertThatThrownBy(() -> Pca.on("x").withComponents(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> Pca.on("x").fit(dataset(session, new double[] {1, 2})))
        .isInstanceOf(TooFewRowsException.class)
        .hasMessageContaining("1 rows do not determine a variance");
    assertThatThrownBy(
            () -> Pca.on("x").fit(dataset(session, new double[] {1, .1}, new double[] {1, .1})))
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("all elements of 'x' are constant");
    assertThatThrownBy(
            () ->
                Pca.on("x")
                    .fit(dataset(session, new double[] {1, 2}, new double[] {Double.NaN, 4})))
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("1 NaN in 'x[0]'");
    assertThatThrownBy(
            () -> Pca.on("x").fit(dataset(session, new double[] {1, 1e200}, new double[] {2, 4})))
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("'x[1]'")
        .hasMessageContaining("overflow");
  }

  /** A constant element has no part in any component, scaled or not. */
  @Test
  void aConstantElementIsLeftAlone() {
    Dataset rows =
        dataset(session, new double[] {1, .1}, new double[] {2, .1}, new double[] {4, .1});
    PcaModel model = Pca.on("x").standardised().withComponents(1).fit(rows);
    assertThat(model.directions()).containsExactly(List.of(1.0, 0.0));
    assertThat(model.deviations().get(1)).isEqualTo(1);
    assertThat(model.totalVariance()).isEqualTo(1);
  }
}
