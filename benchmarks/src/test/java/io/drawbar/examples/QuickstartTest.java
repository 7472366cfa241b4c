package io.drawbar.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command, on fewer rows. */
class QuickstartTest {
  @TempDir private Path folder;

  @AfterEach
  void clear() {
    System.clearProperty("drawbar.parallelism");
  }

  @Test
  void resultsDoNotDependOnParallelism() throws Exception {
    String all = Quickstart.run(folder.resolve("first"), 20_000);
    System.setProperty("drawbar.parallelism", "1");
    assertThat(Quickstart.run(folder.resolve("second"), 20_000)).isEqualTo(all);
    assertThat(folder.resolve("first/by-machine/_SUCCESS")).exists();
  }

  @Test
  void itCanBeRunAgainInTheSameFolder() throws Exception {
    Quickstart.run(folder, 1_000);
    Quickstart.run(folder, 1_000);
    assertThat(Files.list(folder).map(f -> f.getFileName().toString()))
        .containsExactlyInAnyOrder("readings.csv", "by-machine");
  }
}
