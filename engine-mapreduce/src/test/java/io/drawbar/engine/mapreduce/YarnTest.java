package io.drawbar.engine.mapreduce;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.explode;
import static io.drawbar.expr.Functions.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Csv;
import io.drawbar.io.TextFiles;
import io.drawbar.learn.LinearRegression;
import io.drawbar.testkit.StumblingEngine;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.service.Service;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pipelines on a YARN of this machine, with a JVM for each task: one is killed in the first attempt
 * at each, and results are those of the embedded engine. Skipped unless asked for: {@code mvn
 * -Pyarn -pl api,engine-mapreduce test -Dtest=YarnTest -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Timeout(600)
class YarnTest {
  private static final String CLUSTER = "org.apache.hadoop.mapreduce.v2.MiniMRYarnCluster";

  @TempDir static Path folder;

  private static Service cluster;
  private static MapReduceEngine engine;

  @BeforeAll
  static void start() throws Exception {
    Class<?> type;
    try {
      type = Class.forName(CLUSTER);
    } catch (ClassNotFoundException e) {
      assumeTrue(false, "needs -Pyarn");
      return;
    }
    cluster = (Service) type.getConstructor(String.class, int.class).newInstance("drawbar", 1);
    Configuration configuration = new Configuration();
    configuration.set("fs.defaultFS", "file:///");
    configuration.set("yarn.app.mapreduce.am.staging-dir", folder.resolve("staging").toString());
    configuration.set("yarn.nodemanager.vmem-check-enabled", "false");
    configuration.set(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "100");
    configuration.set("yarn.nodemanager.resource.memory-mb", "4096");
    configuration.set("yarn.scheduler.minimum-allocation-mb", "256");
    configuration.set("yarn.app.mapreduce.am.resource.mb", "512");
    configuration.set("yarn.app.mapreduce.am.command-opts", "-Xmx384m");
    configuration.set("mapreduce.map.memory.mb", "512");
    configuration.set("mapreduce.reduce.memory.mb", "512");
    configuration.set("mapred.child.java.opts", "-Xmx256m");
    configuration.set("mapreduce.task.io.sort.mb", "16");
    cluster.init(configuration);
    cluster.start();
    engine =
        new MapReduceEngine(
            Hadoop.of(
                cluster.getConfig(),
                Config.of(
                    "drawbar.parallelism",
                    "2",
                    "drawbar.mapreduce.scratch.folder",
                    folder.resolve("scratch").toUri().toString())));
  }

  @AfterAll
  static void stop() throws IOException {
    if (engine != null) {
      engine.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  private static void same(Function<Session, Object> pipeline) throws IOException {
    Config config = Config.of("drawbar.leaf.bytes", "4096");
    Object expected;
    try (Session local = Session.open(config.with("drawbar.engine", "local"))) {
      expected = pipeline.apply(local);
    }
    StumblingEngine stumbling =
        new StumblingEngine(
            engine, Files.createTempDirectory(folder, "stumbles-"), StumblingEngine.Fall.HALT);
    try (Session session = Session.attach(stumbling, config)) {
      assertThat(pipeline.apply(session)).isEqualTo(expected);
    }
    assertThat(stumbling.stumbles()).as("JVMs that were killed").isPositive();
    assertThat(folder.resolve("scratch")).isEmptyDirectory();
  }

  private static String file(String name, Function<Integer, String> line) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(
        file, IntStream.range(0, 3000).mapToObj(line::apply).collect(Collectors.joining()));
    return file.toString();
  }

  @Test
  void countsWords() throws IOException {
    String book = file("book.txt", i -> "the quick " + i % 7 + " fox " + i % 3 + "\n");
    same(
        session ->
            session
                .read(TextFiles.at(book))
                .select(explode(split(col("line"), " ")).as("word"))
                .groupBy("word")
                .agg(count().as("n"))
                .sortBy(col("n").desc())
                .collect());
  }

  private static final Schema VISITS =
      Schema.empty()
          .with("page", DataType.LONG)
          .with("seconds", DataType.DOUBLE)
          .with("bytes", DataType.DOUBLE);

  private static final Schema PAGES =
      Schema.empty().with("page", DataType.LONG).with("name", DataType.STRING);

  @Test
  void joinsAndWrites() throws IOException {
    String visits = file("visits.csv", i -> i % 50 + "," + i / 3.0 + "," + i * 7 % 11 + "\n");
    String pages = file("pages.csv", i -> i + ",page " + i + "\n");
    same(
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
    try (var files = Files.list(out)) {
      return files.sorted().map(YarnTest::text).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return file.getFileName() + "\n" + Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void trains() throws IOException {
    String rows = file("rows.csv", i -> i % 50 + "," + Math.sqrt(i) + "," + i * 7 % 11 + "\n");
    same(
        session ->
            LinearRegression.on("features")
                .predicting("seconds")
                .fit(
                    session
                        .read(Csv.of(VISITS).at(rows))
                        .transform(VectorAssembler.of("page", "bytes").into("features"))));
  }
}
