package io.drawbar.engine.flink;

import io.drawbar.spi.EngineException;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.util.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job in the hands of a cluster, from there to its end, and what is told of it if it fails. */
final class FlinkJob {

  private static final Logger LOG = LoggerFactory.getLogger(FlinkJob.class);

  private static final int PATIENCE_SECONDS = 30;

  private final StageGraph graph;
  private final Cluster cluster;
  private final JobSettings settings;
  private final ClassLoader classes;
  private final JobGraph job;
  private final CompletableFuture<?> submission;
  private CompletableFuture<JobResult> result;

  private FlinkJob(
      StageGraph graph,
      Cluster cluster,
      JobSettings settings,
      ClassLoader classes,
      JobGraph job,
      CompletableFuture<?> submission) {
    this.graph = graph;
    this.cluster = cluster;
    this.settings = settings;
    this.classes = classes;
    this.job = job;
    this.submission = submission;
  }

  /**
   * Hands a job over.
   *
   * @param classes knows what its tasks may throw
   */
  static FlinkJob submit(
      StageGraph graph, Cluster cluster, JobSettings settings, ClassLoader classes, JobGraph job) {
    return new FlinkJob(graph, cluster, settings, classes, job, cluster.submit(job));
  }

  JobID id() {
    return job.getJobID();
  }

  /**
   * Waits until the cluster has taken it.
   *
   * @throws EngineException if it does not
   */
  void awaitSubmission() throws InterruptedException {
    await(submission, () -> {});
    result = cluster.result(id());
  }

  /** Whether it has ended, well or not; known once it has been taken. */
  boolean hasEnded() {
    return result.isDone();
  }

  /**
   * Waits for the end.
   *
   * @param meanwhile done now and then until it has come
   * @throws EngineException if it has failed
   */
  JobExecutionResult awaitEnd(Runnable meanwhile) throws IOException, InterruptedException {
    try {
      return await(result, meanwhile).toJobExecutionResult(classes);
    } catch (JobExecutionException e) {
      throw failure(e);
    } catch (IllegalStateException e) {
      throw stopped(e);
    } catch (ClassNotFoundException e) {
      throw new IOException("what the job left cannot be read", e);
    }
  }

  /**
   * What a future gives; an error, too, if the cluster goes away and takes the answer with it.
   *
   * @param meanwhile done now and then until it is there
   */
  <T> T await(CompletableFuture<T> future, Runnable meanwhile) throws InterruptedException {
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
        throw failed(
            List.of(),
            "Flink did not take the job: " + cause,
            "Flink's own exception is the cause.",
            cause);
      }
    }
  }

  /** Cancels it, and waits until no task is left that could write to its folder. */
  void stop() {
    try {
      submission
          .thenCompose(done -> cluster.cancel(id()))
          .handle((done, error) -> null)
          .thenCompose(done -> cluster.result(id()))
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | IllegalStateException e) {
      LOG.warn("Run '{}' was cancelled, but Flink does not say that it ended", graph.name(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The cluster has gone away. */
  EngineException stopped(Exception cause) {
    return failed(
        List.of(), "Flink stopped", "Its log says why; the next run starts it anew.", cause);
  }

  private EngineException failure(JobExecutionException e) {
    return ExceptionUtils.findThrowable(e, StageFailure.class)
        .map(
            failure ->
                failed(
                    graph.stages().stream().filter(stage -> stage.id() == failure.stage()).toList(),
                    failure.getMessage() + ": " + failure.original(classes),
                    "If that may pass, raise %s, now %s; Flink's own stack trace is the cause."
                        .formatted(FlinkKeys.ATTEMPTS.name(), settings.attempts()),
                    e))
        .orElseGet(
            () ->
                failed(
                    List.of(),
                    JobTranslator.rootOf(e).toString(),
                    "That was in none of its stages; Flink's own stack trace is the cause, its"
                        + " options are set by %s.NAME.".formatted(FlinkKeys.CONF.name()),
                    e));
  }

  /** Why it has not come to its end. */
  EngineException failed(List<Stage> stages, String why, String wayOut, Throwable cause) {
    return EngineException.ofStages(
        FlinkEngineFactory.NAME, stages, graph.name(), why, wayOut, cause);
  }
}
