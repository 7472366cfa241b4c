package io.drawbar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks run from end to end, on inputs that are too small to say anything. */
class BenchmarksTest {
  @TempDir private Path folder;

  @BeforeEach
  void keepAllInFolder() {
    System.setProperty(Input.INPUTS, folder.toString());
    System.setProperty(Benchmarks.RESULTS, folder.resolve("results").toString());
  }

  @AfterEach
  void clear() {
    System.clearProperty(Input.INPUTS);
    System.clearProperty(Benchmarks.RESULTS);
  }

  private String table(String benchmark, String... arguments) throws Exception {
    String[] quick = {benchmark, "local", "-f", "0", "-wi", "0", "-i", "1"};
    Benchmarks.main(
        java.util.stream.Stream.concat(List.of(quick).stream(), List.of(arguments).stream())
            .toArray(String[]::new));
    return Ratios.table(List.of(folder.resolve("results/" + benchmark + "-local.json")));
  }

  @Test
  void contendersOfAnEngineAreTimedSideBySide() throws Exception {
    assertThat(table("WordCountBenchmark", "-p", "bytes=20000"))
        .contains("bytes=20000 engine=local | drawbar |", "| drawbarTyped |")
        .contains("| handWritten |", "| handTuned |")
        .doesNotContain("sparkSql", "mllib");
  }

  @Test
  void trainersAreTimedByNameAndWhereTheirRowsAre() throws Exception {
    String[] some = {"-p", "rows=3000", "-p", "trainer=kmeans,linear"};
    assertThat(table("TrainBenchmark", some))
        .contains("engine=local from=cached rows=3000 trainer=linear | drawbar |")
        .contains("engine=local from=csv rows=3000 trainer=kmeans | drawbar |", "| handWritten |")
        .doesNotContain("trainer=pca");
  }

  @Test
  void readersAreTimedByHowNumbersLook() throws Exception {
    for (String format : List.of("Csv", "Json", "Libsvm")) {
      assertThat(table(format + "ReadBenchmark", "-p", "rows=2000"))
          .contains("cells=short engine=local rows=2000 | drawbar |", "| plain |", "| memoryScan |")
          .contains("cells=full17 engine=local rows=2000 | drawbar |");
    }
    assertThat(table("ParquetReadBenchmark", "-p", "rows=2000"))
        .contains("cells=distinct engine=local rows=2000 | drawbar |", "| memoryScan |")
        .contains("cells=repeated engine=local rows=2000 | drawbar |", "| plain |");
  }

  @Test
  void whatIsWrittenIsCheckedAndRemoved() throws Exception {
    assertThat(table("CsvWriteBenchmark", "-p", "rows=2000"))
        .contains("cells=full17 engine=local rows=2000 | drawbar |", "| plain |");
    try (var files = java.nio.file.Files.walk(folder)) {
      assertThat(files.map(java.nio.file.Path::toString))
          .noneMatch(name -> name.contains("written-"));
    }
  }

  @Test
  void aRowIsScoredAsByHand() throws Exception {
    String[] quick = {"ScoreBenchmark", "local", "-f", "0", "-wi", "0", "-i", "1", "-r", "10ms"};
    Benchmarks.main(quick);
  }

  @Test
  void rowsFromCacheAndFromCsvHaveTheirOwnContenders() throws Exception {
    String table = table("LinearRegressionBenchmark", "-p", "rows=2000", "-p", "features=3");
    assertThat(table).contains("from=cached", "from=csv");
    assertThat(
            table(
                "LinearRegressionBenchmark",
                "-p",
                "rows=2000",
                "-p",
                "features=3",
                "-p",
                "from=csv"))
        .contains("from=csv")
        .doesNotContain("from=cached");
  }
}
