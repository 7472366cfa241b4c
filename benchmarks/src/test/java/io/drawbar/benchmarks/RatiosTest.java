package io.drawbar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatiosTest {
  @TempDir private Path folder;

  private static String result(String method, String raw) {
    return """
        {
          "jmhVersion" : "1.37",
          "benchmark" : "io.drawbar.benchmarks.WordCountBenchmark.%s",
          "jvmArgs" : [ "-Da=\\"b\\"" ],
          "params" : { "engine" : "local", "bytes" : "7" },
          "primaryMetric" : { "score" : 1.0E2, "scoreError" : "NaN",
            "scoreUnit" : "ms/op", "rawData" : [ [ %s ] ] },
          "secondaryMetrics" : { %s }
        }"""
        .formatted(method, raw, cpu(method.equals("drawbar") ? "200.0" : "800.0, 600.0, 1000.0"));
  }

  private static String cpu(String raw) {
    return "\"cpu\" : { \"scoreUnit\" : \"ms\", \"rawData\" : [ [ %s ] ] }".formatted(raw);
  }

  @Test
  void mediansSpreadsAndRatios() throws IOException {
    Path file = folder.resolve("result.json");
    Files.writeString(
        file,
        "["
            + result("drawbar", "120.0, 90.0, 100.0")
            + ","
            + result("handWritten", "400.0, 300.0, 500.0")
            + "]");
    assertThat(Ratios.table(List.of(file)))
        .contains(
            "| WordCountBenchmark bytes=7 engine=local | drawbar | 100 | 90 - 120 | 200 | | | |")
        .contains("| handWritten | 400 | 300 - 500 | 800 | 0.25 | 0.18 - 0.40 | 0.25 |");
  }

  @Test
  void jsonOfAnyShape() {
    assertThat(JsonText.parse(" { \"a\\u0041\\n\" : [ 1, -2.5e3, true, null, {}, [] ] } "))
        .isEqualTo(
            Map.of("aA\n", java.util.Arrays.asList(1.0, -2500.0, true, null, Map.of(), List.of())));
  }
}
