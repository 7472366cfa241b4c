package io.drawbar.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import io.drawbar.Session;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/**
 * A user's project, outside of this build: it is compiled against {@code drawbar-api} alone, runs
 * in a JVM of its own with what that brings along, and then on an engine, with the same classes,
 * one more dependency and one property. What it prints and the model it saves are the same bytes.
 *
 * <p>The README's sample for programs that have the engine already is compiled and run here, too,
 * because only here the engine is on the class path.
 */
public abstract class UserProjectTest {
  private static final long SECONDS = 240;
  private static final int CUSTOMERS = 60;
  private static final int ORDERS = 3_000;
  private static final List<String> CITIES = List.of("Basel", "Bern", "Chur");

  /** Where {@link #attached()} has the README's sample. */
  protected static final String SAMPLE = "// sample";

  private static final String PROGRAM =
      """
      package com.example;

      import static io.drawbar.expr.Functions.*;

      import io.drawbar.*;
      import io.drawbar.evaluate.RegressionMetrics;
      import io.drawbar.feature.*;
      import io.drawbar.io.Csv;
      import io.drawbar.learn.LinearRegression;
      import java.nio.file.Path;
      import org.slf4j.Logger;
      import org.slf4j.LoggerFactory;

      public final class Shop {
        private static final Logger LOG = LoggerFactory.getLogger(Shop.class);

        public record Order(long customer, long items, double amount) {}
        public record Customer(long customer, String city) {}
        public record Basket(long items, String city) {}
        public record Expected(double prediction) {}

        public static void main(String[] arguments) {
          Path saved = Path.of(arguments[1]);
          try (Session session = Session.open()) {
            LOG.info("opened");
            System.err.println("engine: " + session.engine());
            Dataset customers =
                session.read(Csv.of(Customer.class).header().at(arguments[0] + "/customers.csv"));
            Dataset orders =
                session.read(Csv.of(Order.class).header().at(arguments[0] + "/orders-*.csv"))
                    .join(customers, "customer");
            orders
                .groupBy("city")
                .agg(count().as("orders"), sum("amount").as("amount"), avg("items").as("items"))
                .collect()
                .forEach(System.out::println);

            Model model =
                Pipeline.of(
                        StringIndexer.on("city"),
                        OneHotEncoder.on("cityIndex").into("cityVector").droppingLast(),
                        VectorAssembler.of("items", "cityVector").into("features"),
                        StandardScaler.on("features"),
                        LinearRegression.on("features").predicting("amount"))
                    .fit(orders);
            System.out.println(model);
            System.out.println(
                RegressionMetrics.of(model.transform(orders), "amount", "prediction"));
            model.save(saved);
            System.out.println("fingerprint: " + model.fingerprint());
          }
          Scorer<Basket, Expected> scorer = Model.load(saved).scorer(Basket.class, Expected.class);
          System.out.println("score: " + scorer.score(new Basket(10, "Bern")).prediction());
        }
      }
      """;

  @TempDir private Path folder;

  /** The name of the engine whose module is on the class path of this test. */
  protected abstract String engine();

  /**
   * A class {@code com.example.Attached}, a program that has the engine already, in which the
   * README's sample for it takes the place of {@link #SAMPLE}. It prints the sum of the visits of
   * the page {@code home}, which is 7.
   */
  protected abstract String attached();

  /** What a program printed, and how it ended. */
  private record Ended(int status, String out, String err) {}

  @BeforeEach
  final void makeProject() throws IOException {
    Files.createDirectories(folder.resolve("classes"));
    compile("Shop", PROGRAM, List.of(placeOf(Session.class), placeOf(Logger.class)));
    makeData();
  }

  private void compile(String name, String program, List<String> classPath) throws IOException {
    Path source = folder.resolve("src/com/example/%s.java".formatted(name));
    Files.createDirectories(source.getParent());
    Files.writeString(source, program);
    String classes = folder.resolve("classes").toString();
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", path(classPath), "-d", classes, source.toString());
    assertThat(compiled).as("%s compiles with %s", name, classPath).isZero();
  }

  /** An order costs two for each item, and what its city adds: 3 for Basel, 2 for Bern. */
  private void makeData() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    StringBuilder customers = new StringBuilder("customer,city\n");
    for (int c = 0; c < CUSTOMERS; c++) {
      customers.append(c).append(',').append(CITIES.get(c % 3)).append('\n');
    }
    Files.writeString(data.resolve("customers.csv"), customers);
    for (int file = 0; file < 2; file++) {
      StringBuilder orders = new StringBuilder("customer,items,amount\n");
      for (int n = file; n < ORDERS; n += 2) {
        orders.append("%s,%s,%s\n".formatted(customer(n), items(n), amount(n)));
      }
      Files.writeString(data.resolve("orders-" + file + ".csv"), orders);
    }
  }

  private static int customer(int order) {
    return order * 7 % CUSTOMERS;
  }

  private static int items(int order) {
    return 1 + order * order % 11;
  }

  private static int amount(int order) {
    return 2 * items(order) + 3 - customer(order) % 3;
  }

  @Test
  final void oneMoreDependencyAndOnePropertyGiveTheSameBytes() throws Exception {
    Ended alone = run("Shop", "alone", api(), List.of());
    assertThat(alone.status()).as(alone.err()).isZero();
    assertThat(alone.err()).contains("engine: local");
    checkAnswers(alone.out());

    Ended onEngine = run("Shop", engine(), withEngine(), flags("-Ddrawbar.engine=" + engine()));

    assertThat(onEngine.status()).as(onEngine.err()).isZero();
    assertThat(onEngine.err()).contains("engine: " + engine());
    assertThat(onEngine.out()).isEqualTo(alone.out());
    assertThat(saved(engine())).isEqualTo(saved("alone")).isNotEmpty();
  }

  private static void checkAnswers(String out) {
    for (int city = 0; city < CITIES.size(); city++) {
      int orders = 0;
      int amount = 0;
      for (int n = 0; n < ORDERS; n++) {
        if (customer(n) % 3 == city) {
          orders++;
          amount += amount(n);
        }
      }
      String row = "city=%s, orders=%s, amount=%s.0,".formatted(CITIES.get(city), orders, amount);
      assertThat(out).contains(row);
    }
    assertThat(out).containsPattern("fingerprint: [0-9a-f]{64}\n");
    // Ten items in Bern; the model is exact but for rounding.
    double score = Double.parseDouble(out.substring(out.indexOf("score: ") + 7).strip());
    assertThat(Math.abs(score - 22)).isLessThan(1e-9);
  }

  @Test
  final void withoutTheModuleTheErrorNamesTheDependency() throws Exception {
    Ended ended = run("Shop", "missing", api(), List.of("-Ddrawbar.engine=" + engine()));

    assertThat(ended.status()).isNotZero();
    assertThat(ended.err())
        .contains("no engine named '%s' (system property".formatted(engine()))
        .contains("Add io.drawbar:drawbar-engine-%s to the class path".formatted(engine()));
    assertThat(ended.out()).isEmpty();
    assertThat(folder.resolve("missing.model")).doesNotExist();
  }

  @Test
  final void theSampleForProgramsThatHaveTheEngineRuns() throws Exception {
    String start = "<!-- sample: Readme.attached on %s -->\n```java\n".formatted(engine());
    String readme = Files.readString(Path.of("..", "README.md"));
    assertThat(readme).contains(start);
    String sample = readme.substring(readme.indexOf(start) + start.length()).split("```", 2)[0];
    assertThat(attached()).contains(SAMPLE);
    compile("Attached", attached().replace(SAMPLE, sample), withEngine());

    Ended ended = run("Attached", "attached", withEngine(), flags());

    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(ended.out()).containsPattern("home\\W+7\\b");
  }

  /** What Maven gives a program that depends on {@code drawbar-api} alone. */
  private static List<String> api() {
    return List.of(placeOf(Session.class), placeOf(Logger.class), placeOf(JavaDoubleParser.class));
  }

  /** The class path of this test without the tests: the engine's module and what that needs. */
  private List<String> withEngine() {
    List<String> entries = new ArrayList<>(api());
    List<String> tests = List.of(placeOf(getClass()), placeOf(UserProjectTest.class));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!entries.contains(entry) && !tests.contains(entry)) {
        entries.add(entry);
      }
    }
    return entries;
  }

  /** The flags of this JVM that engines ask for on Java 17, and some more. */
  private static List<String> flags(String... more) {
    List<String> flags = new ArrayList<>(List.of(more));
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (flag.startsWith("--add-opens") || flag.startsWith("-D")) {
        flags.add(flag);
      }
    }
    return flags;
  }

  private Ended run(String program, String name, List<String> classPath, List<String> flags)
      throws Exception {
    List<String> entries = new ArrayList<>(classPath);
    entries.add(folder.resolve("classes").toString());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    command.addAll(flags);
    command.addAll(List.of("-cp", path(entries), "com.example." + program));
    command.add(folder.resolve("data").toString());
    command.add(folder.resolve(name + ".model").toString());
    File out = folder.resolve(name + ".out").toFile();
    File err = folder.resolve(name + ".err").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out)
            .redirectError(err);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("DRAWBAR_"));
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      assertThat(ended).as("'%s' ends; %s", name, Files.readString(err.toPath())).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(
        process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
  }

  /** The files of a saved model by their paths below it, each as text of a character a byte. */
  private Map<String, String> saved(String name) throws IOException {
    Path model = folder.resolve(name + ".model");
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(model)) {
      for (Path file : paths.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        files.put(model.relativize(file).toString(), bytes);
      }
    }
    return files;
  }

  private static String path(List<String> entries) {
    return String.join(File.pathSeparator, entries);
  }

  private static String placeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
