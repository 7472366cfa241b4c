package io.drawbar.engine.flink;

import io.drawbar.spi.EngineException;
import java.net.MalformedURLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.cli.ClientOptions;
import org.apache.flink.client.cli.ExecutionConfigAccessor;
import org.apache.flink.client.deployment.ClusterClientFactory;
import org.apache.flink.client.deployment.ClusterDescriptor;
import org.apache.flink.client.deployment.DefaultClusterClientServiceLoader;
import org.apache.flink.client.deployment.executors.RemoteExecutor;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.rest.handler.legacy.messages.ClusterOverviewWithVersion;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo.JobVertexDetailsInfo;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The session cluster that an environment submits its jobs to: a standalone one, one on YARN or on
 * Kubernetes. It is the program's: closing this closes a connection, and jobs of others never
 * notice.
 */
final class SessionCluster extends Cluster {

  /** How often it is asked for slots, a second in all. */
  static final int MOST_ASKS = 50;

  private static final long ASK_MILLIS = 20;

  private final RestClusterClient<?> client;
  private final Configuration configuration;

  /** When a job has ended or this was connected, of {@link System#nanoTime}. */
  private volatile long ended;

  private SessionCluster(RestClusterClient<?> client, Configuration configuration) {
    super(client);
    this.client = client;
    this.configuration = configuration;
    ended = System.nanoTime();
  }

  /** Connects to the cluster of an environment. */
  static SessionCluster of(StreamExecutionEnvironment environment) {
    Configuration configuration = Configuration.fromMap(environment.getConfiguration().toMap());
    try {
      ClusterClientFactory<?> factory =
          new DefaultClusterClientServiceLoader().getClusterClientFactory(configuration);
      return new SessionCluster(client(factory, configuration), configuration);
    } catch (Exception e) {
      throw new EngineException(
          ("the environment's jobs go to '%s', and no session cluster is found there: %s. Attach to"
                  + " a local environment or to one of a session cluster.")
              .formatted(configuration.get(DeploymentOptions.TARGET), e),
          e);
    }
  }

  private static <I> RestClusterClient<?> client(
      ClusterClientFactory<I> factory, Configuration configuration) throws Exception {
    I id = factory.getClusterId(configuration);
    if (id == null) {
      throw new IllegalStateException("no cluster is named");
    }
    try (ClusterDescriptor<I> descriptor = factory.createClusterDescriptor(configuration)) {
      return (RestClusterClient<?>) descriptor.retrieve(id).getClusterClient();
    }
  }

  @Override
  boolean isRunning() {
    return true;
  }

  @Override
  CompletableFuture<?> submit(JobGraph job) {
    ExecutionConfigAccessor program = ExecutionConfigAccessor.fromConfiguration(configuration);
    try {
      job.addJars(program.getJars());
      job.setClasspaths(program.getClasspaths());
    } catch (MalformedURLException e) {
      return CompletableFuture.failedFuture(e);
    }
    return super.submit(job);
  }

  /*
   * Flink answers this from a cache of three seconds, by default: after a job that has ended, until
   * it knows that.
   */
  @Override
  CompletableFuture<List<VertexState>> look(JobID job) {
    return client
        .getJobDetails(job)
        .thenApply(
            details -> details.getJobVertexInfos().stream().map(SessionCluster::state).toList());
  }

  private static VertexState state(JobVertexDetailsInfo vertex) {
    Map<ExecutionState, Integer> tasks = vertex.getTasksPerState();
    int waiting =
        tasks.getOrDefault(ExecutionState.CREATED, 0)
            + tasks.getOrDefault(ExecutionState.SCHEDULED, 0);
    return new VertexState(
        vertex.getJobVertexID(),
        vertex.getParallelism(),
        vertex.getParallelism() - waiting,
        tasks.getOrDefault(ExecutionState.FINISHED, 0),
        vertex.getJobVertexMetrics().getBytesWritten());
  }

  @Override
  CompletableFuture<JobResult> result(JobID job) {
    return super.result(job).whenComplete((result, error) -> ended = System.nanoTime());
  }

  /** What a cluster says of its slots, and how many jobs have not ended. */
  record Slots(int all, int free, int jobs) {}

  /** Asks a cluster. */
  interface SlotQuestion {
    Slots ask() throws InterruptedException, ExecutionException;
  }

  /* Where Flink asks for machines as it needs them, there is always room. */
  @Override
  int room(int wanted, int held) throws InterruptedException {
    if (!configuration.get(DeploymentOptions.TARGET).equals(RemoteExecutor.NAME)) {
      return wanted;
    }
    boolean hasJustRun = System.nanoTime() - ended < MOST_ASKS * ASK_MILLIS * 1_000_000;
    try {
      return room(wanted, hasJustRun, this::slots);
    } catch (ExecutionException e) {
      throw new EngineException("Flink's cluster does not say how many slots it has: " + e, e);
    }
  }

  /*
   * One slot is left for the runs beside.
   *
   * Flink says that a job has ended before it has its slots back: the task managers give them to the
   * resource manager by messages that nobody waits for. So a training right after another one would
   * find no room, and its supersteps would be jobs: the same bits, far more slowly.
   * Therefore it asks again for a second, while slots are missing that may be on their way: because
   * a job of ours has just ended, of this session or of one before it, or because no job is there
   * that could have them.
   */
  static int room(int wanted, boolean hasJustRun, SlotQuestion question)
      throws InterruptedException, ExecutionException {
    for (int asked = 1; ; asked++) {
      Slots slots = question.ask();
      int room = Math.max(0, Math.min(wanted, slots.free() - 1));
      boolean mayGrow = slots.free() < slots.all() && (hasJustRun || slots.jobs() == 0);
      if (room == wanted || !mayGrow || asked == MOST_ASKS) {
        return room;
      }
      Thread.sleep(ASK_MILLIS);
    }
  }

  private Slots slots() throws InterruptedException, ExecutionException {
    ClusterOverviewWithVersion overview = client.getClusterOverview().get();
    return new Slots(
        overview.getNumSlotsTotal(),
        overview.getNumSlotsAvailable(),
        overview.getNumJobsRunningOrPending());
  }

  @Override
  Duration orphanedAfter() {
    return configuration.get(ClientOptions.CLIENT_HEARTBEAT_TIMEOUT);
  }

  /** Seldom, so that few runs have to wait for that cache at their end. */
  @Override
  Duration lookEvery() {
    return Duration.ofSeconds(10);
  }
}
