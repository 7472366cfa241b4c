package io.drawbar.engine.mapreduce;

import static io.drawbar.testkit.Graphs.collect;
import static io.drawbar.testkit.Graphs.encoded;
import static io.drawbar.testkit.Graphs.from;
import static io.drawbar.testkit.Graphs.numbers;
import static io.drawbar.testkit.Graphs.range;
import static io.drawbar.testkit.Graphs.reduce;
import static io.drawbar.testkit.Graphs.route;
import static io.drawbar.testkit.Graphs.sorted;
import static io.drawbar.testkit.Graphs.stage;
import static io.drawbar.testkit.Graphs.sum;
import static io.drawbar.testkit.Graphs.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.config.Config;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.Progress;
import io.drawbar.spi.Run;
import io.drawbar.spi.RunResult;
import io.drawbar.spi.StageGraph;
import io.drawbar.testkit.Graphs;
import io.drawbar.testkit.Graphs.Program;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the contract of all engines does not show of this one. */
@Timeout(60)
class MapReduceEngineTest {

  @TempDir static Path scratch;
  private static Engine engine;

  @BeforeAll
  static void open() {
    engine = open("drawbar.parallelism", "3");
  }

  @AfterAll
  static void close() {
    engine.close();
    engine.close();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    assertThat(left()).isEmpty();
  }

  private static Engine open(String... keys) {
    String[] all = Arrays.copyOf(keys, keys.length + 2);
    all[keys.length] = "drawbar.mapreduce.scratch.folder";
    all[keys.length + 1] = scratch.toString();
    return new MapReduceEngineFactory().create(Config.of(all));
  }

  private static List<Path> left() throws IOException {
    try (Stream<Path> found = Files.walk(scratch)) {
      return found.filter(path -> !path.equals(scratch)).toList();
    }
  }

  private static RunResult run(StageGraph graph) throws InterruptedException {
    return engine.run(graph).await();
  }

  @Test
  void oneStageIsAMapOnlyJob() throws Exception {
    RunResult result = run(collect(stage(0, numbers(10), route())));
    assertThat(sorted(result.frames())).containsExactlyElementsOf(range(10));
    assertThat(result.counters()).containsEntry("jobs", 1L);
    assertThat(result.counters().keySet()).noneMatch(name -> name.startsWith("exchange."));
  }

  @Test
  void sourceWithoutSplitsHasOneTask() throws Exception {
    RunResult result = run(collect(stage(0, numbers(0), sum())));
    assertThat(sorted(result.frames())).containsExactly(0L);
  }

  @Test
  void framesArriveAtTheirReceiver() throws Exception {
    Program check =
        Graphs.doing(
            (context, out, n) -> {
              assertThat(n % context.tasks()).isEqualTo(context.task());
              out.emit(0, encoded(n));
            });
    RunResult result = run(collect(stage(0, numbers(1000), route()), stage(1, from(7, 0), check)));
    assertThat(sorted(result.frames())).containsExactlyElementsOf(range(1000));
    assertThat(result.counters().get("exchange.1.bytes")).isGreaterThan(8 * 1000L);
  }

  @Test
  void receiverWithoutFramesRunsOnce() throws Exception {
    RunResult result = run(collect(stage(0, numbers(1), route()), stage(1, from(3, 0), sum())));
    assertThat(sorted(result.frames())).containsExactly(0L, 0L, 0L);
  }

  @Test
  void chainsJobsAndMixesProducers() throws Exception {
    StageGraph graph =
        collect(
            stage(0, numbers(100), route()),
            stage(1, numbers(10), route()),
            stage(2, from(3, 0, 1), route()),
            stage(3, numbers(5), route()),
            stage(4, from(2, 2, 3), sum()));
    RunResult result = run(graph);
    assertThat(sorted(result.frames()).stream().mapToLong(n -> n).sum()).isEqualTo(5005);
    assertThat(result.frames()).hasSize(2);
    assertThat(result.counters()).containsEntry("jobs", 2L).containsEntry("FAILED_SHUFFLE", 0L);
    assertThat(result.counters().get("exchange.2.bytes")).isPositive();
    assertThat(result.counters().get("exchange.4.bytes")).isPositive();
  }

  @Test
  void reduceGivesOneFrame() throws Exception {
    RunResult result = run(reduce(stage(0, numbers(100), route()), stage(1, from(3, 0), sum())));
    assertThat(sorted(result.frames())).containsExactly(4950L);
  }

  /** A graph whose result is that of two stages: branches of a union. */
  @Test
  void takesResultsOfSeveralStages() throws Exception {
    RunResult leaves = run(collect(Graphs.twoLeafResults()));
    assertThat(leaves.frames()).hasSize(3 + 3);
    assertThat(total(leaves.frames())).isEqualTo(Graphs.TWO_RESULTS);
    RunResult mixed = run(collect(Graphs.leafAndExchangeResults()));
    assertThat(mixed.frames()).hasSize(3 + 3);
    assertThat(total(mixed.frames())).isEqualTo(Graphs.TWO_RESULTS);
    assertThat(mixed.counters()).containsEntry("jobs", 2L);
    assertThat(mixed.counters())
        .containsKey(RunResult.exchangeBytes(1))
        .doesNotContainKey(RunResult.exchangeBytes(2));
  }

  @Test
  void reducesResultsOfSeveralStages() throws Exception {
    RunResult leaves = run(reduce(Graphs.twoLeafResults()));
    assertThat(sorted(leaves.frames())).containsExactly(Graphs.TWO_RESULTS);
    RunResult mixed = run(reduce(Graphs.leafAndExchangeResults()));
    assertThat(sorted(mixed.frames())).containsExactly(Graphs.TWO_RESULTS);
  }

  @Test
  void tellsProgressByStage() throws Exception {
    together = new CountDownLatch(1);
    Program waiting =
        sum()
            .opening(
                context -> {
                  if (context.task() == 1) {
                    together.await(30, TimeUnit.SECONDS);
                  }
                });
    Run run =
        engine.run(
            collect(
                stage(0, numbers(5), route()),
                stage(1, numbers(2), route()),
                stage(2, from(3, 0, 1), waiting),
                stage(3, from(1, 2), sum())));
    List<Progress.StageProgress> expected = List.of(ended(0, 3, 3), ended(1, 2, 2), ended(2, 3, 2));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!run.progress().stages().equals(expected)) {
      assertThat(System.nanoTime()).as("%s", run.progress().stages()).isLessThan(end);
      Thread.sleep(10);
    }
    together.countDown();
    run.await();
    assertThat(run.progress().stages())
        .containsExactly(ended(0, 3, 3), ended(1, 2, 2), ended(2, 3, 3), ended(3, 1, 1));
  }

  private static Progress.StageProgress ended(int stage, int tasks, int ended) {
    return new Progress.StageProgress(stage, tasks, ended);
  }

  @Test
  void tellsTasksTheirShareOfMemory() throws Exception {
    long share = Runtime.getRuntime().maxMemory() / 2 / 3;
    List<byte[]> told =
        run(collect(
                stage(0, numbers(3), Graphs.tell()),
                stage(1, numbers(3), route()),
                stage(2, from(2, 1), Graphs.tell())))
            .frames();
    assertThat(told).hasSize(5).allMatch(frame -> Graphs.told(frame).memoryBytes() == share);
  }

  @Test
  void frameMayBeLargerThanTheSortBufferOrEmpty() throws Exception {
    int length = 20 << 20;
    Program large =
        Graphs.doing(
            (context, out, n) -> {
              byte[] bytes = new byte[length];
              Arrays.fill(bytes, (byte) n);
              out.emit(0, new byte[0]);
              out.emit(0, bytes);
              out.emit(0, encoded(n));
            });
    Program check =
        Graphs.doing((context, out, n) -> out.emit(0, n == -1 ? new byte[0] : encoded(n)));
    try (Engine small = open("drawbar.mapreduce.conf.mapreduce.task.io.sort.mb", "1")) {
      RunResult result =
          small.run(collect(stage(0, numbers(2), large), stage(1, from(1, 0), check))).await();
      assertThat(result.frames()).hasSize(6);
      assertThat(result.frames().stream().filter(f -> f.length == 0)).hasSize(2);
      assertThat(sorted(result.frames().stream().filter(f -> f.length > 0).toList()))
          .containsExactly(0L, 0L, 1L, 0x0101010101010101L);
      assertThat(result.counters().get("exchange.1.bytes")).isGreaterThan(2L * length);
    }
  }

  @Test
  void failedTaskIsNamedWithItsCause() {
    Program failing =
        Graphs.doing(
            (context, out, n) -> {
              throw new UncheckedIOException("around", new IOException("disk on fire"));
            });
    StageGraph graph = collect(stage(0, numbers(9), route()), stage(1, from(3, 0), failing));
    assertThatThrownBy(() -> run(graph))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("engine 'mapreduce': stage 1 'stage 1 of a test'")
        .hasMessageContaining("disk on fire")
        .hasMessageContaining("tries a task once")
        .cause()
        .hasMessageContaining("Caused by: java.io.IOException: disk on fire")
        .hasMessageContaining("at " + MapReduceEngineTest.class.getName());
  }

  @Test
  void failureEndsTheJobBeforeAllTasksHaveRun() throws Exception {
    Program failing =
        Graphs.doing(
            (context, out, n) -> {
              if (n == 0) {
                throw new IOException("first");
              }
              TimeUnit.MINUTES.sleep(2);
            });
    assertThatThrownBy(() -> run(collect(stage(0, numbers(2), failing))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("first");
  }

  private static volatile CountDownLatch together;

  @Test
  void tasksRunTogether() throws Exception {
    together = new CountDownLatch(2);
    Program waiting =
        Graphs.doing(
            (context, out, n) -> {
              together.countDown();
              assertThat(together.await(20, TimeUnit.SECONDS)).isTrue();
            });
    run(collect(stage(0, numbers(2), waiting)));
    together = new CountDownLatch(2);
    run(collect(stage(0, numbers(2), route()), stage(1, from(2, 0), waiting)));
  }

  @Test
  void runsGoTogether() throws Exception {
    StageGraph graph = collect(stage(0, numbers(50), route()), stage(1, from(2, 0), sum()));
    List<Run> runs = Stream.generate(() -> engine.run(graph)).limit(4).toList();
    for (Run run : runs) {
      assertThat(sorted(run.await().frames()).stream().mapToLong(n -> n).sum()).isEqualTo(1225);
    }
  }

  /** A task that ignores an interruption for a moment must not make its folder again. */
  @Test
  void cancelledRunLeavesNothing() throws Exception {
    together = new CountDownLatch(1);
    Program stubborn =
        Graphs.doing(
            (context, out, n) -> {
              together.countDown();
              long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
              while (System.nanoTime() < end) {
                Thread.onSpinWait();
              }
              out.emit(0, new byte[3 << 20]);
            });
    Engine own = open("drawbar.mapreduce.conf.mapreduce.task.io.sort.mb", "1");
    Run run = own.run(collect(stage(0, numbers(2000), stubborn), stage(1, from(1, 0), sum())));
    together.await();
    run.cancel();
    run.cancel();
    assertThatThrownBy(run::await)
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("cancelled");
    own.close();
    assertThat(left()).isEmpty();
    Thread.sleep(400);
    assertThat(left()).isEmpty();
    assertThatThrownBy(() -> own.run(collect(stage(0, numbers(1), sum()))))
        .hasMessageContaining("closed");
  }

  @Test
  void settingsOfHadoopReachTheJob() {
    try (Engine wrong = open("drawbar.mapreduce.conf.mapreduce.task.io.sort.mb", "99999")) {
      assertThatThrownBy(
              () ->
                  wrong
                      .run(collect(stage(0, numbers(1), route()), stage(1, from(1, 0), sum())))
                      .await())
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("LocalJobRunner");
    }
  }

  @Test
  void scratchFolderThatCannotBeMadeIsNamed(@TempDir Path folder) throws IOException {
    String file = Files.createFile(folder.resolve("file")).toString();
    Config config = Config.of("drawbar.mapreduce.scratch.folder", file);
    try (Engine wrong = new MapReduceEngineFactory().create(config)) {
      assertThatThrownBy(() -> wrong.run(collect(stage(0, numbers(1), sum()))).await())
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("drawbar.mapreduce.scratch.folder")
          .hasMessageContaining(file);
    }
  }

  @Test
  void programThatCannotTravelIsNamed() {
    Object lock = new Object();
    Program program = Graphs.doing((context, out, n) -> out.emit(lock.hashCode(), encoded(n)));
    assertThatThrownBy(() -> run(collect(stage(0, numbers(1), program))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("NotSerializableException: java.lang.Object");
  }

  private static final Set<String> FOLDERS_MADE = ConcurrentHashMap.newKeySet();

  /** Notes the folders that Hadoop makes. */
  static final class NotingFileSystem extends LocalFileSystem {
    NotingFileSystem() {
      super(
          new RawLocalFileSystem() {
            @Override
            protected boolean mkOneDirWithMode(
                org.apache.hadoop.fs.Path path, File file, FsPermission permission)
                throws IOException {
              FOLDERS_MADE.add(file.getPath());
              return super.mkOneDirWithMode(path, file, permission);
            }
          });
    }
  }

  @Test
  void makesNoFolderOutsideOfItsOwn() throws Exception {
    String name = NotingFileSystem.class.getName();
    try (Engine noting = open("drawbar.mapreduce.conf.fs.file.impl", name)) {
      noting.run(collect(stage(0, numbers(5), route()), stage(1, from(2, 0), sum()))).await();
    }
    assertThat(FOLDERS_MADE)
        .hasSizeGreaterThan(5)
        .allMatch(folder -> folder.startsWith(scratch.toString()));
  }

  /** Submission with the stock local file system forks some fifty processes. */
  @Test
  void forksNothing(@TempDir Path recordings) throws Exception {
    StageGraph graph = collect(stage(0, numbers(50), route()), stage(1, from(2, 0), sum()));
    run(graph);
    Path file = recordings.resolve("forks.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ProcessStart");
      recording.start();
      run(graph);
      recording.dump(file);
    }
    assertThat(RecordingFile.readAllEvents(file)).isEmpty();
  }
}
