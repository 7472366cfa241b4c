package io.drawbar.engine.flink;

import static io.drawbar.engine.flink.Programs.bytes;
import static io.drawbar.engine.flink.Programs.number;
import static io.drawbar.engine.flink.Programs.numbers;
import static io.drawbar.engine.flink.Programs.pass;
import static io.drawbar.engine.flink.Programs.send;
import static io.drawbar.engine.flink.Programs.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.config.Config;
import io.drawbar.engine.flink.Programs.Behaviour;
import io.drawbar.engine.flink.Programs.Numbers;
import io.drawbar.engine.flink.RunFolder.Receipt;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.ExchangeInput;
import io.drawbar.spi.FrameOutput;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafInput;
import io.drawbar.spi.Progress;
import io.drawbar.spi.Run;
import io.drawbar.spi.RunResult;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.TaskContext;
import io.drawbar.spi.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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

  @TempDir static Path exchange;
  private static Engine engine;

  @BeforeAll
  static void open() {
    engine = engine("drawbar.flink.exchange.dir", exchange.toString());
  }

  @AfterAll
  static void close() {
    engine.close();
    engine.close();
    assertThatThrownBy(() -> engine.run(graph(new Terminal.Collect(), oneStage(1))))
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
    try (var files = Files.list(exchange)) {
      assertThat(files).as("what runs left in the exchange folder").isEmpty();
    }
  }

  @Test
  void framesOfOneStageReachTheDriver() throws InterruptedException {
    RunResult result = run(new Terminal.Collect(), oneStage(100));
    assertThat(sorted(result)).isEqualTo(upTo(100));
    assertThat(result.counters()).containsEntry("tasks.launched", 4L).hasSize(2);
  }

  @Test
  void framesCrossTwoExchanges() throws InterruptedException {
    RunResult result =
        run(
            new Terminal.Collect(),
            stage(0, numbers(100), send()),
            stage(1, from(2, 0), pass()),
            stage(2, from(4096, 1), pass()));
    assertThat(sorted(result)).isEqualTo(upTo(100));
    assertThat(result.counters().get("exchange.1.bytes")).isPositive();
    assertThat(result.counters().get("exchange.2.bytes")).isPositive();
  }

  @Test
  void severalProducersFeedOneExchange() throws InterruptedException {
    RunResult one =
        run(new Terminal.Collect(), stage(0, numbers(50), send()), stage(1, from(9, 0), pass()));
    RunResult three =
        run(
            new Terminal.Collect(),
            stage(0, numbers(50), send()),
            stage(1, numbers(50), send()),
            stage(2, numbers(50), send()),
            stage(3, from(9, 0, 1, 2), pass()));
    assertThat(sorted(three))
        .isEqualTo(upTo(50).stream().flatMap(i -> IntStream.of(i, i, i).boxed()).toList());
    assertThat(three.counters().get("exchange.3.bytes"))
        .isEqualTo(3 * one.counters().get("exchange.1.bytes"));
  }

  @Test
  void emptySourceIsOneTaskThatStillEnds() throws InterruptedException {
    RunResult result =
        run(new Terminal.Collect(), stage(0, numbers(0), atEnd()), stage(1, from(2, 0), pass()));
    assertThat(sorted(result)).containsExactly(1, 1);
  }

  @Test
  void largeAndEmptyFramesArrive() throws InterruptedException {
    RunResult result =
        run(new Terminal.Collect(), stage(0, numbers(6), odd()), stage(1, from(3, 0), forward()));
    assertThat(result.frames().stream().map(frame -> frame.length).sorted())
        .containsExactly(0, 0, 0, LARGE, LARGE, LARGE);
    assertThat(result.counters().get("exchange.1.bytes")).isGreaterThan(3L * LARGE);
  }

  @Test
  void splitsMayBeLargerThanAnRpcMessage() throws InterruptedException {
    LeafInput heavy = new LeafInput(new Numbers(3, 12 << 20), new Layout(1, 1, 1), 1);
    assertThat(sorted(run(new Terminal.Collect(), stage(0, heavy, send())))).isEqualTo(upTo(3));
  }

  @Test
  void reductionIsFlinksWhereItPays() throws InterruptedException {
    try (Engine wide = engine("drawbar.parallelism", "8")) {
      RunResult result =
          wide.run(
                  graph(
                      new Terminal.Reduce((a, b) -> bytes(number(a) + number(b))),
                      stage(0, numbers(100), sumInTask())))
              .await();
      // 16 tasks, two of which merge 8 each.
      assertThat(result.counters()).containsEntry("tasks.launched", 18L);
      assertThat(result.frames()).hasSize(2);
      assertThat(result.frames().stream().mapToInt(Programs::number).sum()).isEqualTo(99 * 100 / 2);
    }
  }

  @Test
  void severalStagesGiveTheResult() throws InterruptedException {
    List<Integer> twice = upTo(50).stream().flatMap(i -> IntStream.of(i, i).boxed()).toList();
    assertThat(
            sorted(
                run(
                    new Terminal.Collect(),
                    stage(0, numbers(50), send()),
                    stage(1, numbers(50), send()))))
        .isEqualTo(twice);
    RunResult mixed =
        run(
            new Terminal.Collect(),
            stage(0, numbers(50), send()),
            stage(1, numbers(50), send()),
            stage(2, from(9, 0), pass()));
    assertThat(sorted(mixed)).isEqualTo(twice);
    assertThat(mixed.counters())
        .containsKey("exchange.2.bytes")
        .doesNotContainKey("exchange.1.bytes");
  }

  @Test
  void severalStagesAreReduced() throws InterruptedException {
    int sum = 99 * 100 / 2;
    Terminal reduce = new Terminal.Reduce((a, b) -> bytes(number(a) + number(b)));
    // 8 tasks: one more merges them.
    RunResult leaves =
        run(reduce, stage(0, numbers(100), sumInTask()), stage(1, numbers(100), sumInTask()));
    assertThat(leaves.frames()).extracting(Programs::number).containsExactly(2 * sum);
    // 6 tasks: not worth it.
    RunResult mixed =
        run(
            reduce,
            stage(0, numbers(100), send()),
            stage(1, numbers(100), sumInTask()),
            stage(2, from(9, 0), sumInTask()));
    assertThat(mixed.frames()).hasSize(6);
    assertThat(mixed.frames().stream().mapToInt(Programs::number).sum()).isEqualTo(2 * sum);
  }

  @Test
  void progressIsTold() throws InterruptedException {
    latch = new CountDownLatch(1);
    Run run =
        engine.run(
            graph(
                new Terminal.Collect(),
                stage(0, numbers(100), send()),
                stage(1, from(2, 0), waiting())));
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
    long heap = Runtime.getRuntime().maxMemory();
    assertThat(memory(engine)).isEqualTo(heap / 2 / 2);
    try (Engine small = engine("drawbar.flink.conf.taskmanager.memory.task.heap.size", "16m")) {
      assertThat(memory(small)).isEqualTo((16 << 20) / 2);
    }
  }

  private static long memory(Engine engine) throws InterruptedException {
    RunResult result =
        engine.run(graph(new Terminal.Collect(), stage(0, numbers(1), memoryProbe()))).await();
    return Long.parseLong(new String(result.frames().get(0), StandardCharsets.US_ASCII));
  }

  private static Behaviour memoryProbe() {
    return new Behaviour() {
      @Override
      public void end(TaskContext context, FrameOutput output) throws IOException {
        output.emit(0, Long.toString(context.memoryBytes()).getBytes(StandardCharsets.US_ASCII));
      }
    };
  }

  @Test
  void tasksThatFailThreeTimesAreTriedAgainAndNothingIsDoubled() throws InterruptedException {
    RunResult result =
        run(
            new Terminal.Collect(),
            stage(0, numbers(100), failing(send(), 3)),
            stage(1, from(2, 0), failing(pass(), 3)));
    assertThat(sorted(result)).isEqualTo(upTo(100));
    // Some more than that: an attempt ends, too, when another task fails.
    assertThat(result.counters().get("tasks.retried")).isGreaterThanOrEqualTo(3 * 6);
  }

  @Test
  void taskThatAlwaysFailsEndsTheRunAfterItsAttempts() {
    assertThatThrownBy(
            () ->
                run(
                    new Terminal.Collect(),
                    stage(0, numbers(3), send()),
                    stage(1, from(1, 0), failing(pass(), 99))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("'test'")
        .hasMessageContaining("stage 1 'stage1', task 0 of 1, failure 4")
        .hasMessageContaining("IOException: planted")
        .hasMessageContaining("drawbar.flink.attempts, now 4")
        .hasStackTraceContaining("FlinkEngineTest");
    assertThat(ATTEMPTS).hasSize(4);
  }

  @Test
  void errorsOfTheVirtualMachineStayInTheirTask() {
    assertThatThrownBy(() -> run(new Terminal.Collect(), stage(0, numbers(1), broken())))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("InternalError: planted");
  }

  @Test
  void exceptionsThatCannotBeSerialisedAreTold() {
    assertThatThrownBy(() -> run(new Terminal.Collect(), stage(0, numbers(1), unserialisable())))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("stage 0 'stage0'")
        .hasMessageContaining("planted");
  }

  @Test
  void twoTasksAreInFlightTogether() throws InterruptedException {
    latch = new CountDownLatch(2);
    run(new Terminal.Collect(), stage(0, numbers(4), meeting()));
    assertThat(latch.getCount()).isZero();
  }

  @Test
  void runsGoOnTogetherEvenIfOneWaitsForTheSlotsOfTheOther() throws InterruptedException {
    latch = new CountDownLatch(1);
    Run first = engine.run(graph(new Terminal.Collect(), stage(0, numbers(4), waiting())));
    Run second = engine.run(graph(new Terminal.Collect(), oneStage(10)));
    Thread.sleep(500);
    latch.countDown();
    assertThat(sorted(second.await())).isEqualTo(upTo(10));
    first.await();
  }

  @Test
  void cancelledRunEndsAndTheNextOneGoes() throws Exception {
    latch = new CountDownLatch(1);
    Run run = engine.run(graph(new Terminal.Collect(), stage(0, numbers(4), waiting())));
    while (ATTEMPTS.size() < 2) {
      Thread.sleep(5);
    }
    run.cancel();
    run.cancel();
    assertThatThrownBy(run::await)
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("cancelled");
    assertThat(sorted(run(new Terminal.Collect(), oneStage(10)))).isEqualTo(upTo(10));
    eventuallyEmpty(exchange);
    Run atOnce = engine.run(graph(new Terminal.Collect(), oneStage(10)));
    atOnce.cancel();
    assertThatThrownBy(atOnce::await).isInstanceOf(EngineException.class);
    eventuallyEmpty(exchange);
  }

  @Test
  void closeEndsRunsAndRemovesWhatIsOnDisk(@TempDir Path folder) throws Exception {
    latch = new CountDownLatch(1);
    Engine other = engine("drawbar.flink.exchange.dir", folder.toString());
    Run run = other.run(graph(new Terminal.Collect(), stage(0, numbers(4), waiting())));
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
        .hasMessage(
            "drawbar.flink.master is 'cluster:8081' (explicit), but session clusters are not"
                + " supported yet; leave it at 'local'.");
  }

  @Test
  void optionsThatFlinkCannotStartWithAreNamed() {
    try (Engine bad = engine("drawbar.flink.conf.taskmanager.memory.network.min", "9 parsecs")) {
      assertThatThrownBy(() -> bad.run(graph(new Terminal.Collect(), oneStage(1))))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("9 parsecs")
          .hasMessageContaining("drawbar.flink.conf");
    }
  }

  @Test
  void stagesThatCannotBeShippedAreNamed() {
    // An anonymous class keeps the object around it.
    Behaviour captive = new Behaviour() {};
    assertThatThrownBy(() -> run(new Terminal.Collect(), stage(0, numbers(1), captive)))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("stage 0 'stage0' of 'test'")
        .hasMessageContaining("NotSerializableException: " + FlinkEngineTest.class.getName());
  }

  @Test
  void resultFilesThatDoNotFitTheirReceiptAreRefused(@TempDir Path root) throws IOException {
    RunFolder folder = RunFolder.below(new org.apache.flink.core.fs.Path(root.toUri()));
    RunFolder.FrameFile file = folder.create();
    file.add(new byte[5]);
    file.add(new byte[0]);
    Receipt receipt = file.finish();
    assertThat(folder.frames(receipt)).containsExactly(new byte[5], new byte[0]);
    assertThatThrownBy(() -> folder.frames(new Receipt(receipt.file(), 3, receipt.bytes())))
        .hasMessageContaining("2 frames, not the 3");
    assertThatThrownBy(() -> folder.frames(new Receipt(receipt.file(), 2, 99)))
        .hasMessageContaining("13 bytes, not the 99");
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
      forgotten.run(graph(new Terminal.Collect(), oneStage(10))).await();
    }
  }

  private static Behaviour atEnd() {
    return new Behaviour() {
      @Override
      public void end(TaskContext context, FrameOutput output) throws IOException {
        for (int i = 0; i < context.receivers(); i++) {
          output.emit(i, bytes(context.tasks()));
        }
      }
    };
  }

  private static Behaviour odd() {
    return new Behaviour() {
      @Override
      public void split(TaskContext context, int number, FrameOutput output) throws IOException {
        output.emit(number % context.receivers(), new byte[number % 2 == 0 ? LARGE : 0]);
      }
    };
  }

  private static Behaviour forward() {
    return new Behaviour() {
      @Override
      public void frame(TaskContext context, byte[] frame, FrameOutput output) throws IOException {
        output.emit(0, frame);
      }
    };
  }

  private static Behaviour broken() {
    return new Behaviour() {
      @Override
      public void split(TaskContext context, int number, FrameOutput output) {
        // Flink halts the process when it sees one of these.
        throw new InternalError("planted");
      }
    };
  }

  private static Behaviour unserialisable() {
    return new Behaviour() {
      @Override
      public void split(TaskContext context, int number, FrameOutput output) throws IOException {
        throw new IOException("planted") {
          private final Object unserialisable = new Object();
        };
      }
    };
  }

  private static Behaviour meeting() {
    return new Behaviour() {
      @Override
      public void open(TaskContext context) {
        latch.countDown();
        await(latch);
      }
    };
  }

  private static Behaviour sumInTask() {
    return new Behaviour() {
      private int sum;

      @Override
      public void split(TaskContext context, int number, FrameOutput output) {
        sum += number;
      }

      @Override
      public void frame(TaskContext context, byte[] frame, FrameOutput output) {
        sum += number(frame);
      }

      @Override
      public void end(TaskContext context, FrameOutput output) throws IOException {
        output.emit(0, bytes(sum));
      }
    };
  }

  /** Does what another does, but at the end of its first attempts fails. */
  private static Behaviour failing(Behaviour good, int times) {
    return new Behaviour() {
      @Override
      public void open(TaskContext context) {
        assertThat(ATTEMPTS.add(context.attempt())).as("a new name").isTrue();
      }

      @Override
      public void split(TaskContext context, int number, FrameOutput output) throws IOException {
        good.split(context, number, output);
      }

      @Override
      public void frame(TaskContext context, byte[] frame, FrameOutput output) throws IOException {
        good.frame(context, frame, output);
      }

      @Override
      public void end(TaskContext context, FrameOutput output) throws IOException {
        String task = context.attempt().substring(0, context.attempt().indexOf('-', 2));
        int attempt = TIMES.computeIfAbsent(task, t -> new AtomicInteger()).getAndIncrement();
        if (attempt < times) {
          throw new IOException("planted");
        }
      }
    };
  }

  private static Behaviour waiting() {
    return new Behaviour() {
      @Override
      public void open(TaskContext context) {
        ATTEMPTS.add(context.attempt());
        await(latch);
      }
    };
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

  private static RunResult run(Terminal terminal, Stage... stages) throws InterruptedException {
    return engine.run(graph(terminal, stages)).await();
  }

  private static StageGraph graph(Terminal terminal, Stage... stages) {
    return new StageGraph("test", Arrays.asList(stages), terminal);
  }

  private static Stage oneStage(int numbers) {
    return stage(0, numbers(numbers), send());
  }

  private static ExchangeInput from(int maximumReceivers, Integer... stages) {
    return new ExchangeInput(List.of(stages), maximumReceivers);
  }

  private static List<Integer> sorted(RunResult result) {
    return result.frames().stream().map(Programs::number).sorted().toList();
  }

  private static List<Integer> upTo(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
