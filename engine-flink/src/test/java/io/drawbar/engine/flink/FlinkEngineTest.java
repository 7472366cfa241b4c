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

import io.drawbar.spi.Engine;
import io.drawbar.spi.Progress;
import io.drawbar.spi.Run;
import io.drawbar.spi.RunResult;
import io.drawbar.testkit.Graphs;
import io.drawbar.testkit.Graphs.Program;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Flink does with graphs, beyond what the contract of all engines asks. */
@Timeout(120)
class FlinkEngineTest extends OwnFlink {
  private static final int LARGE = 24 << 20;

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
    List<Progress.StageProgress> first =
        List.of(new Progress.StageProgress(0, 4, 4), new Progress.StageProgress(1, 2, 0));
    while (!run.progress().stages().equals(first)) {
      Thread.sleep(5); // one stage is told after the other
    }
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
}
