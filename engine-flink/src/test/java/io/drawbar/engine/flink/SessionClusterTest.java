package io.drawbar.engine.flink;

import static io.drawbar.testkit.Graphs.collect;
import static io.drawbar.testkit.Graphs.doing;
import static io.drawbar.testkit.Graphs.from;
import static io.drawbar.testkit.Graphs.reduce;
import static io.drawbar.testkit.Graphs.route;
import static io.drawbar.testkit.Graphs.source;
import static io.drawbar.testkit.Graphs.stage;
import static io.drawbar.testkit.Graphs.sum;
import static io.drawbar.testkit.Graphs.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.HeldDataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.io.Records;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.HeldData;
import io.drawbar.spi.Progress.StageProgress;
import io.drawbar.spi.Run;
import io.drawbar.spi.RunResult;
import io.drawbar.testkit.Graphs.Program;
import io.drawbar.testkit.HeldNumbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.java.ExecutionEnvironment;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A session cluster, spoken to as a program elsewhere would: by its REST address. */
@Timeout(120)
class SessionClusterTest {

  private static final int SLOTS = 2;

  private static volatile CountDownLatch begun;

  @TempDir static Path scratch;
  private static MiniCluster cluster;
  private static StreamExecutionEnvironment environment;

  @BeforeAll
  static void start() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.BIND_ADDRESS, "localhost");
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumSlotsPerTaskManager(SLOTS)
                .withRandomPorts()
                .build());
    cluster.start();
    environment =
        StreamExecutionEnvironment.createRemoteEnvironment(
            "localhost", cluster.getRestAddress().get().getPort());
    environment.setParallelism(2);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  /** Flink gives the slots of a job back a moment after it has ended. */
  @BeforeEach
  @Timeout(60)
  void allSlotsAreFree() throws Exception {
    while (cluster.requestClusterOverview().get().getNumSlotsAvailable() < SLOTS) {
      Thread.sleep(10);
    }
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    try (var files = Files.list(scratch)) {
      assertThat(files).as("what runs left in the scratch folder").isEmpty();
    }
    assertThat(cluster.isRunning()).as("it is not ours to close").isTrue();
  }

  private static Config config() {
    return Config.of("drawbar.flink.scratch.folder", scratch.toString());
  }

  @Test
  void runsGraphs() throws Exception {
    try (Engine engine = FlinkEngine.attached(environment, config())) {
      assertThat(engine.capabilities().parallelism()).isEqualTo(2);
      Run run = engine.run(collect(source(0, 100, route()), stage(1, from(2, 0), sum())));
      RunResult result = run.await();
      assertThat(total(result.frames())).isEqualTo(99 * 100 / 2);
      assertThat(result.counters()).containsEntry("tasks.launched", 6L);
      assertThat(result.counters().get("exchange.1.bytes")).isPositive();
      assertThat(run.progress().stages())
          .containsExactly(new StageProgress(0, 4, 4), new StageProgress(1, 2, 2));
      assertThat(total(engine.run(reduce(source(0, 100, sum()))).await().frames()))
          .isEqualTo(99 * 100 / 2);
    }
  }

  @Test
  void failuresAreTold() {
    Program failing =
        doing(
            (context, output, n) -> {
              throw new IOException("planted");
            });
    try (Engine engine = FlinkEngine.attached(environment, config())) {
      assertThatThrownBy(() -> engine.run(collect(source(0, 1, failing))).await())
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("stage 0 'stage 0 of a test' of 'test'")
          .hasMessageContaining("failure 4: java.io.IOException: planted");
    }
  }

  @Test
  void cancelledRunsEndThere() throws Exception {
    begun = new CountDownLatch(1);
    Program endless =
        doing(
            (context, output, n) -> {
              begun.countDown();
              Thread.sleep(60_000);
            });
    try (Engine engine = FlinkEngine.attached(environment, config())) {
      Run run = engine.run(collect(source(0, 1, endless)));
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
      run.cancel();
      assertThatThrownBy(run::await).hasMessageContaining("cancelled");
      assertThat(cluster.listJobs().get()).allMatch(job -> job.getJobState().isTerminalState());
    }
  }

  @Test
  void rowsAreHeldBesideRuns() throws Exception {
    try (Engine engine = FlinkEngine.attached(environment, config())) {
      try (HeldData held = engine.hold(HeldNumbers.graph(100)).orElseThrow()) {
        assertThat(total(held.loading().await().frames())).isEqualTo(200);
        for (int factor = 1; factor < 20; factor++) {
          List<byte[]> frames =
              held.superstep(HeldNumbers.Sum.plain(), HeldNumbers.state(factor, 1000));
          assertThat(frames).as("one slot is left for others").hasSize(1);
          assertThat(HeldNumbers.total(frames)).isEqualTo(HeldNumbers.expected(100, factor));
        }
        assertThat(total(engine.run(collect(source(0, 10, sum()))).await().frames())).isEqualTo(45);
        assertThat(engine.hold(HeldNumbers.graph(1))).as("no room for more").isEmpty();
      }
      assertThat(cluster.listJobs().get()).allMatch(job -> job.getJobState().isTerminalState());
    }
  }

  /** What a cluster says of its slots, ask after ask; the last for ever. */
  private static final class Answers implements SessionCluster.SlotQuestion {
    private final List<SessionCluster.Slots> answers;
    private int asked;

    Answers(SessionCluster.Slots... answers) {
      this.answers = List.of(answers);
    }

    @Override
    public SessionCluster.Slots ask() {
      return answers.get(Math.min(asked++, answers.size() - 1));
    }
  }

  private static SessionCluster.Slots slots(int free, int jobs) {
    return new SessionCluster.Slots(4, free, jobs);
  }

  private static void finds(int room, int asks, boolean hasJustRun, Answers answers)
      throws Exception {
    assertThat(SessionCluster.room(2, hasJustRun, answers)).isEqualTo(room);
    assertThat(answers.asked).isEqualTo(asks);
  }

  @Test
  void slotsThatAreOnTheirWayAreWaitedFor() throws Exception {
    finds(2, 1, true, new Answers(slots(3, 1)));
    finds(2, 3, true, new Answers(slots(1, 1), slots(2, 1), slots(3, 1), slots(4, 0)));
    finds(2, 2, false, new Answers(slots(1, 0), slots(4, 0)));
  }

  @Test
  void slotsThatOthersHaveAreNot() throws Exception {
    finds(0, 1, false, new Answers(slots(0, 1)));
    finds(1, 1, false, new Answers(slots(2, 1)));
    finds(1, SessionCluster.MOST_ASKS, true, new Answers(slots(2, 1)));
    finds(0, SessionCluster.MOST_ASKS, false, new Answers(slots(1, 0)));
    Answers small = new Answers(slots(4, 0));
    assertThat(SessionCluster.room(9, true, small)).as("there are no more").isEqualTo(3);
    assertThat(small.asked).isOne();
  }

  @Test
  void trainingsGoByRunsWhereThereIsNoRoom(@TempDir Path caches) throws Exception {
    Config config =
        config()
            .with("drawbar.gather.bytes", "0")
            .with("drawbar.scratch.folder", caches.toString());
    try (Engine other = FlinkEngine.attached(environment, config());
        HeldData held = other.hold(HeldNumbers.graph(1)).orElseThrow();
        Session session = FlinkDrawbar.session(environment, config)) {
      held.loading().await();
      Dataset rows =
          session.read(Records.of(List.of(new Point(1, 2), new Point(2, 5)), Point.class));
      try (HeldDataset again = rows.hold(List.of("x", "y"))) {
        assertThat(again.data().rows()).isEqualTo(2);
        assertThat(caches).as("they are read again and again").isNotEmptyDirectory();
      }
    }
    assertThat(caches).isEmptyDirectory();
  }

  /** Flink looks once a minute: with the slow ones. */
  @Test
  @Timeout(300)
  @EnabledIfSystemProperty(named = "standalone", matches = "true")
  void rowsAreLetGoOfWhenTheDriverIsNotHeardOf() throws Exception {
    StreamExecutionEnvironment impatient =
        StreamExecutionEnvironment.createRemoteEnvironment(
            "localhost",
            cluster.getRestAddress().get().getPort(),
            Configuration.fromMap(Map.of("client.heartbeat.timeout", "4000")));
    impatient.setParallelism(2);
    try (Engine engine = FlinkEngine.attached(impatient, config());
        HeldData held = engine.hold(HeldNumbers.graph(10)).orElseThrow()) {
      held.loading().await();
      Thread.sleep(9_000);
      assertThat(
              HeldNumbers.total(held.superstep(HeldNumbers.Sum.plain(), HeldNumbers.state(1, 8))))
          .isEqualTo(HeldNumbers.expected(10, 1));
      Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().equals(HoldJob.HEARTBEAT))
          .forEach(Thread::interrupt);
      while (cluster.listJobs().get().stream()
          .anyMatch(job -> !job.getJobState().isTerminalState())) {
        Thread.sleep(100);
      }
      assertThatThrownBy(() -> held.superstep(HeldNumbers.Sum.plain(), HeldNumbers.state(1, 8)))
          .isInstanceOf(EngineException.class);
    }
  }

  public record Point(double x, double y) {}

  @Test
  void streamsGoInAndOut() throws Exception {
    try (Session session = FlinkDrawbar.session(environment, config())) {
      Dataset dataset =
          FlinkDrawbar.dataset(session, environment.fromData(Tuple2.of(1, "a"), Tuple2.of(2, "b")));
      assertThat(dataset.count()).isEqualTo(2);
      try (CloseableIterator<Long> numbers =
          FlinkDrawbar.toDataStream(dataset)
              .map(row -> (Long) row.getField("f0"))
              .executeAndCollect()) {
        assertThat(numbers).toIterable().containsExactlyInAnyOrder(1L, 2L);
      }
    }
  }

  @Test
  void aPlaceThatAllSeeHasToBeNamed() {
    assertThatThrownBy(() -> FlinkDrawbar.session(environment))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("'remote'")
        .hasMessageContaining("drawbar.flink.scratch.folder");
    ExecutionEnvironment sets = ExecutionEnvironment.createRemoteEnvironment("localhost", 1);
    try (Session local =
        FlinkDrawbar.session(StreamExecutionEnvironment.createLocalEnvironment())) {
      assertThatThrownBy(() -> FlinkDrawbar.dataset(local, sets.fromElements(Tuple2.of(1, 2))))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("drawbar.flink.scratch.folder");
    }
  }

  @Test
  void whatIsNoSessionClusterIsRefused() {
    Configuration application = new Configuration();
    application.setString("execution.target", "yarn-application");
    StreamExecutionEnvironment elsewhere = new StreamExecutionEnvironment(application);
    try (Engine engine = FlinkEngine.attached(elsewhere, config())) {
      assertThatThrownBy(() -> engine.run(collect(source(0, 1, sum()))))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("yarn-application")
          .hasMessageContaining("session cluster");
    }
  }

  @Test
  void sessionsAreIndependent() throws Exception {
    try (Engine one = FlinkEngine.attached(environment, config())) {
      try (Engine two = FlinkEngine.attached(environment, config())) {
        List<Run> runs =
            List.of(one.run(collect(source(0, 10, sum()))), two.run(collect(source(0, 10, sum()))));
        for (Run run : runs) {
          assertThat(total(run.await().frames())).isEqualTo(45);
        }
      }
      assertThat(total(one.run(collect(source(0, 10, sum()))).await().frames())).isEqualTo(45);
    }
  }
}
