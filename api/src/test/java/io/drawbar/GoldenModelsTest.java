package io.drawbar;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.learn.Inference;
import io.drawbar.learn.LinearRegressionModel;
import io.drawbar.learn.LogisticRegressionModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that were written once, in each format there has been, are read for ever. */
class GoldenModelsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @TempDir private Path scratch;

  private static List<Path> files(long format) throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN.resolve(String.valueOf(format)))) {
      return files.filter(f -> f.toString().endsWith(".zip")).sorted().toList();
    }
  }

  /** The SHA-256 of the rows that each model is to make. */
  private static Map<String, String> rows(long format) throws IOException {
    Map<String, String> rows = new TreeMap<>();
    Path list = GOLDEN.resolve(format + "/rows.sha256");
    for (String line : Files.readAllLines(list)) {
      rows.put(line.substring(66), line.substring(0, 64));
    }
    return rows;
  }

  private static String sha256(String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void thereIsAFolderForEachFormat() throws IOException {
    try (Stream<Path> folders = Files.list(GOLDEN)) {
      assertThat(folders.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("0", String.valueOf(Manifest.FORMAT));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void eachIsReadAndGivesItsRows(long format) throws Exception {
    Map<String, String> wanted = rows(format);
    Map<String, String> found = new TreeMap<>();
    try (Session session = Session.open()) {
      for (Path file : files(format)) {
        Model model = Model.load(file);
        String name = file.getFileName().toString().replace(".zip", "");
        found.put(name, sha256(GoldenModels.scored(model, session)));
        assertThat(model.summary().toString()).contains("where it comes from");
        Path again = scratch.resolve(name + ".zip");
        model.save(again);
        Model saved = Model.load(again);
        assertThat(saved).isEqualTo(model);
        assertThat(saved.summary()).isEqualTo(model.summary());
        if (format == Manifest.FORMAT) {
          assertThat(Files.readAllBytes(again)).as(name).isEqualTo(Files.readAllBytes(file));
        }
      }
    }
    assertThat(found).isEqualTo(wanted).hasSize(format == 0 ? 7 : 13);
  }

  /** Format 0 had no inference, no deviances and no curves: its models say so, and nothing else. */
  @Test
  void whatFormat0DidNotHaveIsUnknown() {
    LinearRegressionModel linear = last("0/linear.zip", LinearRegressionModel.class);
    assertThat(linear.inference()).isEqualTo(Inference.unknown());
    assertThat(linear.summary().toString()).contains("the model does not have them");
    LogisticRegressionModel logistic = last("0/logistic.zip", LogisticRegressionModel.class);
    assertThat(logistic.deviance()).isNaN();
    assertThat(logistic.objectives()).isEmpty();

    LinearRegressionModel known = last("1/linear.zip", LinearRegressionModel.class);
    assertThat(known.tests()).hasSize(3);
    assertThat(known.coefficients()).isEqualTo(linear.coefficients());
    LogisticRegressionModel curve = last("1/logistic.zip", LogisticRegressionModel.class);
    assertThat(curve.objectives()).hasSize(curve.steps() + 1);
    assertThat(curve.tests(1)).hasSize(4);
  }

  private static <M extends Model> M last(String file, Class<M> type) {
    PipelineModel model = (PipelineModel) Model.load(GOLDEN.resolve(file));
    return type.cast(new ArrayList<>(model.stages()).get(model.stages().size() - 1));
  }
}
