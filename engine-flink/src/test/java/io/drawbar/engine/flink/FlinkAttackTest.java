package io.drawbar.engine.flink;

import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.RunControl;
import io.drawbar.RunListener;
import io.drawbar.RunReport;
import io.drawbar.Session;
import io.drawbar.io.Records;
import io.drawbar.spi.EngineException;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.IterativeStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that are broken, empty, cut otherwise, or belong to sessions that are gone. */
class FlinkAttackTest extends PairsFixture {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void rowsAreNeitherLostNorDoubledWhenAttemptsFail(int tasks) {
    DataStream<Tuple2<Long, String>> failing =
        pairs(tasks).rebalance().map(PairsFixture::failTwice).returns(PAIRS).setParallelism(tasks);
    isAllOf(rows(failing));
    assertThat(FAILURES).as("planted").hasValueGreaterThan(2);
  }

  @Test
  void aStreamThatAlwaysFailsIsAnErrorOfTheEngine() {
    DataStream<Tuple2<Long, String>> failing =
        pairs(2)
            .map(
                pair -> {
                  if (pair.f0 == 500) {
                    throw new IllegalStateException("planted");
                  }
                  return pair;
                })
            .returns(PAIRS);
    assertThatThrownBy(() -> rows(failing))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("IllegalStateException: planted")
        .hasMessageContaining("in none of its stages");
    isAllOf(rows(pairs(2)));
  }

  @Test
  void partitionsMayBeEmptyAndSoMayAll() {
    DataStream<Tuple2<Long, String>> few = pairs(7).filter(pair -> pair.f0 == 3 && pair.f1 != null);
    assertThat(rows(few)).isNotEmpty().allMatch(row -> row.longValue("f0") == 3);
    DataStream<Tuple2<Long, String>> none = pairs(7).filter(pair -> pair.f0 < 0);
    assertThat(rows(none)).isEmpty();
    Dataset empty = FlinkDrawbar.dataset(session, none);
    assertThat(empty.groupBy("f1").agg(count().as("n")).collect()).isEmpty();
    assertThat(empty.agg(sum("f0").as("sum"), count().as("n")).collect().get(0).value("n"))
        .isEqualTo(0L);
  }

  @Test
  void theEnvironmentMayBeSetOtherwise() {
    environment.setRuntimeMode(RuntimeExecutionMode.STREAMING);
    environment.enableCheckpointing(10);
    environment.getConfig().enableObjectReuse();
    isAllOf(rows(pairs(2)));
    environment.disableOperatorChaining();
    isAllOf(rows(pairs(2)));
    environment.setParallelism(7);
    environment.setMaxParallelism(9);
    isAllOf(rows(pairs(7)));
  }

  @Test
  @SuppressWarnings("deprecation") // Iterations, which a batch has not.
  void whatFlinkDoesNotTranslateIsAnErrorOfTheEngine() {
    IterativeStream<Tuple2<Long, String>> loop = pairs(2).iterate(100);
    DataStream<Tuple2<Long, String>> again = loop.map(pair -> pair).returns(PAIRS);
    loop.closeWith(again.filter(pair -> false));
    assertThatThrownBy(() -> rows(again))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("teration");
  }

  @Test
  void aStreamOfASessionThatIsClosedSaysSo() {
    DataStream<org.apache.flink.types.Row> stream;
    try (Session closed = FlinkDrawbar.session(environment)) {
      stream =
          FlinkDrawbar.toDataStream(
              closed.read(Records.of(Schema.empty().with("n", DataType.LONG), List.of())));
    }
    stream.sinkTo(new DiscardingSink<>());
    assertThatThrownBy(() -> environment.execute())
        .rootCause()
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("session")
        .hasMessageContaining("closed");
  }

  @Test
  void aRunOfAStreamIsCancelled() throws Exception {
    begun = new CountDownLatch(1);
    CompletableFuture<RunControl> control = new CompletableFuture<>();
    session.listen(
        new RunListener() {
          @Override
          public void started(RunControl run) {
            control.complete(run);
          }

          @Override
          public void finished(RunReport report) {}
        });
    DataStream<Tuple2<Long, String>> slow =
        pairs(2)
            .map(
                pair -> {
                  begun.countDown();
                  Thread.sleep(10_000);
                  return pair;
                })
            .returns(PAIRS);
    Thread cancelling =
        new Thread(
            () -> {
              try {
                begun.await(60, TimeUnit.SECONDS);
                control.join().cancel(); // tasks may be at work before it is told
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    cancelling.start();
    assertThatThrownBy(() -> rows(slow))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("cancelled");
    cancelling.join();
    isAllOf(rows(pairs(2)));
  }

  @Test
  void sessionsMayBeClosedWhileOthersOnTheEnvironmentGoOn() throws Exception {
    begun = new CountDownLatch(1);
    Session second = FlinkDrawbar.session(environment);
    DataStream<Tuple2<Long, String>> slow =
        pairs(2)
            .map(
                pair -> {
                  begun.countDown();
                  Thread.sleep(10_000);
                  return pair;
                })
            .returns(PAIRS);
    Dataset waiting = FlinkDrawbar.dataset(second, slow);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                waiting.count();
              } catch (Throwable e) {
                failure.set(e);
              }
            });
    thread.start();
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    second.close();
    thread.join();
    assertThat(failure.get()).isInstanceOf(EngineException.class).hasMessageContaining("cancelled");
    isAllOf(rows(pairs(2)));
    assertThatThrownBy(waiting::count).hasMessageContaining("closed");
  }
}
