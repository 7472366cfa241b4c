package io.drawbar.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.drawbar.Session;
import io.drawbar.learn.LinearRegressionModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that lie on a plane give that plane. */
class TrainingTest {
  @TempDir private Path folder;

  @Test
  void libSvm() throws IOException {
    Path file = folder.resolve("rows.libsvm");
    List<String> rows =
        IntStream.range(1, 40).mapToObj(i -> plane(i, i % 5) + " 1:" + i + sparse(i % 5)).toList();
    Files.write(file, rows);
    try (Session session = Session.open()) {
      check(LinearRegressionFromLibSvm.fit(session, file.toString(), 2));
    }
  }

  private static String sparse(int second) {
    return second == 0 ? "" : " 2:" + second;
  }

  private static double plane(int first, int second) {
    return 3 + 2.0 * first - 0.5 * second;
  }

  @Test
  void jsonAboveAThreshold() throws IOException {
    Path file = folder.resolve("events.jsonl");
    List<String> events =
        IntStream.range(1, 60)
            .mapToObj(
                i ->
                    "{\"value\":%d,\"load\":%d,\"result\":%s,\"other\":[]}"
                        .formatted(i, i % 7, i > 20 ? plane(i, i % 7) : -1000))
            .toList();
    Files.write(file, events);
    try (Session session = Session.open()) {
      LinearRegressionModel model = JsonTraining.fit(session, file.toString(), 20);
      check(model);
      assertThat(model.rows()).isEqualTo(39);
    }
  }

  private static void check(LinearRegressionModel model) {
    assertThat(model.intercept()).isCloseTo(3, within(1e-9));
    assertThat(model.coefficients().get(0)).isCloseTo(2, within(1e-9));
    assertThat(model.coefficients().get(1)).isCloseTo(-0.5, within(1e-9));
  }
}
