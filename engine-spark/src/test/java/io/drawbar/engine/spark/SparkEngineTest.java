package io.drawbar.engine.spark;

import static io.drawbar.testkit.Graphs.collect;
import static io.drawbar.testkit.Graphs.exchange;
import static io.drawbar.testkit.Graphs.range;
import static io.drawbar.testkit.Graphs.reduce;
import static io.drawbar.testkit.Graphs.route;
import static io.drawbar.testkit.Graphs.sorted;
import static io.drawbar.testkit.Graphs.source;
import static io.drawbar.testkit.Graphs.sum;
import static io.drawbar.testkit.Graphs.total;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.spi.Engine;
import io.drawbar.spi.Run;
import io.drawbar.spi.RunResult;
import io.drawbar.spi.StageGraph;
import io.drawbar.testkit.Graphs;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the contract of all engines does not look at. */
@Timeout(60)
class SparkEngineTest extends OwnSpark {
  @Test
  void collectsFramesOfSeveralProducersThroughTwoExchanges() throws Exception {
    RunResult result =
        run(
            collect(
                source(0, 100, route()),
                source(1, 100, route()),
                exchange(2, List.of(0, 1), Graphs.routeWhatIsMine()),
                exchange(3, List.of(2), Graphs.routeWhatIsMine())));
    assertThat(sorted(result.frames())).isEqualTo(Graphs.twice(100));
    assertThat(result.counters())
        .containsEntry("exchange.2.frames", 200L)
        .containsEntry("exchange.3.frames", 200L)
        .containsEntry("tasks.launched", 12L)
        .containsEntry("tasks.failed", 0L);
    assertThat(result.counters().get("exchange.2.bytes")).isGreaterThan(200);
    assertThat(result.counters().get("exchange.3.bytes")).isGreaterThan(200);
  }

  @Test
  void countsAlsoWhenSparkTellsLate() throws Exception {
    SparkListener slow =
        new SparkListener() {
          @Override
          public void onStageCompleted(SparkListenerStageCompleted completed) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
          }
        };
    SparkContext context = SparkContext.getOrCreate();
    context.addSparkListener(slow);
    try {
      RunResult result = run(collect(source(0, 9, route()), exchange(1, List.of(0), sum())));
      assertThat(result.counters())
          .containsEntry("exchange.1.frames", 9L)
          .containsEntry("tasks.launched", 6L);
    } finally {
      context.removeSparkListener(slow);
    }
  }

  @Test
  void runsOneTaskOverNothing() throws Exception {
    RunResult result = run(collect(source(0, 0, sum())));
    assertThat(sorted(result.frames())).containsExactly(0L);
    result = run(collect(source(0, 0, route()), exchange(1, List.of(0), sum())));
    assertThat(sorted(result.frames())).containsExactly(0L, 0L, 0L);
    assertThat(result.counters()).containsEntry("exchange.1.bytes", 0L);
  }

  @Test
  void reducesOnTheDriverAndInATree() throws Exception {
    long expected = 999 * 1000 / 2;
    StageGraph graph = reduce(source(0, 1000, route()), exchange(1, List.of(0), sum()));
    assertThat(total(run(graph).frames())).isEqualTo(expected);
    try (Engine wide = engine("drawbar.parallelism", "40")) {
      RunResult result = wide.run(graph).await();
      assertThat(sorted(result.frames())).containsExactly(expected);
    }
  }

  /** A graph whose result is that of two stages: branches of a union. */
  @Test
  void takesResultsOfSeveralStages() throws Exception {
    List<byte[]> leaves = run(collect(Graphs.twoLeafResults())).frames();
    assertThat(leaves).hasSize(3 + 3);
    assertThat(total(leaves)).isEqualTo(Graphs.TWO_RESULTS);
    RunResult mixed = run(collect(Graphs.leafAndExchangeResults()));
    assertThat(mixed.frames()).hasSize(3 + 3);
    assertThat(total(mixed.frames())).isEqualTo(Graphs.TWO_RESULTS);
    assertThat(mixed.counters()).containsEntry("exchange.1.frames", 30L);
  }

  @Test
  void reducesResultsOfSeveralStages() throws Exception {
    assertThat(total(run(reduce(Graphs.twoLeafResults())).frames())).isEqualTo(Graphs.TWO_RESULTS);
    StageGraph mixed = reduce(Graphs.leafAndExchangeResults());
    assertThat(total(run(mixed).frames())).isEqualTo(Graphs.TWO_RESULTS);
    try (Engine wide = engine("drawbar.parallelism", "40")) {
      assertThat(sorted(wide.run(mixed).await().frames())).containsExactly(Graphs.TWO_RESULTS);
    }
  }

  /** Tasks of two stages in one stage of Spark's are told apart. */
  @Test
  void tellsProgressByStage() throws Exception {
    latch = new CountDownLatch(1);
    Run run =
        engine.run(
            collect(
                source(0, 2, route()),
                source(1, 9, route()),
                exchange(2, List.of(1, 0), waiting()),
                source(3, 1, sum())));
    await(
        () ->
            run.progress().stages().equals(List.of(done(0, 2), done(1, 3), begun(2, 3), done(3, 1)))
                || run.progress()
                    .stages()
                    .equals(List.of(done(0, 2), done(1, 3), begun(2, 3), begun(3, 1))));
    latch.countDown();
    run.await();
    assertThat(run.progress().stages())
        .containsExactly(done(0, 2), done(1, 3), done(2, 3), done(3, 1));
  }

  @Test
  void tellsTasksTheirShareOfMemory() throws Exception {
    long heap = Runtime.getRuntime().maxMemory();
    List<byte[]> told =
        run(collect(
                source(0, 9, Graphs.tell()),
                source(1, 9, route()),
                exchange(2, List.of(1), Graphs.tell())))
            .frames();
    assertThat(told).hasSize(6);
    assertThat(told.stream().map(frame -> Graphs.told(frame).memoryBytes()))
        .allMatch(bytes -> bytes == TaskMemory.bytes(SparkEnv.get().conf(), heap, 1))
        .allMatch(bytes -> bytes <= heap / 2 / 2 && bytes > heap / 16);
  }

  @Test
  void carriesFramesOfAnySize() throws Exception {
    // 40 MB a split: beyond what a task keeps in memory, beyond Spark's size of a direct result.
    StageGraph graph =
        collect(
            source(
                0,
                2,
                Graphs.doing(
                    (context, output, n) -> {
                      output.emit(0, new byte[20 << 20]);
                      output.emit(1, new byte[0]);
                      byte[] last = new byte[20 << 20];
                      Arrays.fill(last, (byte) n);
                      output.emit(2, last);
                    })),
            exchange(1, List.of(0), new Echo()));
    List<byte[]> frames = run(graph).frames();
    assertThat(frames).hasSize(6);
    assertThat(frames.stream().mapToLong(f -> f.length).sum()).isEqualTo(4L * (20 << 20));
    assertThat(frames.stream().filter(f -> f.length > 0 && f[f.length - 1] == 1)).hasSize(1);
    assertThat(temporaryFiles()).isEmpty();
  }

  @Test
  void holdsTwoTasksInFlightAndRunsTwoGraphsAtATime() throws Exception {
    latch = new CountDownLatch(2);
    StageGraph graph =
        collect(
            source(
                0,
                1,
                Graphs.summing(
                    (context, output, n) -> {
                      latch.countDown();
                      await(latch);
                    })));
    Run one = engine.run(graph);
    Run two = engine.run(graph);
    assertThat(one.await().frames()).hasSize(1);
    assertThat(two.await().frames()).hasSize(1);
  }

  @Test
  void deletesShuffleFiles() throws Exception {
    run(collect(source(0, 100, route()), exchange(1, List.of(0), sum())));
    await(() -> temporaryFiles().isEmpty());
  }

  @Test
  void sortsFramesForManyReceivers() throws Exception {
    engine.close();
    // Spark's other shuffle, which it takes for more than 200 receivers.
    try (Engine sorting =
        engine("drawbar.spark.conf.spark.shuffle.sort.bypassMergeThreshold", "1")) {
      StageGraph graph =
          collect(source(0, 50, route()), exchange(1, List.of(0), Graphs.routeWhatIsMine()));
      assertThat(sorted(sorting.run(graph).await().frames())).isEqualTo(range(50));
    } finally {
      start();
    }
  }

  private static List<String> temporaryFiles() {
    File[] folders = SparkEnv.get().blockManager().diskBlockManager().localDirs();
    return Arrays.stream(folders)
        .flatMap(folder -> Arrays.stream(folder.listFiles()))
        .flatMap(folder -> Arrays.stream(folder.list()))
        .toList();
  }

  /** Sends on what it gets. */
  private record Echo() implements io.drawbar.spi.StageProgram {
    @Override
    public io.drawbar.spi.StageTask open(
        io.drawbar.spi.TaskContext context, io.drawbar.spi.FrameOutput output) {
      return new io.drawbar.spi.StageTask() {
        @Override
        public void split(io.drawbar.spi.Split split) {
          throw new UnsupportedOperationException();
        }

        @Override
        public void frame(byte[] frame) throws IOException {
          output.emit(0, frame);
        }

        @Override
        public void endInput() {}

        @Override
        public boolean failed() {
          return false;
        }

        @Override
        public void close() {}
      };
    }
  }
}
