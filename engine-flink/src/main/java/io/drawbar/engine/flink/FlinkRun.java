package io.drawbar.engine.flink;

import io.drawbar.error.DrawbarException;
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
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobExecutionResult;

/** One run from translation to result, as a blocking call; interrupted, it stops its job. */
final class FlinkRun implements Callable<RunResult> {

  private static final int PATIENCE_SECONDS = 30;

  private final StageGraph graph;
  private final JobSettings settings;
  private final Progress progress;

  /** An answer from before the end may come after it. */
  private boolean isToldAtEnd;

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
    FlinkJob flink = FlinkJob.submit(graph, cluster, settings, classes, job.graph());
    JobExecutionResult result;
    try {
      flink.awaitSubmission();
      result = flink.awaitEnd(look(job));
    } catch (InterruptedException e) {
      flink.stop();
      throw e;
    }
    List<byte[]> frames = new ArrayList<>();
    for (String file : result.<List<String>>getAccumulatorResult(ResultOperator.FILES)) {
      folder.copy(file, (receiver, frame) -> frames.add(frame));
    }
    SortedMap<String, Long> counters = new TreeMap<>();
    long launched = result.<Long>getAccumulatorResult(StageOperator.ATTEMPTS);
    counters.put("tasks.launched", launched);
    counters.put("tasks.retried", launched - job.tasks());
    List<Cluster.VertexState> vertices = lookAtEnd(flink);
    tellAtEnd(job, vertices);
    count(job, vertices, counters);
    return new RunResult(frames, counters);
  }

  private JobTranslator.Job translate(RunFolder folder) throws IOException {
    try {
      return JobTranslator.translate(graph, folder, settings);
    } catch (DrawbarException e) {
      throw e;
    } catch (RuntimeException e) {
      throw EngineException.ofStages(
          FlinkEngineFactory.NAME,
          List.of(),
          graph.name(),
          "Flink cannot make a batch job of it: " + e,
          "A DataStream may use what Flink has in batch mode only; its own exception is the cause.",
          e);
    }
  }

  /** How far a job has come that has ended, once the cluster says so of all its tasks. */
  private List<Cluster.VertexState> lookAtEnd(FlinkJob flink) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      List<Cluster.VertexState> vertices = flink.await(cluster.look(flink.id()), () -> {});
      if (vertices.stream().allMatch(vertex -> vertex.ended() == vertex.tasks())
          || System.nanoTime() > deadline) {
        return vertices;
      }
      Thread.sleep(100);
    }
  }

  /** Asks how far a job has come; an answer that fails or comes late is no loss. */
  private Runnable look(JobTranslator.Job job) {
    return () ->
        cluster.look(job.graph().getJobID()).thenAccept(vertices -> tellMeanwhile(job, vertices));
  }

  private synchronized void tellMeanwhile(
      JobTranslator.Job job, List<Cluster.VertexState> vertices) {
    if (!isToldAtEnd) {
      tell(job, vertices);
    }
  }

  private synchronized void tellAtEnd(JobTranslator.Job job, List<Cluster.VertexState> vertices) {
    isToldAtEnd = true;
    tell(job, vertices);
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
}
