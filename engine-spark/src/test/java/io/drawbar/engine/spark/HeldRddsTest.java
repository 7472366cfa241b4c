package io.drawbar.engine.spark;

import static io.drawbar.testkit.Graphs.encoded;
import static io.drawbar.testkit.Graphs.reduce;
import static io.drawbar.testkit.Graphs.source;
import static io.drawbar.testkit.Graphs.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.config.Config;
import io.drawbar.spi.Engine;
import io.drawbar.spi.FrameMerger;
import io.drawbar.spi.FrameOutput;
import io.drawbar.spi.HeldBlocks;
import io.drawbar.spi.HeldData;
import io.drawbar.spi.Split;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.StageProgram;
import io.drawbar.spi.StageTask;
import io.drawbar.spi.SuperstepProgram;
import io.drawbar.spi.TaskContext;
import io.drawbar.testkit.Graphs;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.RDDBlockId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What tasks hold is closed, once, and only what Spark has kept outlives its task. */
@Timeout(60)
class HeldRddsTest {
  /** By test: Spark may still be at attempts of the one before. */
  private static final Map<String, Counts> COUNTS = new ConcurrentHashMap<>();

  private record Counts(AtomicInteger opened, AtomicInteger closed) {}

  private static final long SUM = 29 * 30 / 2;

  private static Engine engine;

  @BeforeAll
  static void start() {
    engine =
        new SparkEngineFactory()
            .create(Config.of("drawbar.spark.master", "local[2]", "drawbar.parallelism", "3"));
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  private final String test = UUID.randomUUID().toString();
  private final Counts counts = new Counts(new AtomicInteger(), new AtomicInteger());

  @BeforeEach
  void begin() {
    COUNTS.put(test, counts);
  }

  private StageGraph graph(long bytes) {
    return reduce(source(0, 30, new Holding(test, bytes)));
  }

  @Test
  void closingClosesWhatIsHeld() throws Exception {
    HeldData held = engine.hold(graph(100)).orElseThrow();
    assertThat(total(held.loading().await().frames())).isEqualTo(SUM);
    for (int superstep = 1; superstep < 4; superstep++) {
      byte[] state = encoded(superstep);
      assertThat(total(held.superstep(new Times(), state))).isEqualTo(superstep * SUM);
    }
    assertThat(counts.opened).hasValue(3);
    assertThat(counts.closed).hasValue(0);
    held.close();
    held.close();
    assertThat(counts.closed).hasValue(3);
  }

  /** Blocks that Spark's memory has no room for: read by each superstep, and closed by it. */
  @Test
  void whatSparkDoesNotKeepIsClosedByItsTask() throws Exception {
    HeldData held = engine.hold(graph(Long.MAX_VALUE / 4)).orElseThrow();
    assertThat(total(held.loading().await().frames())).isEqualTo(SUM);
    assertThat(counts.closed).hasValue(3);
    assertThat(total(held.superstep(new Times(), encoded(2)))).isEqualTo(2 * SUM);
    assertThat(counts.opened).hasValue(6);
    assertThat(counts.closed).hasValue(6);
    held.close();
    assertThat(counts.closed).hasValue(6);
  }

  @Test
  void anEngineThatIsClosedClosesWhatIsHeld() throws Exception {
    try (Engine other =
        new SparkEngineFactory()
            .create(Config.of("drawbar.spark.master", "local[2]", "drawbar.parallelism", "3"))) {
      HeldData held = other.hold(graph(100)).orElseThrow();
      held.loading().await();
      other.close();
      assertThat(counts.closed).hasValue(3);
      assertThatThrownBy(() -> held.superstep(new Times(), encoded(1)))
          .hasMessageContaining("let go of");
    }
  }

  @Test
  void whatSparkEvictsIsClosedAndReadAgain() throws Exception {
    HeldData held = engine.hold(graph(100)).orElseThrow();
    held.loading().await();
    int rdd = (Integer) SparkContext.getOrCreate().getPersistentRDDs().keys().head();
    SparkEnv.get().blockManager().removeBlock(new RDDBlockId(rdd, 1), true);
    assertThat(counts.closed).hasValue(1);
    assertThat(total(held.superstep(new Times(), encoded(3)))).isEqualTo(3 * SUM);
    assertThat(counts.opened).hasValue(4);
    held.close();
    assertThat(counts.closed).hasValue(4);
    assertThat(SparkContext.getOrCreate().getPersistentRDDs().size()).isZero();
  }

  /** An attempt that fails while it reads leaves nothing. */
  @Test
  void anAttemptThatFailsClosesWhatItHolds() throws InterruptedException {
    HeldData held = engine.hold(graph(-1)).orElseThrow();
    assertThatThrownBy(() -> held.loading().await()).hasMessageContaining("planted");
    held.close();
    assertThat(counts.opened).hasPositiveValue();
    // When the job has failed, Spark has not ended all its attempts yet.
    OwnSpark.await(() -> counts.closed.get() == counts.opened.get());
  }

  /**
   * The sum of a task's numbers, as one block that says it takes so many bytes; -1 for a failure.
   */
  private record Holding(String test, long bytes) implements StageProgram {
    @Override
    public StageTask open(TaskContext context, FrameOutput output) {
      COUNTS.get(test).opened.incrementAndGet();
      return new StageTask() {
        private long sum;

        @Override
        public void split(Split split) {
          sum += ((Graphs.Number) split).value();
        }

        @Override
        public void frame(byte[] frame) {
          throw new UnsupportedOperationException();
        }

        @Override
        public void endInput() throws IOException {
          if (bytes < 0) {
            throw new IOException("planted");
          }
          output.emit(0, encoded(sum));
        }

        @Override
        public boolean failed() {
          return false;
        }

        @Override
        public HeldBlocks held() {
          return new Sum(sum, bytes, test);
        }

        @Override
        public void close() {}
      };
    }
  }

  private record Sum(long value, long heapBytes, String test) implements HeldBlocks {
    @Override
    public int count() {
      return 1;
    }

    @Override
    public void close() {
      COUNTS.get(test).closed.incrementAndGet();
    }
  }

  /** Multiplies by the state. */
  private record Times() implements SuperstepProgram {
    @Override
    public String describe() {
      return "times";
    }

    @Override
    public Worker open(byte[] state) {
      return new Worker() {
        private long sum;

        @Override
        public void fold(HeldBlocks held, int index) {
          sum += ((Sum) held).value() * Graphs.decoded(state);
        }

        @Override
        public byte[] end() {
          return encoded(sum);
        }
      };
    }

    @Override
    public FrameMerger merger() {
      return (left, right) -> encoded(Graphs.decoded(left) + Graphs.decoded(right));
    }
  }
}
