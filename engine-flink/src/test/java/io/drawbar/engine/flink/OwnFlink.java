package io.drawbar.engine.flink;

import static io.drawbar.testkit.Graphs.collect;
import static io.drawbar.testkit.Graphs.doing;
import static io.drawbar.testkit.Graphs.numbers;
import static io.drawbar.testkit.Graphs.route;
import static io.drawbar.testkit.Graphs.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.config.Config;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
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
import org.junit.jupiter.api.io.TempDir;

/** An engine that has started Flink itself. */
abstract class OwnFlink {
  /** What tasks, which run in this process, tell the test. */
  static final Set<String> ATTEMPTS = ConcurrentHashMap.newKeySet();

  static final Map<String, AtomicInteger> TIMES = new ConcurrentHashMap<>();
  static volatile CountDownLatch latch;

  @TempDir static Path scratch;
  static Engine engine;

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

  static Engine engine(String... pairs) {
    Config config = Config.of("drawbar.parallelism", "2");
    for (int i = 0; i < pairs.length; i += 2) {
      config = config.with(pairs[i], pairs[i + 1]);
    }
    return new FlinkEngineFactory().create(config);
  }

  static RunResult run(StageGraph graph) throws InterruptedException {
    return engine.run(graph).await();
  }

  static StageGraph oneStage(int numbers) {
    return collect(source(0, numbers, route()));
  }

  static List<Long> sorted(RunResult result) {
    return Graphs.sorted(result.frames());
  }

  static Program waiting() {
    return doing((context, output, n) -> {})
        .opening(
            context -> {
              ATTEMPTS.add(context.attempt());
              await(latch);
            });
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
