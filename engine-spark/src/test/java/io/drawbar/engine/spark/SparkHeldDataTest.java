package io.drawbar.engine.spark;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.HeldDataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.io.Records;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.Superstep;
import io.drawbar.spi.EngineException;
import io.drawbar.testkit.HuberRegression;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.RDDBlockId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows with Spark's executors: what may happen to them, and that nothing shows. */
@Timeout(120)
class SparkHeldDataTest {
  /** A row. */
  public record Point(double a, double b, double y) {}

  /** What happens when a task opens a superstep. */
  interface Event extends Serializable {
    void at(int superstep) throws Exception;
  }

  private static final HuberRegression LINE = new HuberRegression("x", "y", 2, 0.5, 8);
  private static final AtomicInteger TIMES = new AtomicInteger();

  /** What happens on the driver between supersteps. */
  private static volatile Runnable between;

  private static Session session;

  @BeforeAll
  static void start() {
    session =
        Session.open(
            Config.of(
                "drawbar.engine",
                "spark",
                "drawbar.spark.master",
                "local[2]",
                "drawbar.parallelism",
                "3",
                "drawbar.gather.bytes",
                "0",
                "drawbar.leaf.rows",
                "60",
                "drawbar.block.rows",
                "25"));
  }

  @AfterAll
  static void stop() {
    session.close();
  }

  @BeforeEach
  void nothingHappens() {
    between = () -> {};
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(SparkContext.getOrCreate().getPersistentRDDs().size()).isZero();
    assertThat(blocks()).isEmpty();
  }

  private static Dataset rows() {
    List<Point> points =
        IntStream.range(0, 500)
            .mapToObj(i -> new Point(i % 17 / 7.0, i % 23 / 9.0, i % 29 / 11.0))
            .toList();
    return session
        .read(Records.of(points, Point.class))
        .select(vector(col("a"), col("b")).as("x"), col("y"));
  }

  private static HuberRegression.Weights zero() {
    return new HuberRegression.Weights(new double[3], 0, Double.POSITIVE_INFINITY, false);
  }

  private static double[] undisturbed() {
    return rows().iterate(LINE, zero()).values();
  }

  /** The partitions that executors keep. */
  private static List<RDDBlockId> blocks() {
    BlockManager manager = SparkEnv.get().blockManager();
    return IntStream.range(0, SparkContext.getOrCreate().newRddId())
        .boxed()
        .flatMap(rdd -> IntStream.range(0, 6).mapToObj(part -> new RDDBlockId(rdd, part)))
        .filter(id -> manager.memoryStore().contains(id))
        .toList();
  }

  private static void removeBlocks() {
    blocks().forEach(id -> SparkEnv.get().blockManager().removeBlock(id, true));
    assertThat(blocks()).isEmpty();
  }

  @Test
  void partitionsStayFromSuperstepToSuperstep() {
    double[] undisturbed = undisturbed();
    try (HeldDataset held = rows().hold(LINE.columns())) {
      List<RDDBlockId> blocks = blocks();
      assertThat(blocks).hasSize(3);
      assertThat(held.iterate(LINE, zero()).values()).containsExactly(undisturbed);
      assertThat(blocks()).isEqualTo(blocks);
    }
  }

  @Test
  void aTaskThatFailedIsTriedAgainToTheSameBits() {
    double[] undisturbed = undisturbed();
    TIMES.set(0);
    Watched failing =
        new Watched(
            LINE,
            superstep -> {
              if (superstep == 3 && TIMES.getAndIncrement() < 2) {
                throw new IOException("planted");
              }
            });
    assertThat(rows().iterate(failing, zero()).values()).containsExactly(undisturbed);
    assertThat(TIMES).hasValue(3 + 2);
  }

  @Test
  void whatAnExecutorHasLostIsReadAgainToTheSameBits() {
    double[] undisturbed = undisturbed();
    try (HeldDataset held = rows().hold(LINE.columns())) {
      removeBlocks();
      assertThat(held.iterate(LINE, zero()).values()).containsExactly(undisturbed);
      assertThat(blocks()).hasSize(3);
      TIMES.set(0);
      between =
          () -> {
            TIMES.getAndIncrement();
            removeBlocks();
          };
      assertThat(held.iterate(new Watched(LINE, superstep -> {}), zero()).values())
          .containsExactly(undisturbed);
      assertThat(TIMES).hasValueGreaterThan(0);
    }
  }

  @Test
  void aStateAndAProgramThatAreLargeGoByBroadcast() {
    double[] undisturbed = undisturbed();
    try (HeldDataset held = rows().hold(LINE.columns())) {
      Watched light = new Watched(LINE, superstep -> {});
      Watched program = new Watched(LINE, new Ballast(new double[30_000]));
      Watched states = new Watched(LINE, superstep -> {}, 100_000);
      long jobs = broadcasts(() -> ends(held, light, undisturbed));
      assertThat(broadcasts(() -> ends(held, program, undisturbed))).isEqualTo(jobs + 1);
      long supersteps = held.iterate(LINE, zero()).supersteps();
      assertThat(broadcasts(() -> ends(held, states, undisturbed))).isEqualTo(jobs + supersteps);
    }
  }

  private static void ends(HeldDataset held, Watched watched, double[] expected) {
    assertThat(held.iterate(watched, zero()).values()).containsExactly(expected);
  }

  /** How often something was broadcast meanwhile: Spark counts. Each job of its own is, too. */
  private static long broadcasts(Runnable work) {
    long before = broadcast();
    work.run();
    return broadcast() - before - 1;
  }

  private static long broadcast() {
    Broadcast<Long> next =
        JavaSparkContext.fromSparkContext(SparkContext.getOrCreate()).broadcast(0L);
    next.destroy();
    return next.id();
  }

  private record Ballast(double[] values) implements Event {
    @Override
    public void at(int superstep) {
      assertThat(values).hasSize(30_000);
    }
  }

  @Test
  void aFailureNamesTheSuperstep() {
    Watched failing =
        new Watched(
            LINE,
            superstep -> {
              if (superstep == 2) {
                throw new IOException("the disk is full");
              }
            });
    assertThatThrownBy(() -> rows().iterate(failing, zero()))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith(
            "superstep 3 of %s failed: engine 'spark': '%1$s' failed: IOException: "
                .formatted(LINE))
        .hasMessageContaining("the disk is full. Spark tried a task as often as")
        .hasMessageEndingWith("set drawbar.checkpoint.folder to be able to go on")
        .hasRootCauseMessage("the disk is full");
  }

  /**
   * A regression in whose tasks something happens.
   *
   * @param ballast how many bytes its state has besides
   */
  private record Watched(HuberRegression line, Event event, int ballast)
      implements Superstep<HuberRegression.Weights, HuberRegression.Slope> {
    Watched(HuberRegression line, Event event) {
      this(line, event, 0);
    }

    @Override
    public BlockFold<HuberRegression.Slope> open(HuberRegression.Weights state) {
      try {
        event.at(state.supersteps());
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      return line.open(state);
    }

    @Override
    public String describe() {
      return line.describe();
    }

    @Override
    public List<String> columns() {
      return line.columns();
    }

    @Override
    public HuberRegression.Slope identity() {
      return line.identity();
    }

    @Override
    public HuberRegression.Slope decode(DataInput in) throws IOException {
      return line.decode(in);
    }

    @Override
    public HuberRegression.Weights next(
        HuberRegression.Weights state, HuberRegression.Slope total) {
      between.run();
      return line.next(state, total);
    }

    @Override
    public boolean isDone(HuberRegression.Weights state) {
      return line.isDone(state);
    }

    @Override
    public void encodeState(HuberRegression.Weights state, DataOutput out) throws IOException {
      line.encodeState(state, out);
      out.write(new byte[ballast]);
    }

    @Override
    public HuberRegression.Weights decodeState(DataInput in) throws IOException {
      HuberRegression.Weights state = line.decodeState(in);
      in.readFully(new byte[ballast]);
      return state;
    }
  }
}
