package io.drawbar.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.config.CoreKeys;
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
 * Those that need an engine are run with its module, by {@code UserProjectTest}.
 */
class ReadmeTest {
  private static final Pattern SAMPLE =
      Pattern.compile("<!-- sample: Readme\\.(\\w+) -->\n```java\n(.*?)```", Pattern.DOTALL);

  private static final Pattern ON_AN_ENGINE =
      Pattern.compile("<!-- sample: Readme\\.attached on (\\w+) -->\n```java\n");

  private static final String IMPORTS =
      """
      import static io.drawbar.expect.Expectations.*;
      import static io.drawbar.expr.Functions.*;
      import io.drawbar.*;
      import io.drawbar.config.*;
      import io.drawbar.evaluate.*;
      import io.drawbar.expect.*;
      import io.drawbar.feature.*;
      import io.drawbar.io.*;
      import io.drawbar.io.compression.*;
      import io.drawbar.io.parquet.*;
      import io.drawbar.learn.*;
      import io.drawbar.quality.*;
      import io.drawbar.type.*;
      import java.nio.file.Path;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.stream.*;
      """;

  @TempDir private Path folder;

  private static String readme() throws IOException {
    return Files.readString(Path.of("..", "README.md"));
  }

  @Test
  void everyJavaSampleIsMarkedAndSoRun() throws IOException {
    String text = readme();
    long blocks = Pattern.compile("```java").matcher(text).results().count();
    List<String> onEngines =
        ON_AN_ENGINE.matcher(text).results().map(match -> match.group(1)).toList();
    assertThat(onEngines).containsExactly("spark", "flink", "mapreduce");
    assertThat(SAMPLE.matcher(text).results().count())
        .isEqualTo(blocks - onEngines.size())
        .isPositive();
  }

  @Test
  void everyKeyIsExplained() throws IOException {
    String text = readme();
    assertThat(CoreKeys.all()).allSatisfy(key -> assertThat(text).contains("| `" + key.name()));
  }

  @Test
  void whatSparkNeedsIsListed() throws IOException {
    Pattern flag = Pattern.compile("--add-opens=\\S+=ALL-UNNAMED");
    String pom = Files.readString(Path.of("..", "pom.xml"));
    List<String> wanted = flag.matcher(pom).results().map(match -> match.group()).toList();
    assertThat(wanted).isNotEmpty();
    assertThat(readme()).contains("```\n" + String.join("\n", wanted) + "\n```");
  }

  @Test
  void samplesCompileAndRun() throws Exception {
    makeInputs();
    List<String> ran = new ArrayList<>();
    Matcher sample = SAMPLE.matcher(readme());
    while (sample.find()) {
      run(sample.group(1), sample.group(2));
      ran.add(sample.group(1));
    }

    assertThat(ran)
        .containsExactly(
            "averages",
            "words",
            "cleaning",
            "inferring",
            "typed",
            "joins",
            "formats",
            "storing",
            "scoring",
            "training",
            "searching",
            "listening",
            "stopping",
            "unclean",
            "expecting");
    assertThat(text(folder.resolve("averages.csv"))).isEqualTo("machine,average,n\na,21.0,2\n");
    assertThat(out("words")).containsPattern("be +\\|? *2").containsPattern("or +\\|? *1");
    assertThat(out("cleaning"))
        .containsPattern("(?m)^ADA +36 +10\\.3$")
        .containsPattern("(?m)^BOB +(-|\u2205) +0\\.0$");
    String printed = out("inferring");
    assertThat(printed).contains("value DOUBLE\n");
    assertThat(readme())
        .contains("```\n" + printed.substring(0, printed.indexOf("\n\n")) + "\n```");
    assertThat(out("typed")).containsPattern("(?m)^not +1 +3$").doesNotContain("be ");
    assertThat(out("joins")).contains("4.5").contains("Bern").doesNotContain("null");
    assertThat(text(folder.resolve("half.json")).lines()).hasSizeLessThan(5);
    assertThat(text(folder.resolve("events.csv"))).isEqualTo("machine,value\na,0.75\n");
    assertThat(out("formats")).containsPattern("features\\[0\\] +2\\.0000").contains("intercept");
    assertThat(out("storing")).containsPattern("(?m)^DE +2024 +one\\b").contains("12.5", "7.0");
    assertThat(folder.resolve("sales/country=DE/year=2024")).isDirectory();
    assertThat(folder.resolve("sales/country=CH")).doesNotExist();
    assertThat(folder.resolve("sales-log")).isDirectoryContaining("glob:**/part-*.json");
    assertThat(out("unclean")).startsWith("2 good, 1 bad\n").contains("orders-2025.csv");
    assertThat(out("expecting")).contains("amount");
    assertThat(text(folder.resolve("orders.html"))).contains("<svg");
    // Twice 60 and 3, but for the penalty.
    assertThat(out("scoring"))
        .containsPattern("R squared +(0\\.99999|1\\.0)")
        .contains("Prediction[prediction=122.99");
    assertThat(out("training"))
        .contains("AUC ", "log-loss 0.")
        .containsPattern("Churn\\[probability=0\\.\\d+, prediction=(true|false)\\]");
    assertThat(out("searching"))
        .containsPattern("Silhouette: 0\\.\\d+ over 200 rows in 3 clusters")
        .containsPattern("(?m)^LogisticRegression l2=0\\.001 +0\\.\\d+ +0\\.\\d+")
        .containsPattern("(?m)^LogisticRegression l2=0\\.1 ")
        .containsPattern("(?m)  \\*$");
    assertThat(out("listening")).contains("local").endsWith("1\n");
    assertThat(out("stopping"))
        .contains("superstep 3, loss 0.")
        .doesNotContain("superstep 4")
        .contains("logistic regression of 2 classes");
  }

  private void makeInputs() throws IOException {
    write(
        "readings.csv", "machine,hour,temperature,vibration\na,1,20.5,1\nb,1,999,2\na,2,21.5,3\n");
    write("loans.csv", "id,amount,zip,unit price\n1,7,007,x\n2,2.5,3005,y\n3,NA,8001,z\n");
    write("books/one.txt", "To be, or not to be\n");
    write("customers.csv", "customer,city\n1,Bern\n2,Chur\n");
    write("orders-2023.csv", "order,customer,amount\n1,1,10\n2,2,20\n");
    write("orders-2025.csv", "order,customer,amount\n5,1,30\n6,one,4.5\n7,2,5\n");
    write(
        "sales.csv",
        "country,year,note,amount\n# made by hand\nDE,2024,\"one\ntwo\",12.5\nDE,2023,,7\nCH,2024,x,NA\n");
    write("orders-2024.csv", "order,customer,amount\n3,1,30\n4,3,4.5\n");
    StringBuilder churn = new StringBuilder("age,income,visits,churned\n");
    for (int i = 0; i < 200; i++) {
      boolean churned = i % 7 + i % 3 > 4;
      churn.append(String.join(",", "" + (20 + i % 50), "" + 1000 * (i % 60), "" + (i % 7)));
      churn.append(",").append(churned).append("\n");
    }
    write("churn.csv", churn.toString());
    write(
        "shoppers.csv",
        churn.toString().replaceAll("(?m)^(\\d+),0,", "$1,,").replaceAll("(?m)^20,", ","));
    write("guests.csv", "name,age,paid\n  Ada ,36 ,10.25\nbob,  ,\n");
    write(
        "events/2024-02.json",
        """
        {"source": {"machine": "a"}, "value": 0.75}
        {"source": {"machine": "b"}, "value": 0.25}
        """);
    write("rows.libsvm", "3 1:0\n5 1:1\n6.5 1:2 2:1\n2.5 2:1\n");
    StringBuilder wear = new StringBuilder("temperature,vibration,maker,wear\n");
    for (int i = 0; i < 50; i++) {
      String maker = i * i % 3 == 0 ? "Other" : "Acme";
      wear.append("%s,%s,%s,%s\n".formatted(i, i * i % 7, maker, 2 * i + 3));
    }
    write("wear.csv", wear.toString());
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.writeString(folder.resolve(name), text);
  }

  private String out(String name) {
    return text(folder.resolve(name + ".out"));
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
