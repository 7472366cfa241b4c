package io.drawbar.engine.flink;

import io.drawbar.spi.EngineException;
import io.drawbar.spi.Progress;
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
import org.apache.flink.util.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run from translation to result, as a blocking call. */
final class FlinkRun implements Callable<RunResult> {

  private static final Logger LOG = LoggerFactory.getLogger(FlinkRun.class);

  private static final int PATIENCE_SECONDS = 30;

  private final StageGraph graph;
  private final Progress progress;
  private final Cluster cluster;
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
      Progress progress,
      Cluster cluster,
      int parallelism,
      int attempts,
      Configuration configuration,
      Path exchange) {
    this.graph = graph;
    this.progress = progress;
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
      cluster.cancel(job);
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
    for (RunFolder.Receipt receipt : receipts) {
      frames.addAll(folder.frames(receipt));
    }
    SortedMap<String, Long> counters = new TreeMap<>();
    long launched = result.<Long>getAccumulatorResult(StageOperator.ATTEMPTS);
    counters.put("tasks.launched", launched);
    counters.put("tasks.retried", launched - job.tasks());
    List<Cluster.VertexState> vertices = await(cluster.look(job.graph().getJobID()), () -> {});
    tell(job, vertices);
    count(job, vertices, counters);
    return new RunResult(frames, counters);
  }

  private JobExecutionResult execute(JobTranslator.Job job)
      throws IOException, InterruptedException {
    JobID id = job.graph().getJobID();
    CompletableFuture<?> submission = CompletableFuture.completedFuture(null);
    try {
      if (cancelled) {
        throw wasCancelled(null);
      }
      submission = cluster.submit(job.graph());
      await(submission, () -> {});
      submitted = id;
      if (cancelled) {
        cancel();
      }
      return await(cluster.result(id), look(job)).toJobExecutionResult(classes);
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

  /**
   * What a future gives; an error, too, if the cluster goes away and takes the answer with it.
   *
   * @param meanwhile done now and then until it is there
   */
  private <T> T await(CompletableFuture<T> future, Runnable meanwhile) throws InterruptedException {
    while (true) {
      try {
        return future.get(cluster.lookEvery().toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (!cluster.isRunning()) {
          throw stopped(e);
        }
        meanwhile.run();
      } catch (ExecutionException e) {
        Throwable cause = ExceptionUtils.stripExecutionException(e);
        throw new EngineException(
            "flink did not take run '%s': %s".formatted(graph.name(), cause), cause);
      }
    }
  }

  /** Asks how far a job has come; an answer that fails or comes late is no loss. */
  private Runnable look(JobTranslator.Job job) {
    return () -> cluster.look(job.graph().getJobID()).thenAccept(vertices -> tell(job, vertices));
  }

  private void tell(JobTranslator.Job job, List<Cluster.VertexState> vertices) {
    for (Cluster.VertexState vertex : vertices) {
      Integer stage = job.stages().get(vertex.vertex());
      if (stage != null && vertex.begun() > 0) {
        progress.ended(stage, vertex.tasks(), vertex.ended());
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
          .thenCompose(done -> cluster.cancel(id))
          .handle((done, error) -> null)
          .thenCompose(done -> cluster.result(id))
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

  private void count(
      JobTranslator.Job job, List<Cluster.VertexState> vertices, SortedMap<String, Long> counters) {
    for (Cluster.VertexState vertex : vertices) {
      Optional.ofNullable(job.stages().get(vertex.vertex()))
          .flatMap(stage -> graph.consumerOf(graph.stages().get(stage)))
          .ifPresent(
              consumer ->
                  counters.merge(
                      "exchange." + consumer.id() + ".bytes", vertex.bytesOut(), Long::sum));
    }
  }

  private void delete(RunFolder folder) {
    try {
      folder.delete();
    } catch (IOException e) {
      LOG.warn("Cannot remove the folder of run '{}'", graph.name(), e);
    }
  }
}
