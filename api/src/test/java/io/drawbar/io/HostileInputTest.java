package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A row of a gigabyte, a million columns, a bomb: in a process with a heap of 256 MiB, each is an
 * error that says what and where it is.
 */
class HostileInputTest {
  private static final String TOO_LONG = "the row is longer than 67108864 bytes";

  @TempDir Path folder;

  private Map<String, String> outcomes() throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            HostileInput.class.getName(),
            folder.toString());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).describedAs("%s", said).isZero();
    Map<String, String> outcomes = new LinkedHashMap<>();
    said.lines()
        .filter(line -> line.contains(": "))
        .forEach(
            line -> {
              int colon = line.indexOf(": ");
              outcomes.put(line.substring(0, colon), line.substring(colon + 2));
            });
    return outcomes;
  }

  @Test
  void whatIsTooMuchIsNamedInASmallHeap() throws IOException, InterruptedException {
    Map<String, String> found = outcomes();
    List.of("csv row", "csv numbers", "csv quote", "text row", "gzip row", "json row", "libsvm row")
        .forEach(name -> assertThat(found.get(name)).as(name).contains(TOO_LONG));
    assertThat(found.get("csv row")).contains("f, line 2 (byte 4)");
    assertThat(found.get("json row")).contains("f, line 2 (byte 3)");
    assertThat(found.get("csv comment")).contains("1 rows");
    assertThat(found.get("csv separators"))
        .contains("line 2 (byte 4): the row has 62914557 fields, not 2: ',,,,,,,,");
    assertThat(found.get("csv names"))
        .contains("the header has 4194305 columns, more than 1000000");
    assertThat(found.get("csv long header")).contains("the header is longer than 16777216 bytes");
    assertThat(found.get("csv header")).contains("has no column 'a'; its header is: x,1");
    assertThat(found.get("csv inferred")).contains("4194305 columns");
    assertThat(found.get("json deep")).contains("is an array, not a STRING");
    assertThat(found.get("json deep unused")).contains("more than 1000 deep");
    assertThat(found.get("json inferred")).contains("more than 1000 deep");
    assertThat(found.get("gzip of nothing")).isEqualTo("0 rows");
  }
}
