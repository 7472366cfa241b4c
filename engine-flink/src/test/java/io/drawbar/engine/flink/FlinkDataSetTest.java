package io.drawbar.engine.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.spi.EngineException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.restartstrategy.RestartStrategies;
import org.apache.flink.api.java.ExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets of the older interface, whose jobs are run before a run of a session reads them. */
class FlinkDataSetTest extends PairsFixture {
  private static volatile CountDownLatch ended;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void aDataSetWhoseAttemptsFailIsReadOnce(int tasks) {
    ExecutionEnvironment sets = ExecutionEnvironment.createLocalEnvironment(tasks);
    sets.setRestartStrategy(RestartStrategies.fixedDelayRestart(5, 1));
    var failing =
        sets.generateSequence(0, ROWS - 1)
            .map(PairsFixture::pair)
            .returns(PAIRS)
            .rebalance()
            .map(PairsFixture::failTwice)
            .returns(PAIRS);
    isAllOf(FlinkDrawbar.dataset(session, failing).collect());
    assertThat(FAILURES).as("planted").hasValueGreaterThan(2);
  }

  @Test
  void aDataSetThatAlwaysFailsIsAnErrorOfTheEngine() {
    ExecutionEnvironment sets = ExecutionEnvironment.createLocalEnvironment(2);
    var failing =
        sets.generateSequence(0, 9)
            .map(
                n -> {
                  if (n == 5) {
                    throw new IllegalStateException("planted");
                  }
                  return pair(n);
                })
            .returns(PAIRS);
    Dataset dataset = FlinkDrawbar.dataset(session, failing);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(dataset::count)
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("the job of a DataSet failed")
          .hasMessageContaining("planted");
    }
  }

  @Test
  void theJobOfADataSetIsCancelled() throws Exception {
    begun = new CountDownLatch(1);
    ended = new CountDownLatch(1);
    ExecutionEnvironment sets = ExecutionEnvironment.createLocalEnvironment(2);
    var slow =
        sets.generateSequence(0, 9)
            .map(
                n -> {
                  begun.countDown();
                  return pair(sleeping(n));
                })
            .returns(PAIRS);
    Dataset dataset = FlinkDrawbar.dataset(session, slow);
    Thread waiting = Thread.currentThread();
    Thread interrupting =
        new Thread(
            () -> {
              try {
                begun.await(60, TimeUnit.SECONDS);
                waiting.interrupt();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    interrupting.start();
    assertThatThrownBy(dataset::count)
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(ended.await(60, TimeUnit.SECONDS)).as("its tasks are interrupted").isTrue();
    isAllOf(rows(pairs(2)));
  }

  private static long sleeping(long n) throws InterruptedException {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      ended.countDown();
      throw e;
    }
    return n;
  }
}
