package io.drawbar;

import static io.drawbar.expr.Functions.avg;
import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.config.Config;
import io.drawbar.internal.local.LocalEngineFactory;
import io.drawbar.io.Records;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.FingerprintKernel;
import io.drawbar.iterate.Superstep;
import io.drawbar.spi.Capabilities;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.HeldData;
import io.drawbar.spi.Run;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.SuperstepProgram;
import io.drawbar.testkit.HuberRegression;
import io.drawbar.type.DataType;
import io.drawbar.type.UnknownColumnException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Rows that are held: the same results wherever they are, and nothing lost unnoticed. */
class HeldDatasetTest {
  record Point(double x, double z, double y) {}

  private static final HuberRegression LINE = new HuberRegression("features", "y", 2, 0.5, 400);

  /** Points near y = 3 x - 2 z + 1, but for each tenth, which is far off. */
  private static List<Point> points() {
    SplittableRandom random = new SplittableRandom(11);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      double x = random.nextDouble(-1, 1);
      double z = random.nextDouble(-1, 1);
      double off = i % 10 == 0 ? 50 : random.nextDouble(-0.1, 0.1);
      points.add(new Point(x, z, 3 * x - 2 * z + 1 + off));
    }
    return points;
  }

  private static Config config(String... pairs) {
    Config config = Config.of("drawbar.leaf.rows", "150", "drawbar.block.rows", "40");
    for (int i = 0; i < pairs.length; i += 2) {
      config = config.with(pairs[i], pairs[i + 1]);
    }
    return config;
  }

  private static Dataset rows(Session session) {
    return session
        .read(Records.of(points(), Point.class))
        .select(vector(col("x"), col("z")).as("features"), col("y"));
  }

  private static HuberRegression.Weights start() {
    return new HuberRegression.Weights(new double[3], 0, Double.POSITIVE_INFINITY, false);
  }

  private static double[] weights(Config config) {
    try (Session session = Session.open(config)) {
      return rows(session).iterate(LINE, start()).values();
    }
  }

  @Test
  void findsTheLineThatMostPointsAreOn() {
    double[] line = weights(config());
    assertThat(line[0]).isBetween(2.9, 3.1);
    assertThat(line[1]).isBetween(-2.1, -1.9);
    assertThat(line[2]).isBetween(0.9, 1.2); // the rest pulls as hard as the threshold allows
  }

  @Test
  void theSameBitsWhereverRowsAre() {
    double[] gathered = weights(config());
    for (String parallelism : List.of("1", "2", "7")) {
      Config held = config("drawbar.gather.bytes", "0", "drawbar.parallelism", parallelism);
      assertThat(weights(held)).containsExactly(gathered);
      // Too little for most blocks, which are on disk then, and for what they would remember.
      assertThat(weights(held.with("drawbar.memory", "6000"))).containsExactly(gathered);
    }
    assertThat(weights(config("drawbar.memory", "200 KiB"))).containsExactly(gathered);
  }

  @Test
  void littleDataIsGatheredByOneRun() {
    List<String> runs = new ArrayList<>();
    try (Session session = Session.open(config())) {
      session.listen(report -> runs.add(report.stages().get(0).name()));
      rows(session).iterate(LINE, start());
    }
    assertThat(runs).singleElement().asString().contains("send blocks of");
    runs.clear();
    try (Session session = Session.open(config("drawbar.gather.bytes", "1000"))) {
      session.listen(report -> runs.add(report.stages().get(0).name()));
      rows(session).iterate(LINE, start());
    }
    assertThat(runs).singleElement().asString().contains("hold");
  }

  /** Whatever it was computed from: then it is put down once, and gathered from there. */
  @Test
  void littleThatWasComputedIsGatheredToo() {
    List<String> runs = new ArrayList<>();
    for (String gather : List.of("10000", "0")) {
      runs.clear();
      // Leaves of more bytes than are gathered, of which an aggregation makes a few rows.
      try (Session session = Session.open(config("drawbar.gather.bytes", gather))) {
        session.listen(report -> runs.add(report.stages().get(0).name()));
        Dataset few =
            rows(session)
                .groupBy(col("y").times(4).cast(DataType.LONG).as("key"))
                .agg(avg(col("y")).as("y"))
                .select(
                    vector(col("key").cast(DataType.DOUBLE), col("y")).as("features"), col("y"));
        few.iterate(LINE, start());
      }
      boolean isGathered = !gather.equals("0");
      assertThat(runs.stream().anyMatch(run -> run.contains("send blocks of")))
          .isEqualTo(isGathered);
      assertThat(runs.stream().anyMatch(run -> run.contains("hold"))).isEqualTo(!isGathered);
    }
  }

  @Test
  void aPersonMayEndIt() {
    List<SuperstepProgress> heard = new ArrayList<>();
    try (Session session = Session.open(config())) {
      session.listen(
          new RunListener() {
            @Override
            public void superstep(SuperstepProgress progress) {
              heard.add(progress);
              if (progress.supersteps() == 5) {
                progress.end();
              }
            }

            @Override
            public void finished(RunReport report) {}
          });
      assertThat(rows(session).iterate(LINE, start()).supersteps()).isEqualTo(5);
    }
    assertThat(heard).hasSize(5);
    assertThat(heard.get(4).loss().getAsDouble()).isLessThan(heard.get(0).loss().getAsDouble());
    assertThat(heard.get(4).left()).isPresent();
  }

  /** A superstep that interrupts the thread that asked for it, before it reads blocks from disk. */
  private record Interrupting(HuberRegression line)
      implements Superstep<HuberRegression.Weights, HuberRegression.Slope> {
    private static volatile Thread asking;

    @Override
    public BlockFold<HuberRegression.Slope> open(HuberRegression.Weights state) {
      if (state.supersteps() == 2 && asking != null) {
        asking.interrupt();
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
      return line.next(state, total);
    }

    @Override
    public boolean isDone(HuberRegression.Weights state) {
      return line.isDone(state);
    }

    @Override
    public void encodeState(HuberRegression.Weights state, DataOutput out) throws IOException {
      line.encodeState(state, out);
    }

    @Override
    public HuberRegression.Weights decodeState(DataInput in) throws IOException {
      return line.decodeState(in);
    }
  }

  @Test
  void anotherIterationFollowsOneThatWasInterrupted() {
    double[] undisturbed = weights(config());
    for (String gather : List.of("0", "1 MiB")) {
      Config config = config("drawbar.gather.bytes", gather, "drawbar.parallelism", "1");
      // Rows that are gathered have to fit, and are in memory then; of the others most are on disk.
      String memory = gather.equals("0") ? "6000" : "1 MiB";
      try (Session session = Session.open(config.with("drawbar.memory", memory));
          HeldDataset held = rows(session).hold(LINE.columns())) {
        Interrupting.asking = Thread.currentThread();
        assertThatThrownBy(() -> held.iterate(new Interrupting(LINE), start()))
            .isInstanceOf(EngineException.class)
            .hasMessageContaining("was interrupted after 2 supersteps. Nothing of it is kept");
        assertThat(Thread.interrupted()).isTrue();
        Interrupting.asking = null;
        assertThat(held.iterate(new Interrupting(LINE), start()).values())
            .containsExactly(undisturbed);
      }
    }
  }

  @Test
  void holdsOnlyWhatIsAskedFor() {
    try (Session session = Session.open(config());
        HeldDataset held = rows(session).hold(List.of("y"))) {
      assertThat(held.schema().names()).containsExactly("y");
      assertThat(held.data().rows()).isEqualTo(2000);
      assertThat(held.reduce(new FingerprintKernel(List.of("y"))).toString())
          .isEqualTo(held.data().toString());
      assertThatThrownBy(() -> held.iterate(LINE, start()))
          .isInstanceOf(UnknownColumnException.class)
          .hasMessageContaining("'features'");
      assertThatThrownBy(() -> rows(session).hold(List.of("q")))
          .isInstanceOf(UnknownColumnException.class);
    }
  }

  /** The embedded engine, which does something to the frames of each superstep. */
  private record Faulty(Engine local, UnaryOperator<List<byte[]>> fault) implements Engine {
    @Override
    public Capabilities capabilities() {
      return local.capabilities();
    }

    @Override
    public Run run(StageGraph graph) {
      return local.run(graph);
    }

    @Override
    public Optional<HeldData> hold(StageGraph graph) {
      HeldData held = local.hold(graph).orElseThrow();
      return Optional.of(
          new HeldData() {
            @Override
            public Run loading() {
              return held.loading();
            }

            @Override
            public List<byte[]> superstep(SuperstepProgram program, byte[] state)
                throws InterruptedException {
              return fault.apply(held.superstep(program, state));
            }

            @Override
            public void close() {
              held.close();
            }
          });
    }

    @Override
    public void close() {
      local.close();
    }
  }

  /** With one worker, whose frame has all blocks. */
  private static double[] weights(UnaryOperator<List<byte[]>> fault) {
    Engine local = new LocalEngineFactory().create(config("drawbar.parallelism", "1"));
    try (Session session =
        Session.attach(new Faulty(local, fault), config("drawbar.gather.bytes", "0"))) {
      return rows(session).iterate(LINE, start()).values();
    }
  }

  @Test
  void whatAnEngineLosesDoublesOrDamagesIsNoticed() {
    assertThat(weights(frames -> frames)).containsExactly(weights(config()));
    assertThatThrownBy(() -> weights(frames -> List.of()))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("blocks of rows are held, and a superstep folded");
    assertThatThrownBy(() -> weights(frames -> List.of(frames.get(0), frames.get(0))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("blocks of rows are held, and a superstep folded");
    assertThatThrownBy(
            () ->
                weights(
                    frames -> {
                      byte[] flipped = Arrays.copyOf(frames.get(0), frames.get(0).length);
                      flipped[flipped.length - 1] ^= 1;
                      return List.of(flipped);
                    }))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("damaged");
  }
}
