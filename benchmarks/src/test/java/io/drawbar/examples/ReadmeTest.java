package io.drawbar.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every sample of the README is compiled as it stands there, and run in a folder with its input.
 */
class ReadmeTest {
  private static final Pattern SAMPLE =
      Pattern.compile("<!-- sample: Readme\\.(\\w+) -->\n```java\n(.*?)```", Pattern.DOTALL);

  private static final String IMPORTS =
      """
      import static io.drawbar.expr.Functions.*;
      import io.drawbar.*;
      import io.drawbar.config.*;
      import io.drawbar.evaluate.*;
      import io.drawbar.feature.*;
      import io.drawbar.io.*;
      import io.drawbar.learn.*;
      import io.drawbar.type.*;
      import java.nio.file.Path;
      import java.util.*;
      """;

  @TempDir private Path folder;

  private static String readme() throws IOException {
    return Files.readString(Path.of("..", "README.md"));
  }

  @Test
  void everyJavaSampleIsMarkedAndSoRun() throws IOException {
    String text = readme();
    long blocks = Pattern.compile("```java").matcher(text).results().count();
    assertThat(SAMPLE.matcher(text).results().count()).isEqualTo(blocks).isPositive();
  }

  @Test
  void samplesCompileAndRun() throws Exception {
    Files.writeString(
        folder.resolve("readings.csv"),
        "machine,hour,temperature,vibration\na,1,20.5,1\nb,1,999,2\na,2,21.5,3\n");
    Files.createDirectories(folder.resolve("books"));
    Files.writeString(folder.resolve("books/one.txt"), "To be, or not to be\n");
    StringBuilder wear = new StringBuilder("temperature,vibration,wear\n");
    for (int i = 0; i < 50; i++) {
      wear.append(i).append(',').append(i * i % 7).append(',').append(2 * i + 3).append('\n');
    }
    Files.writeString(folder.resolve("wear.csv"), wear);

    List<String> ran = new ArrayList<>();
    Matcher sample = SAMPLE.matcher(readme());
    while (sample.find()) {
      run(sample.group(1), sample.group(2));
      ran.add(sample.group(1));
    }

    assertThat(ran).containsExactly("averages", "words", "wear", "scoring");
    String averages = "machine,average,n\na,21.0,2\n";
    assertThat(Files.list(folder.resolve("averages")).map(ReadmeTest::text)).contains(averages);
    assertThat(text(folder.resolve("words.out"))).contains("(word=be, n=2)", "(word=or, n=1)");
    assertThat(text(folder.resolve("wear.out"))).contains("element 0          2.0000");
    // Twice 60 and 3, but for the penalty.
    assertThat(text(folder.resolve("scoring.out")))
        .contains("rSquared=0.99999", "Prediction[prediction=122.99");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void run(String name, String code) throws Exception {
    String type = "Sample_" + name;
    Path source = folder.resolve(type + ".java");
    Files.writeString(
        source,
        IMPORTS
            + "public class "
            + type
            + " { public static void main(String[] arguments) throws Exception {\n"
            + code
            + "}}\n");
    String classPath = System.getProperty("java.class.path");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int compiled = compiler.run(null, null, null, "-cp", classPath, source.toString());
    assertThat(compiled).as("README sample '%s' compiles", name).isZero();

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                folder + java.io.File.pathSeparator + classPath,
                type)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".out").toFile())
            .start();
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as("README sample '%s' ends", name).isTrue();
    assertThat(process.exitValue()).as(text(folder.resolve(name + ".out"))).isZero();
  }
}
