package io.drawbar.internal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.config.Config;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.HeldData;
import io.drawbar.testkit.HeldNumbers;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the contract of all engines does not look at. */
@Timeout(60)
class LocalEngineTest {
  private static volatile CountDownLatch begun;
  private static volatile CountDownLatch end;

  /** Tasks that wait for the only thread are dropped: who waits for them must hear of it. */
  @Test
  void aRunEndsWhoseTasksHaveNotBegunWhenTheEngineIsClosed() throws InterruptedException {
    begun = new CountDownLatch(1);
    end = new CountDownLatch(1);
    Engine engine = new LocalEngineFactory().create(Config.of("drawbar.parallelism", "1"));
    HeldData held = engine.hold(HeldNumbers.graph(8, number -> waitStubbornly())).orElseThrow();
    begun.await();
    Thread.currentThread().interrupt(); // who is in a hurry does not wait for the tasks at work
    engine.close();
    assertThat(Thread.interrupted()).isTrue();
    end.countDown();
    assertThatThrownBy(() -> held.loading().await())
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("cancelled");
  }

  private static void waitStubbornly() {
    begun.countDown();
    while (end.getCount() > 0) {
      Thread.onSpinWait();
    }
  }
}
