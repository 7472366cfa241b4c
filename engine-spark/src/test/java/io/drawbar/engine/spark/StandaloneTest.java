package io.drawbar.engine.spark;

import static io.drawbar.expr.Functions.count;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Csv;
import io.drawbar.io.TextFiles;
import io.drawbar.learn.LinearRegression;
import io.drawbar.spi.Engine;
import io.drawbar.testkit.HeldTraining;
import io.drawbar.testkit.OnlyHolding;
import io.drawbar.testkit.StumblingEngine;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A standalone master and two workers in JVMs of their own, which know Spark and get Drawbar and
 * the functions of this test as a jar; the driver is here. Asked for by {@code -Pstandalone}.
 */
@Timeout(300)
@EnabledIfSystemProperty(named = "standalone", matches = "true")
public class StandaloneTest {
  private static final int WORKERS = 2;

  private static final List<Process> PROCESSES = new ArrayList<>();

  @TempDir static Path folder;

  private static Engine engine;

  public record Word(String word) {}

  public record Line(String line) {}

  @BeforeAll
  static void start() throws Exception {
    List<Path> jars = new ArrayList<>();
    List<Path> classes = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      boolean jar = entry.endsWith(".jar") && !entry.contains("drawbar-");
      (jar ? jars : classes).add(Path.of(entry));
    }
    Path home = Files.createDirectories(folder.resolve("spark/jars")).getParent();
    for (Path jar : jars) {
      Files.createSymbolicLink(home.resolve("jars").resolve(jar.getFileName()), jar);
    }
    Path program = folder.resolve("program.jar");
    pack(classes, program);
    int port = freePort();
    String master = "spark://127.0.0.1:" + port;
    launch(home, "master.Master", "--port", Integer.toString(port), "--webui-port", "0");
    for (int i = 0; i < WORKERS; i++) {
      Path work = folder.resolve("work-" + i);
      launch(
          home,
          "worker.Worker",
          "--webui-port",
          "0",
          "-c",
          "1",
          "-m",
          "1g",
          "-d",
          work + "",
          master);
    }
    engine = engine(master, program);
  }

  /** The master takes some seconds until it listens. */
  private static Engine engine(String master, Path program) throws InterruptedException {
    Config config =
        Config.of("drawbar.spark.master", master, "drawbar.parallelism", "2")
            .with("drawbar.spark.conf.spark.jars", program.toString())
            .with("drawbar.spark.conf.spark.driver.host", "127.0.0.1")
            .with("drawbar.spark.conf.spark.executor.memory", "512m")
            .with("drawbar.spark.conf.spark.executor.cores", "1")
            // Files of executors that were killed do not come back.
            .with("drawbar.spark.conf.spark.shuffle.io.retryWait", "100ms");
    for (int tries = 0; ; tries++) {
      try {
        return new SparkEngineFactory().create(config);
      } catch (io.drawbar.spi.EngineException e) {
        if (tries == 60) {
          throw e;
        }
        Thread.sleep(500);
      }
    }
  }

  private static void launch(Path home, String main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("-Xmx256m");
    Collections.addAll(command, JavaModuleOptions.defaultModuleOptionArray());
    command.addAll(List.of("-cp", home.resolve("jars") + "/*", "org.apache.spark.deploy." + main));
    command.addAll(List.of("--host", "127.0.0.1"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.redirectErrorStream(true).redirectOutput(folder.resolve(main + ".log").toFile());
    PROCESSES.add(builder.start());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void pack(List<Path> roots, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      List<String> packed = new ArrayList<>();
      for (Path root : roots.stream().filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.walk(root)) {
          for (Path file : files.filter(Files::isRegularFile).toList()) {
            String name = root.relativize(file).toString().replace(File.separatorChar, '/');
            if (!packed.contains(name)) {
              packed.add(name);
              out.putNextEntry(new JarEntry(name));
              Files.copy(file, out);
            }
          }
        }
      }
    }
  }

  @AfterAll
  static void stop() throws InterruptedException, IOException {
    if (engine != null) {
      engine.close();
    }
    for (Process process : PROCESSES) {
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
    try (Stream<Path> links = Files.list(folder.resolve("spark/jars"))) {
      for (Path link : links.toList()) {
        Files.delete(link);
      }
    }
  }

  private static void same(StumblingEngine.Fall fall, Function<Session, Object> pipeline)
      throws IOException {
    Config config = Config.of("drawbar.leaf.bytes", "4096");
    Object expected;
    try (Session local = Session.open(config.with("drawbar.engine", "local"))) {
      expected = pipeline.apply(local);
    }
    StumblingEngine stumbling =
        new StumblingEngine(engine, Files.createTempDirectory(folder, "stumbles-"), fall);
    try (Session session = Session.attach(stumbling, config)) {
      assertThat(pipeline.apply(session)).isEqualTo(expected);
    }
    assertThat(stumbling.stumbles()).as("attempts that failed").isPositive();
  }

  private static String file(String name, IntFunction<String> line) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, IntStream.range(0, 3000).mapToObj(line).collect(Collectors.joining()));
    return file.toString();
  }

  private static final Schema VISITS =
      Schema.empty()
          .with("page", DataType.LONG)
          .with("seconds", DataType.DOUBLE)
          .with("bytes", DataType.DOUBLE);

  private static final Schema PAGES =
      Schema.empty().with("page", DataType.LONG).with("name", DataType.STRING);

  /** Functions of the program, whose classes only the shipped jar has; executors are killed. */
  @Test
  void countsWordsWithAFunction() throws IOException {
    String book = file("book.txt", i -> "the quick " + i % 7 + " fox " + i % 3 + "\n");
    same(
        StumblingEngine.Fall.HALT,
        session ->
            session
                .read(TextFiles.at(book))
                .as(Line.class)
                .flatMap(Word.class, l -> Stream.of(l.line().split(" ")).map(Word::new).toList())
                .dataset()
                .groupBy("word")
                .agg(count().as("n"))
                .collect());
  }

  @Test
  void joinsAndWrites() throws IOException {
    String visits = file("visits.csv", i -> i % 50 + "," + i / 3.0 + "," + i * 7 % 11 + "\n");
    String pages = file("pages.csv", i -> i + ",page " + i + "\n");
    same(
        StumblingEngine.Fall.THROW,
        session -> {
          Dataset joined =
              session
                  .read(Csv.of(VISITS).at(visits))
                  .join(session.read(Csv.of(PAGES).at(pages)), "page");
          Path out = folder.resolve("out-" + session.engine());
          joined.write(Csv.to(out.toString()));
          return List.of(joined.collect(), texts(out));
        });
  }

  private static List<String> texts(Path out) {
    try (Stream<Path> files = Files.list(out)) {
      List<String> texts = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        texts.add(file.getFileName() + "\n" + Files.readString(file));
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void trains() throws IOException {
    String rows = file("rows.csv", i -> i % 50 + "," + Math.sqrt(i) + "," + i * 7 % 11 + "\n");
    same(
        StumblingEngine.Fall.THROW,
        session ->
            LinearRegression.on("features")
                .predicting("seconds")
                .fit(
                    session
                        .read(Csv.of(VISITS).at(rows))
                        .transform(VectorAssembler.of("page", "bytes").into("features")))
                .fingerprint());
  }

  /** Over rows that executors hold, one of which is killed whenever rows are gone over anew. */
  @ParameterizedTest
  @EnumSource
  void trainsInSupersteps(HeldTraining training) throws IOException {
    Config config =
        Config.of(
            "drawbar.gather.bytes", "0", "drawbar.leaf.bytes", "4096", "drawbar.block.rows", "25");
    Path file = folder.resolve("points.csv");
    String expected;
    try (Session local = Session.open(config.with("drawbar.engine", "local"))) {
      expected = training.on(local, file);
    }
    Path marks = Files.createTempDirectory(folder, "stumbles-");
    StumblingEngine stumbling =
        new StumblingEngine(new OnlyHolding(engine), marks, StumblingEngine.Fall.HALT);
    try (Session session = Session.attach(stumbling, config)) {
      assertThat(training.on(session, file)).isEqualTo(expected);
    }
    assertThat(stumbling.stumbles()).as("executors that were killed").isGreaterThan(2);
  }
}
