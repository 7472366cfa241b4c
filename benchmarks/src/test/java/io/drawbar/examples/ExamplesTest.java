package io.drawbar.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who calls an example in another way than it wants is told how. */
class ExamplesTest {
  @TempDir private Path folder;

  @Test
  void examplesThatAreNotThere() {
    String all =
        "JsonTraining, KeyedAverage, LinearRegressionFromCsv, LinearRegressionFromLibSvm, OrderValue,"
            + " Quickstart, SortedReadings, WordCount";
    assertThatThrownBy(() -> Examples.run("Wordcount", "x"))
        .isInstanceOf(UsageException.class)
        .hasMessage("no example is named 'Wordcount'; there are: " + all);
    assertThatThrownBy(Examples::run).hasMessage("no example is named ''; there are: " + all);
  }

  @Test
  void allThatCanBeRunIsNamed() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("src/main/java/io/drawbar/examples"))) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        if (Files.readString(file).contains("void main(String[]") && !name.equals("Examples")) {
          assertThatThrownBy(() -> Examples.run("")).hasMessageContaining(name);
          assertThat(
                  Files.readString(Path.of("src/main/java/io/drawbar/examples/package-info.java")))
              .contains("examples." + name + "}");
        }
      }
    }
  }

  @Test
  void argumentsThatDoNotFit() {
    String csv =
        "LinearRegressionFromCsv takes <path of CSV files> <number of features>; %s. Run it with%n"
            + "  -Dexample=LinearRegressionFromCsv -Dargs=\"<path of CSV files> <number of features>\"";
    List<String[]> calls =
        List.of(new String[0], new String[] {"rows.csv"}, new String[] {"rows.csv", "two"});
    List<String> found = List.of("0 given", "1 given", "'two' is no whole number");
    for (int i = 0; i < calls.size(); i++) {
      String[] call = calls.get(i);
      assertThatThrownBy(() -> LinearRegressionFromCsv.main(call))
          .isInstanceOf(UsageException.class)
          .hasMessage(csv.formatted(found.get(i)));
    }
    for (String name :
        List.of(
            "JsonTraining",
            "KeyedAverage",
            "LinearRegressionFromLibSvm",
            "OrderValue",
            "SortedReadings",
            "WordCount")) {
      assertThatThrownBy(() -> Examples.run(name))
          .isInstanceOf(UsageException.class)
          .hasMessageStartingWith(name + " takes <path of ");
    }
    assertThatThrownBy(() -> Examples.run("JsonTraining", "x", "y"))
        .hasMessageContaining("'y' is no number");
  }

  @Test
  void wordCountPrintsTheMostFrequentWords() throws Exception {
    Path text = folder.resolve("text.txt");
    Files.writeString(text, "b a b\nc A a d e f g h i j k l\n");
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Examples.run("WordCount", text.toString());
    } finally {
      System.setOut(out);
    }
    List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    int first = lines.indexOf("word  n");
    assertThat(lines.subList(first + 2, first + 12))
        .containsExactly(
            "a     3", "b     2", "c     1", "d     1", "e     1", "f     1", "g     1", "h     1",
            "i     1", "j     1");
  }
}
