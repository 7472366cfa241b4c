package io.drawbar.engine.flink;

import io.drawbar.config.Config;
import io.drawbar.config.CoreKeys;
import io.drawbar.spi.Capabilities;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.HeldData;
import io.drawbar.spi.Holdings;
import io.drawbar.spi.LeafInput;
import io.drawbar.spi.Progress;
import io.drawbar.spi.Run;
import io.drawbar.spi.Runs;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs stage graphs on Apache Flink; the cluster comes with the first run and serves all others.
 */
final class FlinkEngine implements Engine {

  /** What {@code execution.target} says where jobs run in the program's process. */
  private static final Set<String> LOCAL_TARGETS = Set.of("local", "minicluster");

  private final JobSettings settings;
  private final Scratch scratch;
  private final Runs runs = new Runs(FlinkEngineFactory.NAME);

  private final Holdings held = new Holdings();

  private Cluster cluster;

  /** Where jobs run that hold rows: the same, or, in this process, one of its own. */
  private Cluster holdingCluster;

  private Thread exitWatch;
  private Thread shutdownHook;

  private FlinkEngine(JobSettings settings, Config config) {
    this.settings = settings;
    this.scratch = new Scratch(config.value(FlinkKeys.SCRATCH_FOLDER));
  }

  /** An engine of its own, inside this process. */
  static FlinkEngine embedded(Config config) {
    return of(config, Runtime.getRuntime().availableProcessors(), Optional.empty());
  }

  /** An engine whose jobs run where those of an environment do. */
  static FlinkEngine attached(StreamExecutionEnvironment environment, Config config) {
    FlinkEngine engine = of(config, environment.getParallelism(), Optional.of(environment));
    engine.scratch.requireSeenBy(environment.getConfiguration());
    return engine;
  }

  /** Whether the jobs of a program that is set like this run in its process. */
  static boolean isLocal(ReadableConfig program) {
    return LOCAL_TARGETS.contains(program.getOptional(DeploymentOptions.TARGET).orElse("local"));
  }

  private static FlinkEngine of(
      Config config, int tasks, Optional<StreamExecutionEnvironment> environment) {
    int wanted = config.value(CoreKeys.PARALLELISM);
    return new FlinkEngine(
        new JobSettings(
            wanted > 0 ? wanted : tasks,
            config.value(FlinkKeys.ATTEMPTS),
            Duration.ofSeconds(config.value(FlinkKeys.PATIENCE)),
            Configuration.fromMap(config.value(FlinkKeys.CONF)),
            environment),
        config);
  }

  @Override
  public Capabilities capabilities() {
    Capabilities.Reach reach =
        settings.isLocal() ? Capabilities.Reach.THIS_MACHINE : Capabilities.Reach.CLUSTER;
    return new Capabilities(FlinkEngineFactory.NAME, settings.parallelism(), reach);
  }

  JobSettings settings() {
    return settings;
  }

  /** Its places for files, which go with it, whatever becomes of the program. */
  synchronized Scratch scratch() {
    watch();
    return scratch;
  }

  @Override
  public synchronized Run run(StageGraph graph) {
    runs.requireOpen();
    watch();
    Progress progress = new Progress();
    FlinkRun work = new FlinkRun(graph, settings, progress, cluster(), scratch);
    return runs.start(graph.name(), progress, work, () -> {});
  }

  @Override
  public synchronized Optional<HeldData> hold(StageGraph graph) {
    runs.requireOpen();
    if (graph.stages().stream().anyMatch(FlinkEngine::isFedByStream)) {
      return Optional.empty(); // what the program does before would have to be done again
    }
    watch();
    Cluster place = holdingCluster();
    int readers = room(place);
    if (readers == 0) {
      return Optional.empty();
    }
    // In this process, tasks that hold rows have half the memory of those that come and go.
    int slots = settings.isLocal() ? 2 * settings.parallelism() : 0;
    HoldJob job = new HoldJob(graph, settings, place, scratch, readers, slots);
    FlinkHeldData data = FlinkHeldData.start(graph, job, runs, held::remove);
    held.add(data);
    return Optional.of(data);
  }

  private static boolean isFedByStream(Stage stage) {
    return stage.input() instanceof LeafInput leaves && leaves.source() instanceof StreamSource<?>;
  }

  private int room(Cluster place) {
    try {
      return place.room(settings.parallelism(), held.count());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted while Flink was asked for its slots", e);
    }
  }

  /**
   * Whoever comes second waits for the first: the JVM's shutdown hook for a program that is closing
   * at the same time.
   */
  @Override
  public void close() {
    runs.close();
    try {
      held.close();
    } finally {
      release();
    }
  }

  private synchronized void release() {
    if (holdingCluster != null && holdingCluster != cluster) {
      holdingCluster.close();
    }
    holdingCluster = null;
    if (cluster != null) {
      cluster.close();
      cluster = null;
    }
    scratch.close();
    if (exitWatch != null) {
      forget(shutdownHook);
      if (exitWatch != Thread.currentThread()) {
        exitWatch.interrupt();
      }
      exitWatch = null;
    }
  }

  private Cluster cluster() {
    if (cluster != null && !cluster.isRunning()) {
      // A fatal error stopped it; the run it happened in was told.
      cluster.close();
      cluster = null;
    }
    if (cluster == null) {
      cluster =
          settings.isLocal()
              ? EmbeddedCluster.start(settings, scratch.local())
              : SessionCluster.of(settings.environment().orElseThrow());
    }
    return cluster;
  }

  private Cluster holdingCluster() {
    if (!settings.isLocal()) {
      return cluster();
    }
    if (holdingCluster != null && !holdingCluster.isRunning()) {
      holdingCluster.close();
      holdingCluster = null;
    }
    if (holdingCluster == null) {
      holdingCluster = EmbeddedCluster.startHolding(settings, scratch.local());
    }
    return holdingCluster;
  }

  private void watch() {
    if (exitWatch == null) {
      exitWatch = ExitWatch.start(this::close);
      shutdownHook = new Thread(this::close, "drawbar-flink-shutdown");
      Runtime.getRuntime().addShutdownHook(shutdownHook);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is running: nothing to forget.
    }
  }
}
