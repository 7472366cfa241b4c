package io.drawbar.engine.flink;

import io.drawbar.error.DrawbarException;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.Progress;
import io.drawbar.spi.RunResult;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.util.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run from translation to result, as a blocking call; interrupted, it stops its job. */
final class FlinkRun implements Callable<RunResult> {

  private static final Logger LOG = LoggerFactory.getLogger(FlinkRun.class);

  private static final int PATIENCE_SECONDS = 30;

  private final StageGraph graph;
  private final JobSettings settings;
  private final Progress progress;
  private final Cluster cluster;
  private final Scratch scratch;
  private final ClassLoader classes;

  FlinkRun(
      StageGraph graph, JobSettings settings, Progress progress, Cluster cluster, Scratch scratch) {
    this.graph = graph;
    this.settings = settings;
    this.progress = progress;
    this.cluster = cluster;
    this.scratch = scratch;
    this.classes = Thread.currentThread().getContextClassLoader();
  }

  @Override
  public RunResult call() throws InterruptedException {
    try {
      RunFolder folder = scratch.create();
      try {
        return run(folder);
      } finally {
        Scratch.delete(folder);
      }
    } catch (IOException e) {
      throw scratch.unusable(e);
    }
  }

  private RunResult run(RunFolder folder) throws IOException, InterruptedException {
    JobTranslator.Job job = translate(folder);
    JobExecutionResult result = execute(job);
    List<byte[]> frames = new ArrayList<>();
    for (String file : result.<List<String>>getAccumulatorResult(ResultOperator.FILES)) {
      folder.copy(file, (receiver, frame) -> frames.add(frame));
    }
    SortedMap<String, Long> counters = new TreeMap<>();
    long launched = result.<Long>getAccumulatorResult(StageOperator.ATTEMPTS);
    counters.put("tasks.launched", launched);
    counters.put("tasks.retried", launched - job.tasks());
    List<Cluster.VertexState> vertices = lookAtEnd(job.graph().getJobID());
    tell(job, vertices);
    count(job, vertices, counters);
    return new RunResult(frames, counters);
  }

  private JobTranslator.Job translate(RunFolder folder) throws IOException {
    try {
      return JobTranslator.translate(graph, folder, settings);
    } catch (DrawbarException e) {
      throw e;
    } catch (RuntimeException e) {
      throw failed(
          List.of(),
          "Flink cannot make a batch job of it: " + e,
          "A DataStream may use what Flink has in batch mode only; its own exception is the cause.",
          e);
    }
  }

  private JobExecutionResult execute(JobTranslator.Job job)
      throws IOException, InterruptedException {
    JobID id = job.graph().getJobID();
    CompletableFuture<?> submission = CompletableFuture.completedFuture(null);
    try {
      submission = cluster.submit(job.graph());
      await(submission, () -> {});
      return await(cluster.result(id), look(job)).toJobExecutionResult(classes);
    } catch (InterruptedException e) {
      stop(id, submission);
      throw e;
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
        throw failed(
            List.of(),
            "Flink did not take the job: " + cause,
            "Flink's own exception is the cause.",
            cause);
      }
    }
  }

  /** How far a job has come that has ended, once the cluster says so of all its tasks. */
  private List<Cluster.VertexState> lookAtEnd(JobID id) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      List<Cluster.VertexState> vertices = await(cluster.look(id), () -> {});
      if (vertices.stream().allMatch(vertex -> vertex.ended() == vertex.tasks())
          || System.nanoTime() > deadline) {
        return vertices;
      }
      Thread.sleep(100);
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

  private void count(
      JobTranslator.Job job, List<Cluster.VertexState> vertices, SortedMap<String, Long> counters) {
    for (Cluster.VertexState vertex : vertices) {
      Optional.ofNullable(job.stages().get(vertex.vertex()))
          .flatMap(stage -> graph.consumerOf(graph.stages().get(stage)))
          .ifPresent(
              consumer ->
                  counters.merge(
                      RunResult.exchangeBytes(consumer.id()), vertex.bytesOut(), Long::sum));
    }
  }

  /** Waits until no task is left that could write to the folder. */
  private void stop(JobID id, CompletableFuture<?> submission) {
    try {
      submission
          .thenCompose(done -> cluster.cancel(id))
          .handle((done, error) -> null)
          .thenCompose(done -> cluster.result(id))
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | IllegalStateException e) {
      LOG.warn("Run '{}' was cancelled, but Flink does not say that it ended", graph.name(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private EngineException stopped(Exception cause) {
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

  private EngineException failed(List<Stage> stages, String why, String wayOut, Throwable cause) {
    return EngineException.ofStages(
        FlinkEngineFactory.NAME, stages, graph.name(), why, wayOut, cause);
  }
}
