package io.drawbar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Files larger than the heap, in a process of its own. */
class OutOfCoreTest {
  @TempDir private Path folder;

  @Test
  void aFileOfSeveralTimesTheHeap() throws Exception {
    assertThat(run(128, "-Xmx64m", "-XX:+UseSerialGC")).contains("model ").contains("done");
  }

  /** {@code mvn -Pheavy verify}, or {@code -Dheavy=true}: minutes, and some gigabytes of disk. */
  @Test
  @EnabledIfSystemProperty(named = "heavy", matches = "true")
  void aFileOfFourTimesAHeapOfHalfAGigabyte() throws Exception {
    System.out.println(run(2048, "-Xmx512m"));
  }

  private String run(int mebibytes, String... flags) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(OutOfCoreProgram.class.getName());
    command.addAll(List.of(folder.toString(), Integer.toString(mebibytes)));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(30, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}
