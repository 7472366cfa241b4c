package io.drawbar.engine.flink;

import static io.drawbar.testkit.Graphs.range;
import static io.drawbar.testkit.HeldNumbers.expected;
import static io.drawbar.testkit.HeldNumbers.graph;
import static io.drawbar.testkit.HeldNumbers.state;
import static io.drawbar.testkit.HeldNumbers.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.error.DrawbarException;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.HeldData;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafInput;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Progress.StageProgress;
import io.drawbar.spi.RunResult;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.StageProgram;
import io.drawbar.testkit.Graphs;
import io.drawbar.testkit.HeldNumbers.Meanwhile;
import io.drawbar.testkit.HeldNumbers.Sum;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows that stay with Flink's tasks, and supersteps over them. */
@Timeout(120)
class FlinkHoldTest extends OwnFlink {
  private static final int NUMBERS = 100;
  private static final int LARGE = 24 << 20;

  private static HeldData hold(StageGraph graph) throws InterruptedException {
    return hold(engine, graph);
  }

  private static HeldData hold(Engine engine, StageGraph graph) throws InterruptedException {
    HeldData held = engine.hold(graph).orElseThrow();
    held.loading().await();
    return held;
  }

  private static void holds(HeldData held, long factor) throws InterruptedException {
    assertThat(total(held.superstep(Sum.plain(), state(factor, 8))))
        .isEqualTo(expected(NUMBERS, factor));
  }

  @Test
  void supersteps() throws InterruptedException {
    try (HeldData held = engine.hold(graph(NUMBERS)).orElseThrow()) {
      RunResult loaded = held.loading().await();
      assertThat(Graphs.total(loaded.frames())).isEqualTo(2 * NUMBERS);
      assertThat(loaded.counters())
          .containsEntry("tasks.launched", 2L)
          .containsEntry("tasks.retried", 0L);
      assertThat(held.loading().progress().stages())
          .containsExactly(new StageProgress(0, 2, 2), new StageProgress(1, 2, 2));
      Sum sum = Sum.plain();
      for (int factor = 0; factor < 50; factor++) {
        List<byte[]> frames = held.superstep(sum, state(factor, 1000));
        assertThat(frames).hasSize(2);
        assertThat(total(frames)).isEqualTo(expected(NUMBERS, factor));
      }
      holds(held, 7);
    }
  }

  @Test
  void nothingIsHeldToo() throws InterruptedException {
    try (HeldData held = hold(graph(0))) {
      assertThat(total(held.superstep(Sum.plain(), state(1, 8)))).isZero();
    }
    try (HeldData held = hold(graph(1))) {
      assertThat(total(held.superstep(Sum.plain(), state(1, 8)))).isZero();
    }
  }

  @Test
  void statesAndFramesMayBeLargerThanAnRpcMessage() throws Exception {
    try (HeldData held = hold(graph(NUMBERS))) {
      Sum large = new Sum(number -> {}, LARGE);
      for (int factor = 1; factor < 4; factor++) {
        List<byte[]> frames = held.superstep(large, state(factor, LARGE));
        assertThat(frames).allMatch(frame -> frame.length == LARGE);
        assertThat(total(frames)).isEqualTo(expected(NUMBERS, factor));
        assertThat(bytesIn(scratch)).as("nothing large is left").isLessThan(1 << 20);
      }
      // As large as messages may be.
      Sum justSo = new Sum(number -> {}, Parcel.MOST_BYTES / 2 - 8);
      assertThat(total(held.superstep(justSo, state(1, Parcel.MOST_BYTES - 8))))
          .isEqualTo(expected(NUMBERS, 1));
    }
  }

  @Test
  void otherRunsGoBeside() throws InterruptedException {
    try (HeldData one = hold(graph(NUMBERS));
        HeldData two = hold(graph(NUMBERS))) {
      assertThat(sorted(run(oneStage(10)))).isEqualTo(range(10));
      holds(one, 1);
      holds(two, 2);
      holds(one, 3);
    }
  }

  @Test
  void whereTooMuchIsHeldTheRestIsForRuns() throws InterruptedException {
    List<HeldData> all = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      all.add(engine.hold(graph(1)).orElseThrow());
    }
    assertThat(engine.hold(graph(1))).isEmpty();
    for (HeldData held : all) {
      held.loading().await();
      held.close();
    }
    hold(graph(1)).close();
  }

  @Test
  void readersThatFailReadAgainAndTheSuperstepIsRepeated() throws InterruptedException {
    AtomicInteger reads = TIMES.computeIfAbsent("reads", t -> new AtomicInteger());
    try (HeldData held = hold(graph(NUMBERS, number -> TIMES.get("reads").incrementAndGet()))) {
      assertThat(reads).hasValue(2 * NUMBERS);
      for (long factor = 1; factor < 4; factor++) {
        TIMES.put("failures", new AtomicInteger());
        Sum failing = new Sum(failing(3), 8);
        assertThat(total(held.superstep(failing, state(factor, 8))))
            .isEqualTo(expected(NUMBERS, factor));
        // Half of them again, three times: the other reader has not been touched.
        assertThat(reads).hasValue((int) (2 * NUMBERS + factor * 3 * NUMBERS));
      }
    }
  }

  /** Fails at the largest number, so many times. */
  private static Meanwhile failing(int times) {
    return number -> {
      if (number == NUMBERS - 1 && TIMES.get("failures").getAndIncrement() < times) {
        throw new IOException("planted");
      }
    };
  }

  @Test
  void readersThatFailWhileTheyReadTryAgain() throws InterruptedException {
    TIMES.put("failures", new AtomicInteger());
    try (HeldData held = engine.hold(graph(NUMBERS, failing(3))).orElseThrow()) {
      RunResult loaded = held.loading().await();
      assertThat(Graphs.total(loaded.frames())).isEqualTo(2 * NUMBERS);
      assertThat(loaded.counters()).containsEntry("tasks.retried", 3L);
      holds(held, 5);
    }
  }

  @Test
  void readersThatAlwaysFailEndIt() throws InterruptedException {
    TIMES.put("failures", new AtomicInteger());
    try (HeldData held = engine.hold(graph(NUMBERS, failing(99))).orElseThrow()) {
      assertThatThrownBy(() -> held.loading().await())
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("stage 0 'stage 0 of a test' of 'test'")
          .hasMessageContaining("task 1 of 2: java.io.IOException: planted")
          .hasMessageContaining("drawbar.flink.attempts, now 4");
    }
    assertThat(TIMES.get("failures")).hasValue(4);
    TIMES.put("failures", new AtomicInteger());
    try (HeldData held = hold(graph(NUMBERS))) {
      holds(held, 1);
      assertThatThrownBy(() -> held.superstep(new Sum(failing(99), 8), state(1, 8)))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("task 1 of 2, superstep 2: java.io.IOException: planted")
          .hasStackTraceContaining("FlinkHoldTest");
      assertThat(TIMES.get("failures")).hasValue(4);
      assertThatThrownBy(() -> held.superstep(Sum.plain(), state(1, 8)))
          .isInstanceOf(EngineException.class);
    }
  }

  /** A source whose data is not as it should be. */
  private record Damaged() implements Source {
    @Override
    public Schema schema() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String describe() {
      return "damaged";
    }

    @Override
    public List<Split> splits(Layout layout, int desired, int alignment) {
      throw new DrawbarException("planted: a file is damaged");
    }

    @Override
    public LeafReader open(Split split, Layout layout, List<String> columns) {
      throw new UnsupportedOperationException();
    }
  }

  /** It is no error of the engine's; {@link #nothingIsLeft} looks for the files of the job. */
  @Test
  void rowsThatCannotBeReadLeaveNothing() {
    LeafInput damaged = new LeafInput(new Damaged(), new Layout(1, 1, 1), 1);
    StageProgram holding = graph(1).stages().get(0).program();
    HeldData held = engine.hold(Graphs.reduce(Graphs.stage(0, damaged, holding))).orElseThrow();
    assertThatThrownBy(() -> held.loading().await())
        .isExactlyInstanceOf(DrawbarException.class)
        .hasMessageContaining("planted");
    held.close();
    assertThatThrownBy(() -> held.superstep(Sum.plain(), state(1, 8)))
        .hasMessageContaining("let go of");
  }

  @Test
  void checkpointsAreNotTakenOfRowsThatStay(@TempDir Path folder) throws Exception {
    Configuration overrides =
        Configuration.fromMap(Map.of("execution.checkpointing.interval", "20 ms"));
    JobSettings settings =
        new JobSettings(2, 4, Duration.ofSeconds(60), overrides, Optional.empty());
    try (Scratch files = new Scratch(folder.toString())) {
      HoldTranslator.Job job =
          HoldTranslator.translate(graph(NUMBERS), files.create(), settings, 2, 4);
      assertThat(job.graph().isCheckpointingEnabled()).isFalse();
    }
  }

  @Test
  void errorsOfTheVirtualMachineStayInTheirTask() throws InterruptedException {
    try (HeldData held = hold(graph(NUMBERS))) {
      Meanwhile fatal =
          number -> {
            throw new InternalError("planted"); // Flink halts the process when it sees one
          };
      assertThatThrownBy(() -> held.superstep(new Sum(fatal, 8), state(1, 8)))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("InternalError: planted");
    }
  }

  @Test
  void silenceEndsIt() throws InterruptedException {
    latch = new CountDownLatch(1);
    try (Engine impatient =
        engine(
            "drawbar.flink.scratch.folder",
            scratch.toString(),
            "drawbar.flink.patience.seconds",
            "3")) {
      try (HeldData held = hold(impatient, graph(NUMBERS))) {
        assertThatThrownBy(() -> held.superstep(waitingAtOne(), state(1, 8)))
            .isInstanceOf(EngineException.class)
            .hasMessageContaining("task 0 of those that hold rows has said nothing for 3 seconds");
        latch.countDown();
      }
    }
  }

  private static Sum waitingAtOne() {
    return new Sum(
        number -> {
          if (number == 1) {
            ATTEMPTS.add("at one");
            await(latch);
          }
        },
        8);
  }

  @Test
  void superstepsThatAreInterruptedLeaveNothingLarge() throws Exception {
    try (HeldData held = hold(graph(NUMBERS))) {
      for (int i = 0; i < 3; i++) {
        latch = new CountDownLatch(1);
        ATTEMPTS.clear();
        Thread here = Thread.currentThread();
        Thread interrupting =
            new Thread(
                () -> {
                  while (ATTEMPTS.isEmpty()) {
                    Thread.onSpinWait();
                  }
                  here.interrupt();
                });
        interrupting.start();
        assertThatThrownBy(() -> held.superstep(waitingAtOne(), state(1, LARGE)))
            .isInstanceOf(InterruptedException.class);
        latch.countDown();
        holds(held, 11);
        assertThat(bytesIn(scratch)).as("nothing large is left").isLessThan(1 << 20);
      }
    }
  }

  @Test
  void closingLeavesNoFile(@TempDir Path folder) throws Exception {
    latch = new CountDownLatch(1);
    Engine other = engine("drawbar.flink.scratch.folder", folder.toString());
    HeldData held = hold(other, graph(NUMBERS));
    List<Throwable> thrown = new ArrayList<>();
    Thread superstep =
        new Thread(
            () -> {
              try {
                held.superstep(waitingAtOne(), state(1, LARGE));
              } catch (Throwable e) {
                thrown.add(e);
              }
            });
    superstep.start();
    while (ATTEMPTS.isEmpty()) {
      Thread.sleep(5);
    }
    Thread.currentThread().interrupt();
    held.close();
    assertThat(Thread.interrupted()).as("it is still known").isTrue();
    superstep.join();
    assertThat(thrown)
        .singleElement()
        .isInstanceOf(EngineException.class)
        .extracting(Throwable::getMessage)
        .asString()
        .contains("let go of");
    assertThat(folder).isEmptyDirectory();
    assertThatThrownBy(() -> held.superstep(Sum.plain(), state(1, 8)))
        .hasMessageContaining("let go of");
    held.close();
    HeldData again = hold(other, graph(NUMBERS));
    HeldData reading = other.hold(graph(NUMBERS, number -> await(latch))).orElseThrow();
    other.close();
    assertThat(folder).isEmptyDirectory();
    assertThatThrownBy(() -> again.superstep(Sum.plain(), state(1, 8)))
        .hasMessageContaining("let go of");
    assertThatThrownBy(() -> reading.loading().await()).hasMessageContaining("cancelled");
    assertThatThrownBy(() -> other.hold(graph(1))).hasMessageContaining("closed");
    latch.countDown();
  }

  private static long bytesIn(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      long bytes = 0;
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }
}
