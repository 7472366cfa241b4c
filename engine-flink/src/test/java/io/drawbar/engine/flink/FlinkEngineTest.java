package io.drawbar.engine.flink;

import static io.drawbar.testkit.Graphs.collect;
import static io.drawbar.testkit.Graphs.doing;
import static io.drawbar.testkit.Graphs.from;
import static io.drawbar.testkit.Graphs.numbers;
import static io.drawbar.testkit.Graphs.range;
import static io.drawbar.testkit.Graphs.reduce;
import static io.drawbar.testkit.Graphs.route;
import static io.drawbar.testkit.Graphs.routeWhatIsMine;
import static io.drawbar.testkit.Graphs.source;
import static io.drawbar.testkit.Graphs.stage;
import static io.drawbar.testkit.Graphs.sum;
import static io.drawbar.testkit.Graphs.tell;
import static io.drawbar.testkit.Graphs.total;
import static io.drawbar.testkit.Graphs.twice;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Flink does with graphs, beyond what the contract of all engines asks. */
@Timeout(120)
class FlinkEngineTest {

  /** What tasks, which run in this process, tell the test. */
  private static final Set<String> ATTEMPTS = ConcurrentHashMap.newKeySet();

  private static final Map<String, AtomicInteger> TIMES = new ConcurrentHashMap<>();
  private static volatile CountDownLatch latch;

  private static final int LARGE = 24 << 20;

  @TempDir static Path scratch;
  private static Engine engine;

  @BeforeAll
  static void open() {
    engine = engine("drawbar.flink.scratch.folder", scratch.toString());
  }

  @AfterAll
  static void close() {
    engine.close();
    engine.close();
    assertThatThrownBy(() -> engine.run(oneStage(1)))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("closed");
  }

  @BeforeEach
  void reset() {
    ATTEMPTS.clear();
    TIMES.clear();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    try (var files = Files.list(scratch)) {
      assertThat(files).as("what runs left in the scratch folder").isEmpty();
    }
  }

  @Test
  void framesOfOneStageReachTheDriver() throws InterruptedException {
    RunResult result = run(oneStage(100));
    assertThat(sorted(result)).isEqualTo(range(100));
    assertThat(result.counters()).containsEntry("tasks.launched", 4L).hasSize(2);
  }

  @Test
  void framesCrossTwoExchanges() throws InterruptedException {
    RunResult result =
        run(
            collect(
                source(0, 100, route()),
                stage(1, from(2, 0), routeWhatIsMine()),
                stage(2, from(4096, 1), routeWhatIsMine())));
    assertThat(sorted(result)).isEqualTo(range(100));
    assertThat(result.counters().get("exchange.1.bytes")).isPositive();
    assertThat(result.counters().get("exchange.2.bytes")).isPositive();
  }

  @Test
  void severalProducersFeedOneExchange() throws InterruptedException {
    RunResult one = run(collect(source(0, 50, route()), stage(1, from(9, 0), route())));
    RunResult two =
        run(
            collect(
                source(0, 50, route()),
                source(1, 50, route()),
                stage(2, from(9, 0, 1), routeWhatIsMine())));
    assertThat(sorted(two)).isEqualTo(twice(50));
    assertThat(two.counters().get("exchange.2.bytes"))
        .isEqualTo(2 * one.counters().get("exchange.1.bytes"));
  }

  @Test
  void emptySourceIsOneTaskThatStillEnds() throws InterruptedException {
    RunResult result = run(collect(source(0, 0, sum()), stage(1, from(2, 0), sum())));
    assertThat(sorted(result)).containsExactly(0L, 0L);
  }

  @Test
  void largeAndEmptyFramesArrive() throws InterruptedException {
    Program odd =
        doing(
            (context, output, n) ->
                output.emit((int) n % context.receivers(), new byte[n % 2 == 0 ? LARGE : 0]));
    RunResult result = run(collect(source(0, 6, odd)));
    assertThat(result.frames().stream().map(frame -> frame.length).sorted())
        .containsExactly(0, 0, 0, LARGE, LARGE, LARGE);
    Program counting =
        doing((context, output, n) -> {})
            .ending((context, output, all) -> output.emit(0, Graphs.encoded(all.size())));
    RunResult exchanged = run(collect(source(0, 6, odd), stage(1, from(3, 0), counting)));
    assertThat(total(exchanged.frames())).isEqualTo(6);
    assertThat(exchanged.counters().get("exchange.1.bytes")).isGreaterThan(3L * LARGE);
  }

  @Test
  void splitsMayBeLargerThanAnRpcMessage() throws InterruptedException {
    assertThat(sorted(run(collect(stage(0, numbers(3, 12 << 20), route()))))).isEqualTo(range(3));
  }

  @Test
  void reductionIsFlinksWhereItPays() throws InterruptedException {
    try (Engine wide = engine("drawbar.parallelism", "8")) {
      RunResult result = wide.run(reduce(source(0, 100, sum()))).await();
      // 16 tasks, two of which merge 8 each.
      assertThat(result.counters()).containsEntry("tasks.launched", 18L);
      assertThat(result.frames()).hasSize(2);
      assertThat(total(result.frames())).isEqualTo(99 * 100 / 2);
    }
  }

  @Test
  void severalStagesGiveTheResult() throws InterruptedException {
    assertThat(sorted(run(collect(source(0, 50, route()), source(1, 50, route())))))
        .isEqualTo(twice(50));
    RunResult mixed =
        run(
            collect(
                source(0, 50, route()),
                source(1, 50, route()),
                stage(2, from(9, 0), routeWhatIsMine())));
    assertThat(sorted(mixed)).isEqualTo(twice(50));
    assertThat(mixed.counters())
        .containsKey("exchange.2.bytes")
        .doesNotContainKey("exchange.1.bytes");
  }

  @Test
  void severalStagesAreReduced() throws InterruptedException {
    // 8 tasks: one more merges them.
    RunResult leaves = run(reduce(Graphs.twoLeafResults()));
    assertThat(sorted(leaves)).containsExactly(Graphs.TWO_RESULTS);
    // 6 tasks: not worth it.
    RunResult mixed = run(reduce(Graphs.leafAndExchangeResults()));
    assertThat(mixed.frames()).hasSize(6);
    assertThat(total(mixed.frames())).isEqualTo(Graphs.TWO_RESULTS);
  }

  @Test
  void progressIsTold() throws InterruptedException {
    latch = new CountDownLatch(1);
    Run run = engine.run(collect(source(0, 100, route()), stage(1, from(2, 0), waiting())));
    while (!run.progress().stages().contains(new Progress.StageProgress(1, 2, 0))) {
      Thread.sleep(5);
    }
    assertThat(run.progress().stages()).contains(new Progress.StageProgress(0, 4, 4));
    latch.countDown();
    run.await();
    assertThat(run.progress().stages())
        .containsExactly(new Progress.StageProgress(0, 4, 4), new Progress.StageProgress(1, 2, 2));
  }

  @Test
  void tasksKnowTheirShareOfTheHeap() throws InterruptedException {
    assertThat(memory(engine)).isEqualTo(Runtime.getRuntime().maxMemory() / 2 / 2);
    try (Engine small = engine("drawbar.flink.conf.taskmanager.memory.task.heap.size", "16m")) {
      assertThat(memory(small)).isEqualTo((16 << 20) / 2);
    }
  }

  private static long memory(Engine engine) throws InterruptedException {
    RunResult result = engine.run(collect(source(0, 1, tell()))).await();
    return Graphs.told(result.frames().get(0)).memoryBytes();
  }

  @Test
  void tasksThatFailThreeTimesAreTriedAgainAndNothingIsDoubled() throws InterruptedException {
    RunResult result =
        run(
            collect(
                source(0, 100, failing(route(), 3)),
                stage(1, from(2, 0), failing(routeWhatIsMine(), 3))));
    assertThat(sorted(result)).isEqualTo(range(100));
    // Some more than that: an attempt ends, too, when another task fails.
    assertThat(result.counters().get("tasks.retried")).isGreaterThanOrEqualTo(3 * 6);
  }

  @Test
  void taskThatAlwaysFailsEndsTheRunAfterItsAttempts() {
    assertThatThrownBy(
            () -> run(collect(source(0, 3, route()), stage(1, from(1, 0), failing(route(), 99)))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("stage 1 'stage 1 of a test' of 'test'")
        .hasMessageContaining("task 0 of 1, failure 4")
        .hasMessageContaining("IOException: planted")
        .hasMessageContaining("drawbar.flink.attempts, now 4")
        .hasStackTraceContaining("FlinkEngineTest");
    assertThat(ATTEMPTS).hasSize(4);
  }

  @Test
  void errorsOfTheVirtualMachineStayInTheirTask() {
    assertThatThrownBy(
            () ->
                run(
                    collect(
                        source(
                            0,
                            1,
                            doing(
                                (context, output, n) -> {
                                  // Flink halts the process when it sees one of these.
                                  throw new InternalError("planted");
                                })))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("InternalError: planted");
  }

  @Test
  void exceptionsThatCannotBeSerialisedAreTold() {
    assertThatThrownBy(() -> run(collect(source(0, 1, unserialisable()))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("stage 0 'stage 0 of a test'")
        .hasMessageContaining("planted");
  }

  @Test
  void twoTasksAreInFlightTogether() throws InterruptedException {
    latch = new CountDownLatch(2);
    run(
        collect(
            source(
                0,
                4,
                route()
                    .opening(
                        context -> {
                          latch.countDown();
                          await(latch);
                        }))));
    assertThat(latch.getCount()).isZero();
  }

  @Test
  void runsGoOnTogetherEvenIfOneWaitsForTheSlotsOfTheOther() throws InterruptedException {
    latch = new CountDownLatch(1);
    Run first = engine.run(collect(source(0, 4, waiting())));
    Run second = engine.run(oneStage(10));
    Thread.sleep(500);
    latch.countDown();
    assertThat(sorted(second.await())).isEqualTo(range(10));
    first.await();
  }

  @Test
  void cancelledRunEndsAndTheNextOneGoes() throws Exception {
    latch = new CountDownLatch(1);
    Run run = engine.run(collect(source(0, 4, waiting())));
    while (ATTEMPTS.size() < 2) {
      Thread.sleep(5);
    }
    run.cancel();
    run.cancel();
    assertThatThrownBy(run::await)
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("cancelled");
    assertThat(sorted(run(oneStage(10)))).isEqualTo(range(10));
    eventuallyEmpty(scratch);
    Run atOnce = engine.run(oneStage(10));
    atOnce.cancel();
    assertThatThrownBy(atOnce::await).isInstanceOf(EngineException.class);
    eventuallyEmpty(scratch);
  }

  @Test
  void closeEndsRunsAndRemovesWhatIsOnDisk(@TempDir Path folder) throws Exception {
    latch = new CountDownLatch(1);
    Engine other = engine("drawbar.flink.scratch.folder", folder.toString());
    Run run = other.run(collect(source(0, 4, waiting())));
    while (ATTEMPTS.size() < 2) {
      Thread.sleep(5);
    }
    other.close();
    assertThat(folder).isEmptyDirectory();
    assertThatThrownBy(run::await)
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("cancelled");
  }

  @Test
  void mastersThatAreNotSupportedAreRefused() {
    assertThatThrownBy(() -> engine("drawbar.flink.master", "cluster:8081"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("drawbar.flink.master is 'cluster:8081' (given to Session.open)")
        .hasMessageContaining("FlinkDrawbar.session(")
        .hasMessageContaining("leave it at 'local'");
  }

  @Test
  void optionsThatFlinkCannotStartWithAreNamed() {
    try (Engine bad = engine("drawbar.flink.conf.taskmanager.memory.network.min", "9 parsecs")) {
      assertThatThrownBy(() -> bad.run(oneStage(1)))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("9 parsecs")
          .hasMessageContaining("drawbar.flink.conf");
    }
  }

  @Test
  void stagesThatCannotBeShippedAreNamed() {
    Program captive = doing((context, output, n) -> nothingIsLeft());
    assertThatThrownBy(() -> run(collect(source(0, 1, captive))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("stage 0 'stage 0 of a test' of 'test'")
        .hasMessageContaining("NotSerializableException: " + FlinkEngineTest.class.getName());
  }

  @Test
  void processThatForgetsToCloseEnds(@TempDir Path folder) throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Forgetful.class.getName())
            .inheritIO()
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends by itself").isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(folder).isEmptyDirectory();
    } finally {
      process.destroyForcibly();
    }
  }

  /** A program that does not close its engine. */
  static final class Forgetful {
    public static void main(String[] arguments) throws InterruptedException {
      Engine forgotten = engine();
      forgotten.run(oneStage(10)).await();
    }
  }

  private static Program unserialisable() {
    return doing(
        (context, output, n) -> {
          throw new IOException("planted") {
            private final Object unserialisable = new Object();
          };
        });
  }

  /** Does what another does, but at the end of its first attempts fails. */
  private static Program failing(Program good, int times) {
    return good.opening(
            context -> assertThat(ATTEMPTS.add(context.attempt())).as("a new name").isTrue())
        .ending(
            (context, output, numbers) -> {
              String task = context.attempt().substring(0, context.attempt().indexOf('-', 2));
              int attempt = TIMES.computeIfAbsent(task, t -> new AtomicInteger()).getAndIncrement();
              if (attempt < times) {
                throw new IOException("planted");
              }
            });
  }

  private static Program waiting() {
    return doing((context, output, n) -> {})
        .opening(
            context -> {
              ATTEMPTS.add(context.attempt());
              await(latch);
            });
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void eventuallyEmpty(Path folder) throws Exception {
    for (int i = 0; i < 1000; i++) {
      try (var files = Files.list(folder)) {
        if (files.findAny().isEmpty()) {
          return;
        }
      }
      Thread.sleep(10);
    }
  }

  private static Engine engine(String... pairs) {
    Config config = Config.of("drawbar.parallelism", "2");
    for (int i = 0; i < pairs.length; i += 2) {
      config = config.with(pairs[i], pairs[i + 1]);
    }
    return new FlinkEngineFactory().create(config);
  }

  private static RunResult run(StageGraph graph) throws InterruptedException {
    return engine.run(graph).await();
  }

  private static StageGraph oneStage(int numbers) {
    return collect(source(0, numbers, route()));
  }

  private static List<Long> sorted(RunResult result) {
    return Graphs.sorted(result.frames());
  }
}
