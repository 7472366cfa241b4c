package io.drawbar.engine.spark;

import static io.drawbar.testkit.Graphs.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.config.Config;
import io.drawbar.spi.Engine;
import io.drawbar.spi.Progress;
import io.drawbar.spi.RunResult;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.StageProgram;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** An engine that has started Spark itself, on two slots and three tasks a stage. */
abstract class OwnSpark {
  static final Set<String> SEEN = ConcurrentHashMap.newKeySet();
  static final AtomicInteger CLOSED = new AtomicInteger();
  static volatile CountDownLatch latch;

  static Engine engine;

  @BeforeAll
  static void start() {
    engine = engine("drawbar.parallelism", "3");
  }

  @AfterAll
  static void stop() {
    engine.close();
    engine.close();
  }

  static Engine engine(String... settings) {
    Config config = Config.of("drawbar.spark.master", "local[2]");
    for (int i = 0; i < settings.length; i += 2) {
      config = config.with(settings[i], settings[i + 1]);
    }
    return new SparkEngineFactory().create(config);
  }

  static RunResult run(StageGraph graph) throws InterruptedException {
    return engine.run(graph).await();
  }

  static StageProgram waiting() {
    return sum().opening(context -> await(latch));
  }

  static Progress.StageProgress begun(int stage, int tasks) {
    return new Progress.StageProgress(stage, tasks, 0);
  }

  static Progress.StageProgress done(int stage, int tasks) {
    return new Progress.StageProgress(stage, tasks, tasks);
  }

  static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IOException("nobody came");
      }
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time").isLessThan(end);
      Thread.sleep(10);
    }
  }
}
