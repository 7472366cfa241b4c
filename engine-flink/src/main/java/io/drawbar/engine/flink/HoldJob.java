package io.drawbar.engine.flink;

import io.drawbar.error.DrawbarException;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.Progress;
import io.drawbar.spi.RunResult;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.SuperstepProgram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;

/** The driver's end of a job whose tasks hold rows. */
final class HoldJob {
  /** The name of the thread that says that the driver is there. */
  static final String HEARTBEAT = "drawbar-flink-heartbeat";

  private static final int PATIENCE_SECONDS = 30;
  private static final long LOOK_MILLIS = 100;

  private final StageGraph graph;
  private final JobSettings settings;
  private final Cluster cluster;
  private final Scratch scratch;
  private final int readers;
  private final int slots;
  private final ClassLoader classes = Thread.currentThread().getContextClassLoader();

  private volatile RunFolder folder;
  private volatile HoldTranslator.Job job;
  private volatile FlinkJob flink;
  private volatile Thread heartbeat;

  /** What readers may still read until they have answered what came after it. */
  private final List<String> old = new ArrayList<>();

  private String programFile = "";

  /**
   * Nothing yet.
   *
   * @param readers how many tasks may run at the same time
   * @param slots see {@link HoldPlan}
   */
  HoldJob(
      StageGraph graph,
      JobSettings settings,
      Cluster cluster,
      Scratch scratch,
      int readers,
      int slots) {
    this.graph = graph;
    this.settings = settings;
    this.cluster = cluster;
    this.scratch = scratch;
    this.readers = readers;
    this.slots = slots;
  }

  /** Starts it, and waits until its tasks have read their rows. */
  RunResult load(Progress progress) throws InterruptedException {
    try {
      folder = scratch.create();
      job = translate();
      for (HoldPlan.HeldStage stage : job.plan().stages()) {
        progress.begun(stage.id(), stage.tasks());
      }
      flink = FlinkJob.submit(graph, cluster, settings, classes, job.graph());
      flink.awaitSubmission();
      reportDriver();
      HoldAnswer answer = ask(new HoldMessage.Load(), progress);
      tell(progress, answer);
      return new RunResult(frames(answer), counters(answer));
    } catch (IOException e) {
      throw scratch.unusable(e);
    }
  }

  private HoldTranslator.Job translate() throws IOException {
    try {
      HoldTranslator.Job made = HoldTranslator.translate(graph, folder, settings, readers, slots);
      made.graph().setInitialClientHeartbeatTimeout(cluster.orphanedAfter().toMillis());
      return made;
    } catch (DrawbarException e) {
      throw e;
    } catch (RuntimeException e) {
      throw EngineException.ofStages(
          FlinkEngineFactory.NAME,
          List.of(),
          graph.name(),
          "Flink cannot make a job of it: " + e,
          "Flink's own exception is the cause.",
          e);
    }
  }

  private SortedMap<String, Long> counters(HoldAnswer answer) {
    SortedMap<String, Long> counters = new TreeMap<>();
    counters.put("tasks.launched", (long) answer.attempts());
    counters.put("tasks.retried", (long) answer.attempts() - job.plan().readers());
    return counters;
  }

  /** All stages at once: each reader has a task of each. */
  private void tell(Progress progress, HoldAnswer answer) {
    for (HoldPlan.HeldStage stage : job.plan().stages()) {
      int ended = answer.isWhole() ? stage.tasks() : Math.min(stage.tasks(), answer.ended());
      progress.ended(stage.id(), stage.tasks(), ended);
    }
  }

  /** Leaves a program for the readers. */
  void ship(SuperstepProgram program, long number) {
    try {
      if (!programFile.isEmpty()) {
        old.add(programFile);
      }
      programFile = HoldMessage.Fold.file(number);
      folder.put(programFile, program);
    } catch (IOException e) {
      throw scratch.unusable(e);
    }
  }

  /** One superstep; the frames of the readers. */
  List<byte[]> fold(long number, long program, byte[] state) throws InterruptedException {
    try {
      Parcel parcel = Parcel.of(folder, List.of(state), Parcel.MOST_BYTES);
      List<byte[]> frames;
      try {
        frames = frames(ask(new HoldMessage.Fold(number, program, parcel), new Progress()));
      } catch (InterruptedException e) {
        old.add(parcel.file());
        cluster.ask(flink.id(), job.readers(), new HoldMessage.Stop(number));
        throw e;
      }
      parcel.remove(folder);
      for (String file : old) {
        new Parcel(new byte[0], file).remove(folder);
      }
      old.clear();
      return frames;
    } catch (IOException e) {
      throw scratch.unusable(e);
    }
  }

  private List<byte[]> frames(HoldAnswer answer) throws IOException {
    List<byte[]> frames = new ArrayList<>();
    for (Parcel parcel : answer.parcels()) {
      frames.addAll(parcel.frames(folder));
      parcel.remove(folder);
    }
    return frames;
  }

  /** Asks until the answer is whole. */
  private <R extends HoldMessage & CoordinationRequest> HoldAnswer ask(R request, Progress progress)
      throws IOException, InterruptedException {
    long heard = System.nanoTime();
    Exception why = null;
    while (true) {
      CompletableFuture<CoordinationResponse> asked =
          cluster.ask(flink.id(), job.readers(), request);
      try {
        HoldAnswer answer = HoldAnswer.of(await(asked));
        if (answer.isWhole()) {
          return answer;
        }
        tell(progress, answer);
        heard = System.nanoTime();
      } catch (ExecutionException | TimeoutException e) {
        // It is not there yet, or not any more, or the answer was lost.
        why = e;
        requireRunning(e);
        Thread.sleep(10);
      }
      if (System.nanoTime() - heard > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
        throw flink.failed(
            List.of(),
            "the job that holds rows does not answer: " + why,
            "Flink's own exception is the cause.",
            why);
      }
    }
  }

  private CoordinationResponse await(CompletableFuture<CoordinationResponse> asked)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    long start = System.nanoTime();
    while (true) {
      try {
        return asked.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        requireRunning(e);
        if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
          throw e;
        }
      }
    }
  }

  private void requireRunning(Exception cause) throws IOException, InterruptedException {
    if (!cluster.isRunning()) {
      throw flink.stopped(cause);
    }
    if (flink.hasEnded()) {
      flink.awaitEnd(() -> {});
      throw flink.failed(List.of(), "the job that holds rows has ended", "Hold them again.", cause);
    }
  }

  /** Ends it, if it has begun, and waits until no task is at work. */
  void stop() {
    Thread beating = heartbeat;
    if (beating != null) {
      beating.interrupt();
    }
    FlinkJob running = flink;
    if (running != null) {
      running.stop();
    }
  }

  void removeFiles() {
    RunFolder made = folder;
    if (made != null) {
      Scratch.delete(made);
    }
  }

  /** Where a cluster outlives the driver: so that the job does not. */
  private void reportDriver() {
    long patience = cluster.orphanedAfter().toMillis();
    if (patience > 0) {
      heartbeat = new Thread(() -> reportDriver(patience), HEARTBEAT);
      heartbeat.setDaemon(true);
      heartbeat.start();
    }
  }

  private void reportDriver(long patience) {
    try {
      while (!flink.hasEnded()) {
        cluster.reportDriver(flink.id(), System.currentTimeMillis() + patience);
        Thread.sleep(patience / 5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the rows have been let go of
    }
  }
}
