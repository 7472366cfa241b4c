package io.drawbar.engine.spark;

import static io.drawbar.testkit.Graphs.collect;
import static io.drawbar.testkit.Graphs.exchange;
import static io.drawbar.testkit.Graphs.route;
import static io.drawbar.testkit.Graphs.sorted;
import static io.drawbar.testkit.Graphs.source;
import static io.drawbar.testkit.Graphs.sum;
import static io.drawbar.testkit.Graphs.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.Run;
import io.drawbar.spi.RunResult;
import io.drawbar.spi.StageGraph;
import io.drawbar.testkit.Graphs;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks that fail, graphs that are wrong, runs that are cancelled. */
@Timeout(60)
class SparkFailureTest extends OwnSpark {
  @Test
  void countsATaskThatWasTriedAgainOnce() throws Exception {
    SEEN.clear();
    Run run =
        engine.run(
            collect(
                source(
                    0,
                    6,
                    Graphs.doing(
                        (context, output, n) -> {
                          if (n == 3 && SEEN.add("failed")) {
                            throw new IOException("once");
                          }
                        }))));
    run.await();
    assertThat(run.progress().stages()).containsExactly(done(0, 3));
  }

  @Test
  void triesAgainUnderAnotherName() throws Exception {
    SEEN.clear();
    CLOSED.set(0);
    StageGraph graph =
        collect(
            source(
                0,
                6,
                Graphs.summing(
                        (context, output, n) -> {
                          SEEN.add(context.attempt());
                          if (n == 3 && SEEN.stream().noneMatch("failed"::equals)) {
                            SEEN.add("failed");
                            throw new IOException("once");
                          }
                        })
                    .closing(context -> CLOSED.incrementAndGet())),
            exchange(1, List.of(0), sum()));
    RunResult result = run(graph);
    assertThat(total(result.frames())).isEqualTo(15);
    assertThat(SEEN).hasSize(3 + 1 + 1);
    assertThat(CLOSED).hasValue(4);
    assertThat(result.counters()).containsEntry("tasks.failed", 1L);
  }

  @Test
  void saysWhichStageFailedAndWhy() {
    StageGraph graph =
        collect(
            source(0, 6, route()),
            exchange(
                1,
                List.of(0),
                Graphs.doing(
                    (context, output, n) -> {
                      throw new IOException("the disk is full");
                    })));
    assertThatThrownBy(() -> run(graph))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith(
            "engine 'spark': stage 1 'stage 1 of a test' of 'test' failed: IOException: the disk is full. Spark tried")
        .hasRootCauseMessage("the disk is full");
  }

  @Test
  void survivesFatalErrorsOfATask() {
    StageGraph graph =
        collect(
            source(
                0,
                1,
                Graphs.doing(
                    (context, output, n) -> {
                      throw new OutOfMemoryError("planted");
                    })));
    assertThatThrownBy(() -> run(graph))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("OutOfMemoryError: planted. Give the tasks more heap");
  }

  @Test
  void saysWhatCannotBeShipped() {
    Object here = new Object();
    StageGraph graph = collect(source(0, 1, Graphs.doing((c, output, n) -> here.hashCode())));
    assertThatThrownBy(() -> run(graph))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("NotSerializableException: java.lang.Object")
        .hasMessageContaining("make what they capture Serializable");
  }

  @Test
  void closesATaskThatDoesNotClose() {
    StageGraph graph =
        collect(
            source(
                0,
                1,
                sum()
                    .closing(
                        context -> {
                          throw new IOException("not flushed");
                        })));
    assertThatThrownBy(() -> run(graph)).hasMessageContaining("IOException: not flushed");
  }

  @Test
  void cancels() throws Exception {
    latch = new CountDownLatch(1);
    CLOSED.set(0);
    Run run =
        engine.run(
            collect(
                source(
                    0,
                    1,
                    Graphs.summing(
                            (context, output, n) -> {
                              latch.countDown();
                              await(new CountDownLatch(1));
                            })
                        .closing(context -> CLOSED.incrementAndGet()))));
    latch.await();
    run.cancel();
    run.cancel();
    assertThatThrownBy(run::await)
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("cancelled");
    await(() -> CLOSED.get() == 1);
    assertThat(sorted(run(collect(source(0, 3, sum()))).frames())).hasSize(3);
  }

  @Test
  void namesTheLimitOfCollectedBytes() throws Exception {
    engine.close();
    try (Engine tight = engine("drawbar.spark.conf.spark.driver.maxResultSize", "1m")) {
      StageGraph graph =
          collect(source(0, 1, Graphs.doing((c, output, n) -> output.emit(0, new byte[2 << 20]))));
      assertThatThrownBy(() -> tight.run(graph).await())
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("drawbar.spark.conf.spark.driver.maxResultSize = 4g");
    } finally {
      start();
    }
  }

  @Test
  void refusesTheProgramsOwnContext() {
    engine.close();
    SparkConf conf = new SparkConf().setMaster("local[1]").setAppName("mine");
    conf.set("spark.ui.enabled", "false").set("spark.driver.bindAddress", "127.0.0.1");
    try (JavaSparkContext mine = new JavaSparkContext(conf)) {
      assertThatThrownBy(() -> engine())
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("SparkContext of its own, 'mine'")
          .hasMessageContaining("SparkDrawbar.session(sparkSession)");
      assertThat(mine.parallelize(List.of(1, 2)).count()).isEqualTo(2);
    } finally {
      start();
    }
  }

  @Test
  void refusesOtherSettingsAndClosedEngines() throws Exception {
    assertThatThrownBy(() -> engine("drawbar.spark.conf.spark.task.maxFailures", "2"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("other settings of spark.task.maxFailures");
    Engine second = engine();
    second.close();
    assertThatThrownBy(() -> second.run(collect(source(0, 1, sum()))))
        .hasMessageContaining("the session is closed, and engine 'spark' with it");
    assertThat(run(collect(source(0, 1, sum()))).frames()).hasSize(1);
  }
}
