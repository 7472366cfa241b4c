package io.drawbar.engine.flink;

import io.drawbar.spi.EngineException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.time.Time;
import org.apache.flink.client.program.MiniClusterClient;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.JobManagerOptions.SchedulerType;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.ResourceManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.dispatcher.ExecutionGraphInfoStore;
import org.apache.flink.runtime.dispatcher.MemoryExecutionGraphInfoStore;
import org.apache.flink.runtime.entrypoint.component.DispatcherResourceManagerComponentFactory;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecution;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.shaded.guava31.com.google.common.base.Ticker;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Flink inside this process. */
final class EmbeddedCluster extends Cluster {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCluster.class);

  private static final String LOOPBACK = "127.0.0.1";

  /**
   * Of each slot: 16 MiB to sort what it sends (Flink's minimum for a sort-shuffle), the rest to
   * receive.
   */
  private static final MemorySize NETWORK_A_SLOT = MemorySize.ofMebiBytes(24);

  private static final MemorySize MANAGED_A_SLOT = MemorySize.ofMebiBytes(64);

  /** Tasks that hold rows send nothing through Flink's exchanges. */
  private static final MemorySize NETWORK_WITHOUT_EXCHANGES = MemorySize.ofMebiBytes(4);

  /** How many sets of rows may be held at a time; a slot costs nothing. */
  private static final int SETS_HELD = 16;

  private static final int CLOSE_SECONDS = 30;

  private final MiniCluster cluster;

  private EmbeddedCluster(MiniCluster cluster, Configuration configuration) {
    super(new MiniClusterClient(configuration, cluster));
    this.cluster = cluster;
  }

  /**
   * Starts one.
   *
   * @param settings how many tasks run at a time, and options of Flink that win over those set here
   * @param scratch a folder for all its files
   */
  static EmbeddedCluster start(JobSettings settings, Path scratch) {
    int slots = settings.parallelism();
    return start(settings, slots, NETWORK_A_SLOT.multiply(Math.max(2, slots)), scratch);
  }

  /**
   * Starts one for jobs that hold rows. They keep their slots, for which others would wait for
   * ever; and with more slots in one cluster more tasks would run at a time than were asked for.
   */
  static EmbeddedCluster startHolding(JobSettings settings, Path scratch) {
    int slots = Math.multiplyExact(settings.parallelism(), SETS_HELD);
    return start(settings, slots, NETWORK_WITHOUT_EXCHANGES, scratch);
  }

  private static EmbeddedCluster start(
      JobSettings settings, int slots, MemorySize network, Path scratch) {
    try {
      MiniClusterConfiguration configuration = configuration(settings, slots, network, scratch);
      MiniCluster cluster = new ForgettingCluster(configuration);
      inGroup(cluster);
      return new EmbeddedCluster(cluster, configuration.getConfiguration());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted while Flink was starting", e);
    } catch (ExecutionException | RuntimeException e) {
      throw new EngineException(
          ("Flink does not start in this process: %s. Check the space and the rights of %s, and"
                  + " what %s sets.")
              .formatted(reasons(e), scratch, FlinkKeys.CONF.name()),
          e);
    }
  }

  @Override
  boolean isRunning() {
    return cluster.isRunning();
  }

  @Override
  CompletableFuture<List<VertexState>> look(JobID job) {
    return cluster
        .getExecutionGraph(job)
        .thenApply(graph -> graph.getAllVertices().values().stream().map(this::state).toList());
  }

  private VertexState state(AccessExecutionJobVertex vertex) {
    int begun = 0;
    int ended = 0;
    long bytes = 0;
    for (AccessExecutionVertex task : vertex.getTaskVertices()) {
      AccessExecution attempt = task.getCurrentExecutionAttempt();
      ExecutionState state = attempt.getState();
      begun += state == ExecutionState.CREATED || state == ExecutionState.SCHEDULED ? 0 : 1;
      ended += state == ExecutionState.FINISHED ? 1 : 0;
      bytes += attempt.getIOMetrics() == null ? 0 : attempt.getIOMetrics().getNumBytesOut();
    }
    return new VertexState(vertex.getJobVertexId(), vertex.getParallelism(), begun, ended, bytes);
  }

  @Override
  Duration lookEvery() {
    return Duration.ofMillis(200);
  }

  @Override
  int room(int wanted, int held) {
    return held < SETS_HELD ? wanted : 0;
  }

  /** It ends with the process. */
  @Override
  Duration orphanedAfter() {
    return Duration.ZERO;
  }

  /** Stops it; jobs that run are lost. */
  @Override
  public void close() {
    try {
      cluster.closeAsync().get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("Flink did not stop as it should", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * In the thread group by which {@link ExitWatch} knows Flink's threads: they inherit it. Who is
   * interrupted leaves nothing: what starts nevertheless is stopped.
   */
  private static void inGroup(MiniCluster cluster) throws InterruptedException, ExecutionException {
    FutureTask<Void> start =
        new FutureTask<>(
            () -> {
              cluster.start();
              return null;
            });
    Runnable starting =
        () -> {
          start.run();
          if (start.isCancelled()) {
            cluster.closeAsync();
          }
        };
    Thread thread = new Thread(new ThreadGroup(ExitWatch.GROUP), starting, "drawbar-flink-start");
    thread.start();
    try {
      start.get();
    } catch (InterruptedException e) {
      if (!start.cancel(false)) { // it has just started
        cluster.closeAsync();
      }
      throw e;
    }
  }

  private static MiniClusterConfiguration configuration(
      JobSettings settings, int slots, MemorySize network, Path scratch) {
    Configuration configuration = new Configuration();
    places(configuration, scratch);
    ports(configuration);
    memory(configuration, network);
    pace(configuration);
    settings.environment().ifPresent(environment -> ofProgram(configuration, environment, slots));
    configuration.addAll(settings.overrides());
    return new MiniClusterConfiguration.Builder()
        .setConfiguration(configuration)
        .setNumTaskManagers(1)
        .setNumSlotsPerTaskManager(slots)
        .setRpcServiceSharing(RpcServiceSharing.SHARED)
        .withRandomPorts()
        .build();
  }

  private static void places(Configuration configuration, Path scratch) {
    configuration.set(CoreOptions.TMP_DIRS, scratch.toString());
    configuration.set(BlobServerOptions.STORAGE_DIRECTORY, scratch.toString());
    configuration.set(WebOptions.TMP_DIR, scratch.toString());
  }

  /*
   * Flink starts a REST and a blob server whether they are used or not, and by default on all
   * interfaces. Nothing may go by the blob server: Flink's own client of it asks for the host by
   * its name, which need not be the loopback interface.
   */
  private static void ports(Configuration configuration) {
    configuration.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    configuration.set(JobManagerOptions.BIND_HOST, LOOPBACK);
    configuration.set(BlobServerOptions.OFFLOAD_MINSIZE, Integer.MAX_VALUE);
    configuration.set(WebOptions.SUBMIT_ENABLE, false);
    configuration.set(WebOptions.CANCEL_ENABLE, false);
  }

  private static void memory(Configuration configuration, MemorySize network) {
    // Nobody uses it in these jobs.
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ZERO);
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
  }

  /**
   * What the program's environment is set to, but for addresses, which its own clusters may need;
   * and managed memory, which operators of Flink's own sort in.
   */
  private static void ofProgram(
      Configuration configuration, StreamExecutionEnvironment environment, int slots) {
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED_A_SLOT.multiply(slots));
    Configuration program = Configuration.fromMap(environment.getConfiguration().toMap());
    List.of(
            RestOptions.PORT,
            RestOptions.BIND_PORT,
            RestOptions.ADDRESS,
            RestOptions.BIND_ADDRESS,
            JobManagerOptions.PORT,
            JobManagerOptions.ADDRESS)
        .forEach(program::removeConfig);
    configuration.addAll(program);
  }

  private static void pace(Configuration configuration) {
    // The adaptive one finds out how many tasks to use; here that is decided.
    configuration.set(JobManagerOptions.SCHEDULER, SchedulerType.Default);
    // Two waits of 50 ms for more requests to come, more than half the time of a small run.
    configuration.set(ResourceManagerOptions.REQUIREMENTS_CHECK_DELAY, Duration.ZERO);
    configuration.set(ResourceManagerOptions.DECLARE_NEEDED_RESOURCE_DELAY, Duration.ZERO);
    // A run waits for the slots of another as long as that takes; after five minutes Flink would
    // fail it.
    // Not for ever: Pekko's scheduler takes no more than 248 days, and the resource manager dies of
    // a year.
    configuration.set(JobManagerOptions.SLOT_REQUEST_TIMEOUT, Duration.ofDays(100));
    // A task that does not listen to a cancel costs a slot, not the whole cluster or the user's
    // process.
    configuration.set(TaskManagerOptions.TASK_CANCELLATION_TIMEOUT, Duration.ZERO);
    configuration.set(RpcOptions.JVM_EXIT_ON_FATAL_ERROR, false);
    configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ZERO);
  }

  private static String reasons(Throwable e) {
    String reason = ExceptionUtils.stripExecutionException(e).toString();
    String root = JobTranslator.rootOf(e).toString();
    return reason.equals(root) ? reason : reason + " (" + root + ")";
  }

  /**
   * Keeps the graphs of the last runs only. That of Flink keeps all of them, 10 KB for the smallest
   * run, for as long as it lives, and the options that should limit that are for other kinds of
   * cluster.
   */
  @SuppressWarnings("try") // Of the base class.
  private static final class ForgettingCluster extends MiniCluster {

    /** Counters are read right after a run: as many as may end at about the same time. */
    private static final int RUNS_REMEMBERED = 200;

    ForgettingCluster(MiniClusterConfiguration configuration) {
      super(configuration);
    }

    @Override
    @SuppressWarnings("deprecation") // Time: Flink's own signature.
    protected DispatcherResourceManagerComponentFactory
        createDispatcherResourceManagerComponentFactory() {
      DispatcherResourceManagerComponentFactory factory =
          super.createDispatcherResourceManagerComponentFactory();
      return (conf,
          id,
          io,
          rpc,
          ha,
          blobs,
          heartbeats,
          tokens,
          metrics,
          store,
          queries,
          enrichers,
          fatal) -> {
        store.close();
        ExecutionGraphInfoStore forgetting =
            new MemoryExecutionGraphInfoStore(
                Time.hours(1), RUNS_REMEMBERED, rpc.getScheduledExecutor(), Ticker.systemTicker());
        return factory.create(
            conf,
            id,
            io,
            rpc,
            ha,
            blobs,
            heartbeats,
            tokens,
            metrics,
            forgetting,
            queries,
            enrichers,
            fatal);
      };
    }
  }
}
