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
import io.drawbar.testkit.BrokenOffTraining;
import io.drawbar.testkit.HeldTraining;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pipelines and trainings on a YARN of this machine, with a JVM for each task: some are killed in
 * their first attempts, and results are those of the embedded engine. Skipped unless asked for:
 * {@code mvn -Pyarn -pl api,engine-mapreduce test -Dtest=YarnTest
 * -Dsurefire.failIfNoSpecifiedTests=false}. A superstep is a job, of some ten seconds.
 */
@Timeout(1200)
class YarnTest {
  /** JVMs that live for seconds. */
  private static final String SHORT_LIVED = " -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

  private static final String CLUSTER = "org.apache.hadoop.mapreduce.v2.MiniMRYarnCluster";

  /** What it needs, and what the cluster of HDFS's tests, which has that class, too, lacks. */
  private static final String LAUNCHER = "org.apache.hadoop.mapred.LocalContainerLauncher";

  @TempDir static Path folder;

  private static Service cluster;
  private static MapReduceEngine engine;

  @BeforeAll
  static void start() throws Exception {
    Class<?> type;
    try {
      Class.forName(LAUNCHER, false, YarnTest.class.getClassLoader());
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
    // Else a job waits until the master of the one before, which lingers for seconds, has gone.
    configuration.set("yarn.scheduler.capacity.maximum-am-resource-percent", "0.8");
    configuration.set("yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", "100");
    configuration.set("yarn.app.mapreduce.am.scheduler.heartbeat.interval-ms", "100");
    configuration.set("yarn.app.mapreduce.am.command-opts", "-Xmx384m" + SHORT_LIVED);
    configuration.set("mapreduce.map.memory.mb", "512");
    configuration.set("mapreduce.reduce.memory.mb", "512");
    configuration.set("mapred.child.java.opts", "-Xmx256m" + SHORT_LIVED);
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

  /** Where rows are put down for supersteps, seen by all tasks. */
  private static Config held() throws IOException {
    return Config.of(
        "drawbar.gather.bytes",
        "0",
        "drawbar.leaf.bytes",
        "4096",
        "drawbar.block.rows",
        "25",
        "drawbar.scratch.folder",
        Files.createDirectories(folder.resolve("caches")).toString());
  }

  private static String local(HeldTraining training) throws IOException {
    try (Session local = Session.open(held().with("drawbar.engine", "local"))) {
      return training.on(local, points());
    }
  }

  private static Path points() {
    return folder.resolve("points.csv");
  }

  /** Each superstep a job of its own; tasks of the fourth and the seventh are killed. */
  @ParameterizedTest
  @EnumSource(names = {"LOGISTIC", "CLUSTERS"})
  void trainsInSupersteps(HeldTraining training) throws IOException {
    StumblingEngine stumbling =
        new StumblingEngine(
            engine,
            Files.createTempDirectory(folder, "stumbles-"),
            StumblingEngine.Fall.HALT,
            run -> run == 3 || run == 6);
    try (Session session = Session.attach(stumbling, held())) {
      assertThat(training.on(session, points())).isEqualTo(local(training));
    }
    assertThat(stumbling.stumbles()).as("JVMs that were killed").isGreaterThan(1);
    assertThat(folder.resolve("scratch")).isEmptyDirectory();
    assertThat(folder.resolve("caches")).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource(names = {"LOGISTIC", "CLUSTERS"})
  void trainsOnGatheredRows(HeldTraining training) throws IOException {
    Path stumbles = Files.createTempDirectory(folder, "stumbles-");
    StumblingEngine stumbling =
        new StumblingEngine(engine, stumbles, StumblingEngine.Fall.HALT, run -> true);
    try (Session session =
        Session.attach(stumbling, held().with("drawbar.gather.bytes", "1 MiB"))) {
      assertThat(training.on(session, points())).isEqualTo(local(training));
    }
    assertThat(stumbling.stumbles()).as("JVMs that were killed").isPositive();
  }

  private static Session onYarn(Config config) {
    Config seen = config.with("drawbar.scratch.folder", folder.resolve("caches").toString());
    return Session.attach(
        new StumblingEngine(
            engine, folder.resolve("falls"), StumblingEngine.Fall.HALT, run -> run == 4),
        seen);
  }

  private static Session onThisMachine(Config config) {
    return Session.open(config.with("drawbar.engine", "local"));
  }

  @Test
  void checkpointsOfYarnAreTakenUpElsewhereAndTheOtherWayRound(
      @TempDir Path there, @TempDir Path back) throws IOException {
    Path falls = Files.createDirectories(folder.resolve("falls"));
    Files.createDirectories(folder.resolve("caches"));
    BrokenOffTraining.interruptAndResume(
        there,
        HeldTraining.LINE,
        BrokenOffTraining.Break.MIDDLE,
        YarnTest::onYarn,
        YarnTest::onThisMachine);
    assertThat(falls).as("JVMs that were killed").isNotEmptyDirectory();
    BrokenOffTraining.interruptAndResume(
        back,
        HeldTraining.LINE,
        BrokenOffTraining.Break.MIDDLE,
        YarnTest::onThisMachine,
        YarnTest::onYarn);
    assertThat(folder.resolve("caches")).isEmptyDirectory();
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

  /** One pass: one job. */
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
                        .transform(VectorAssembler.of("page", "bytes").into("features")))
                .fingerprint());
  }
}
