package io.drawbar.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.DamagedModelException;
import io.drawbar.Model;
import io.drawbar.ModelContent;
import io.drawbar.Provenance;
import io.drawbar.type.DataType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classifiers as files: what is in them stays what it is. */
class SavedLogitsTest {
  private static final Provenance PROVENANCE =
      new Provenance("LogisticRegression", Map.of("label", "y"), List.of("x", "y"), 9, "00ff", "0");
  private static final LogisticRegressionModel BINARY =
      new LogisticRegressionModel(
          "x",
          List.of("age", "city=Bern", "x[2]"),
          DataType.BOOLEAN,
          2,
          List.of(.5, -0.0, Double.MIN_VALUE),
          List.of(-1.25),
          9,
          .25,
          1e-9,
          7,
          PROVENANCE);
  private static final LogisticRegressionModel THREE =
      new LogisticRegressionModel(
          "x",
          List.of("a", "b"),
          DataType.LONG,
          3,
          List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0),
          List.of(.1, .2, .3),
          9,
          .25,
          1e-9,
          7,
          PROVENANCE);

  @TempDir private Path scratch;

  @Test
  void modelsComeBackFromTheirFiles() throws Exception {
    for (LogisticRegressionModel model : List.of(BINARY, THREE)) {
      Path folder = scratch.resolve("classes" + model.classes());
      model.save(folder);
      assertThat(Model.load(folder)).isEqualTo(model);
    }
    String manifest = Files.readString(scratch.resolve("classes3/manifest.json"));
    assertThat(manifest)
        .contains("\"logistic-regression\"", "\"classes\": 3", "\"predicted\": \"LONG\"")
        .contains("\"intercepts\"", "\"steepness\": ");
    assertThat(Files.readAllBytes(scratch.resolve("classes3/coefficients.f64"))).hasSize(48);
  }

  /** A change of these says that files of before are no longer what they were: a new version. */
  @Test
  void theFilesAreThoseOfBefore() {
    assertThat(List.of(BINARY.fingerprint(), THREE.fingerprint()))
        .containsExactly(
            "4a9e36c9b45958735b12f2464cbd9ca152db1ef98a5ea1422820c13aaf9ed810",
            "2a56aa32b365f092b6b83931eb70d72acb549b8d6e7e318cc7468d12858cc647");
  }

  @Test
  void whatNoModelHasIsRefused() {
    ModelContent wrong =
        ModelContent.of(LogisticRegressionModel.TYPE)
            .setting("features", "x")
            .setting("predicted", "BOOLEAN")
            .setting("classes", 3)
            .setting("rows", 9)
            .setting("steps", 7)
            .metric("objective", 1)
            .metric("steepness", 1)
            .tensor("coefficients", new double[6], 3, 2)
            .doubles("intercepts", new double[3])
            .texts("elements", List.of("a", "b"))
            .build();
    assertThatThrownBy(() -> LogisticRegressionModel.of(wrong))
        .isInstanceOf(DamagedModelException.class)
        .hasMessageContaining("predictions of 3 classes are no BOOLEAN");
    assertThatThrownBy(() -> BINARY.coefficientsOf(0)).hasMessageContaining("class 0");
    assertThatThrownBy(THREE::intercept).hasMessageContaining("intercepts()");
    assertThat(THREE.coefficientsOf(1)).containsExactly(3.0, 4.0);
  }

  @Test
  void aModelOfNoNumbersIsRefused() {
    for (double wrong : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      for (int place = 0; place < 2; place++) {
        ModelContent content =
            ModelContent.of(LogisticRegressionModel.TYPE)
                .setting("features", "x")
                .setting("predicted", "LONG")
                .setting("classes", 2)
                .setting("rows", 9)
                .setting("steps", 7)
                .metric("objective", 1)
                .metric("steepness", 1)
                .tensor("coefficients", new double[] {place == 0 ? wrong : 1}, 1, 1)
                .doubles("intercepts", place == 1 ? wrong : 1)
                .texts("elements", List.of("a"))
                .build();
        assertThatThrownBy(() -> LogisticRegressionModel.of(content))
            .isInstanceOf(DamagedModelException.class)
            .hasMessageContaining("a coefficient or an intercept on 'x' is not finite");
      }
    }
  }

  /** Nothing in the file says how many there are but the shape. */
  @Test
  void rowsOfNothingAreNotCounted() {
    ModelContent content =
        ModelContent.of("any").tensor("centres", new double[0], Integer.MAX_VALUE, 0).build();
    assertThatThrownBy(() -> Matrices.rows(content, "centres"))
        .isInstanceOf(DamagedModelException.class)
        .hasMessageContaining("part 'centres' of a any has the shape [2147483647, 0]");
  }

  @Test
  void asManyRoundsAsAnyoneMayWant() {
    assertThat(new LloydStep("x", 1, 2, 0, Integer.MAX_VALUE).mostSupersteps())
        .hasValue(Integer.MAX_VALUE);
    assertThat(
            new MixtureStep(
                    "mixture",
                    "x",
                    1,
                    2,
                    CovarianceShape.FULL,
                    9,
                    List.of(0.0),
                    0,
                    Integer.MAX_VALUE)
                .mostSupersteps())
        .hasValue(Integer.MAX_VALUE);
    assertThat(new LloydStep("x", 1, 2, 0, 5).mostSupersteps()).hasValue(6);
  }
}
