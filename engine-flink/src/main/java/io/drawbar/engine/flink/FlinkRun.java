package io.drawbar.engine.flink;

import io.drawbar.spi.EngineException;
import io.drawbar.spi.RunResult;
import io.drawbar.spi.StageGraph;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.runtime.executiongraph.AccessExecution;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.util.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run from translation to result, as a blocking call. */
final class FlinkRun implements Callable<RunResult> {

  private static final Logger LOG = LoggerFactory.getLogger(FlinkRun.class);

  private static final int PATIENCE_SECONDS = 30;

  private final StageGraph graph;
  private final MiniCluster cluster;
  private final int parallelism;
  private final int attempts;
  private final Configuration configuration;
  private final Path exchange;
  private final ClassLoader classes;
  private final CountDownLatch ended = new CountDownLatch(1);

  private final AtomicBoolean started = new AtomicBoolean();

  private volatile boolean cancelled;
  private volatile JobID submitted;

  FlinkRun(
      StageGraph graph,
      MiniCluster cluster,
      int parallelism,
      int attempts,
      Configuration configuration,
      Path exchange) {
    this.graph = graph;
    this.cluster = cluster;
    this.parallelism = parallelism;
    this.attempts = attempts;
    this.configuration = configuration;
    this.exchange = exchange;
    this.classes = Thread.currentThread().getContextClassLoader();
  }

  /** Tells Flink to stop; {@link #call} then ends soon. */
  void cancel() {
    cancelled = true;
    if (started.compareAndSet(false, true)) {
      ended.countDown();
    }
    JobID job = submitted;
    if (job != null && cluster.isRunning()) {
      cluster.cancelJob(job);
    }
  }

  /** Waits a while until nothing of the run is left. */
  void awaitEnd() {
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Run '{}' does not end", graph.name());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean hasEnded() {
    return ended.getCount() == 0;
  }

  @Override
  public RunResult call() throws InterruptedException {
    if (!started.compareAndSet(false, true)) {
      throw wasCancelled(null);
    }
    try {
      RunFolder folder = RunFolder.below(exchange);
      try {
        return run(folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new EngineException(
          ("flink could not pass on data of run '%s': %s. Check the space and the rights of %s, or"
                  + " set %s.")
              .formatted(graph.name(), e.getMessage(), exchange, FlinkKeys.EXCHANGE_DIR.name()),
          e);
    } finally {
      ended.countDown();
    }
  }

  private RunResult run(RunFolder folder) throws IOException, InterruptedException {
    JobTranslator.Job job =
        JobTranslator.translate(graph, folder, parallelism, attempts, configuration);
    JobExecutionResult result = execute(job);
    List<RunFolder.Receipt> receipts = result.getAccumulatorResult(ResultOperator.RECEIPTS);
    List<byte[]> frames = new ArrayList<>();
    for (RunFolder.Receipt receipt : checked(receipts, job.resultTasks())) {
      frames.addAll(folder.frames(receipt));
    }
    return new RunResult(frames, counters(job));
  }

  private JobExecutionResult execute(JobTranslator.Job job)
      throws IOException, InterruptedException {
    JobID id = job.graph().getJobID();
    CompletableFuture<?> submission = CompletableFuture.completedFuture(null);
    try {
      if (cancelled) {
        throw wasCancelled(null);
      }
      submission = cluster.submitJob(job.graph());
      await(submission);
      submitted = id;
      if (cancelled) {
        cancel();
      }
      return await(cluster.requestJobResult(id)).toJobExecutionResult(classes);
    } catch (InterruptedException e) {
      stop(id, submission);
      throw e;
    } catch (JobExecutionException e) {
      throw failure(e);
    } catch (IllegalStateException e) {
      throw stopped(e);
    } catch (ClassNotFoundException e) {
      throw new IOException("the receipts cannot be read", e);
    }
  }

  /** What a future gives; an error, too, if the cluster goes away and takes the answer with it. */
  private <T> T await(CompletableFuture<T> future) throws InterruptedException {
    while (true) {
      try {
        return future.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        if (!cluster.isRunning()) {
          throw stopped(e);
        }
      } catch (ExecutionException e) {
        Throwable cause = ExceptionUtils.stripExecutionException(e);
        throw new EngineException(
            "flink did not take run '%s': %s".formatted(graph.name(), cause), cause);
      }
    }
  }

  /**
   * Waits until no task is left that could write to the folder; the thread was interrupted, its
   * flag is down.
   */
  private void stop(JobID id, CompletableFuture<?> submission) {
    try {
      submission
          .thenCompose(done -> cluster.cancelJob(id))
          .handle((done, error) -> null)
          .thenCompose(done -> cluster.requestJobResult(id))
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("Run '{}' was cancelled, but Flink does not say that it ended", graph.name(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private EngineException stopped(Exception cause) {
    return cancelled
        ? wasCancelled(cause)
        : new EngineException(
            "Flink stopped during run '%s'; its log says why. The next run starts it anew."
                .formatted(graph.name()),
            cause);
  }

  private EngineException wasCancelled(Throwable cause) {
    return new EngineException("run '" + graph.name() + "' was cancelled", cause);
  }

  private EngineException failure(JobExecutionException e) {
    if (cancelled) {
      return wasCancelled(e);
    }
    return ExceptionUtils.findThrowable(e, StageFailure.class)
        .map(
            failure ->
                new EngineException(
                    ("flink gave up on run '%s' at %s: %s. If that may pass, raise %s, now %s;"
                            + " Flink's own stack trace is the cause.")
                        .formatted(
                            graph.name(),
                            failure.getMessage(),
                            failure.original(classes),
                            FlinkKeys.ATTEMPTS.name(),
                            attempts),
                    e))
        .orElseGet(
            () ->
                new EngineException(
                    ("flink gave up on run '%s', in none of its stages: %s. Flink's own stack trace"
                            + " is the cause; its options are set by %sNAME.")
                        .formatted(graph.name(), JobTranslator.rootOf(e), FlinkKeys.CONF.name()),
                    e));
  }

  /** One receipt from each task, or something was lost or counted twice. */
  static List<RunFolder.Receipt> checked(List<RunFolder.Receipt> receipts, int tasks) {
    List<Integer> missing = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      int number = task;
      if (receipts.stream().filter(receipt -> receipt.task() == number).count() != 1) {
        missing.add(task);
      }
    }
    if (!missing.isEmpty() || receipts.size() != tasks) {
      throw new EngineException(
          ("flink handed over %s receipts of %s tasks; not exactly one from tasks %s. This is a"
                  + " defect of the engine; please report it.")
              .formatted(receipts.size(), tasks, missing));
    }
    return receipts;
  }

  private SortedMap<String, Long> counters(JobTranslator.Job job) throws InterruptedException {
    AccessExecutionGraph executed = await(cluster.getExecutionGraph(job.graph().getJobID()));
    SortedMap<String, Long> counters = new TreeMap<>();
    for (AccessExecutionJobVertex vertex : executed.getAllVertices().values()) {
      for (AccessExecutionVertex task : vertex.getTaskVertices()) {
        AccessExecution attempt = task.getCurrentExecutionAttempt();
        counters.merge("tasks.launched", attempt.getAttemptNumber() + 1L, Long::sum);
        counters.merge("tasks.retried", (long) attempt.getAttemptNumber(), Long::sum);
        exchangeFrom(job.stages().get(vertex.getJobVertexId()))
            .ifPresent(
                name -> counters.merge(name, attempt.getIOMetrics().getNumBytesOut(), Long::sum));
      }
    }
    return counters;
  }

  private Optional<String> exchangeFrom(Integer stage) {
    return stage == null
        ? Optional.empty()
        : graph
            .consumerOf(graph.stages().get(stage))
            .map(consumer -> "exchange." + consumer.id() + ".bytes");
  }

  private void delete(RunFolder folder) {
    try {
      folder.delete();
    } catch (IOException e) {
      LOG.warn("Cannot remove the folder of run '{}'", graph.name(), e);
    }
  }
}
