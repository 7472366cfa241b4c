package io.drawbar.engine.mapreduce;

import io.drawbar.spi.EngineException;
import io.drawbar.spi.RunResult;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.Terminal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobCounter;
import org.apache.hadoop.mapreduce.JobStatus;
import org.apache.hadoop.mapreduce.TaskCounter;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A graph on its way through Hadoop: job after job, in a working folder. */
final class GraphRun {

  private static final Logger LOG = LoggerFactory.getLogger(GraphRun.class);
  private static final int LOCAL_POLL_MILLIS = 1;
  private static final int CLUSTER_POLL_MILLIS = 200;
  private static final int FAILURE_POLL_MILLIS = 100;
  private static final int SECONDS_TO_END = 10;

  private final Hadoop hadoop;
  private final StageGraph graph;
  private final Configuration conf;
  private final LocalThreads threads;
  private final SortedMap<String, Long> counters = new TreeMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean started;

  GraphRun(Hadoop hadoop, LocalThreads threads, StageGraph graph) {
    this.hadoop = hadoop;
    this.threads = threads;
    this.graph = graph;
    this.conf = hadoop.forRun();
  }

  /** Runs the graph to its end; an interruption kills it. */
  RunResult call() throws Exception {
    started = true;
    try {
      return runJobs();
    } catch (IOException e) {
      throw new EngineException(
          String.format(
              "engine mapreduce could not run '%s': %s. If the cause is not plain, look at %s and"
                  + " at the settings under %s.",
              graph.name(),
              WorkFolder.rootOf(e),
              MapReduceKeys.STAGING_DIR.name(),
              MapReduceKeys.CONF.name()),
          e);
    } finally {
      ended.countDown();
    }
  }

  boolean hasEnded() {
    return ended.getCount() == 0;
  }

  /** Waits for the end of a run that was cancelled, for a while. */
  void awaitEnd() {
    try {
      if (started && !ended.await(2 * SECONDS_TO_END, TimeUnit.SECONDS)) {
        LOG.warn("tasks of '{}' are still running; they ignore interruptions", graph.name());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RunResult runJobs() throws Exception {
    WorkFolder folder = WorkFolder.create(conf, hadoop.stagingFolder());
    try {
      if (hadoop.local()) {
        // Spills, the shuffle and submission, which leaves a folder behind for each job.
        String scratch = folder.path().toUri().getPath() + "/tmp";
        conf.set("hadoop.tmp.dir", scratch);
        conf.set("mapreduce.jobtracker.staging.root.dir", scratch + "/staging");
      }
      for (Stage stage : graph.stages()) {
        folder.store(stage.id(), stage.program());
      }
      List<JobPlan> plans = JobPlan.of(graph, hadoop.parallelism());
      for (int i = 0; i < plans.size(); i++) {
        run(
            plans.get(i),
            String.format("%s (%s of %s)", graph.name(), i + 1, plans.size()),
            folder);
      }
      return new RunResult(frames(folder), counters);
    } finally {
      cleanUp(folder);
    }
  }

  /** Removes the folder, also for a thread that is interrupted; does not hide a failure. */
  private void cleanUp(WorkFolder folder) {
    boolean interrupted = Thread.interrupted();
    try {
      if (hadoop.local()) {
        threads.await(SECONDS_TO_END);
      }
      folder.delete();
    } catch (IOException | InterruptedException e) {
      LOG.warn("the working folder {} of '{}' is left behind", folder.path(), graph.name(), e);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private List<byte[]> frames(WorkFolder folder) throws IOException {
    List<byte[]> frames = new ArrayList<>();
    for (Stage stage : graph.results()) {
      for (FileStatus file : FrameFiles.in(folder.files(), folder.frames(stage.id()))) {
        FrameFiles.read(conf, file.getPath(), (receiver, frame) -> add(frames, frame));
      }
    }
    return frames;
  }

  private void add(List<byte[]> frames, byte[] frame) {
    if (graph.terminal() instanceof Terminal.Reduce reduce && !frames.isEmpty()) {
      frames.set(0, reduce.merger().merge(frames.get(0), frame));
    } else {
      frames.add(frame);
    }
  }

  private void run(JobPlan plan, String name, WorkFolder folder) throws Exception {
    List<TaskSplit> splits = plan.splits(folder, hadoop.parallelism());
    Job job = job(plan, name, folder, splits);
    try {
      submit(job, splits);
      awaitEnd(job, folder);
      if (!job.isSuccessful()) {
        throw failure(job, folder);
      }
      count(plan, job.getCounters());
    } finally {
      job.close();
    }
  }

  private Job job(JobPlan plan, String name, WorkFolder folder, List<TaskSplit> splits)
      throws IOException {
    Job job = Job.getInstance(conf, name);
    plan.describeTo(job);
    FileOutputFormat.setOutputPath(job, folder.frames(plan.last().id()));
    int receivers = graph.receivers(plan.last(), hadoop.parallelism());
    job.getConfiguration().setInt(StageAttempt.RECEIVERS, receivers);
    long largest = splits.stream().mapToLong(TaskSplit::getLength).max().orElse(0);
    hadoop.sizeSortBuffer(job.getConfiguration(), largest);
    if (!hadoop.local()) {
      if (hadoop.jar().isEmpty()) {
        job.setJarByClass(MapReduceEngine.class);
      } else {
        job.setJar(hadoop.jar());
      }
    }
    return job;
  }

  private void submit(Job job, List<TaskSplit> splits) throws Exception {
    threads.call(
        () -> {
          TaskSplit.Input.SUBMITTED.set(splits);
          job.submit();
          return null;
        });
  }

  private void awaitEnd(Job job, WorkFolder folder) throws IOException, InterruptedException {
    int poll = hadoop.local() ? LOCAL_POLL_MILLIS : CLUSTER_POLL_MILLIS;
    boolean complete = false;
    try {
      for (int polls = 1; !job.isComplete(); polls++) {
        Thread.sleep(poll);
        // The local runner would start all other tasks before it says that one has failed.
        if (hadoop.local() && polls % FAILURE_POLL_MILLIS == 0 && folder.hasFailures()) {
          job.killJob();
          threads.await(SECONDS_TO_END);
          break;
        }
      }
      complete = true;
    } finally {
      if (!complete) {
        job.killJob();
      }
    }
  }

  private EngineException failure(Job job, WorkFolder folder)
      throws IOException, InterruptedException {
    Optional<WorkFolder.Failure> left = folder.failure();
    if (left.isPresent()) {
      WorkFolder.Failure failure = left.get();
      Stage stage = graph.stages().get(failure.stage());
      return new EngineException(
          String.format(
              "engine mapreduce: stage %s '%s' of '%s' failed in %s: %s. %s",
              stage.id(),
              stage.name(),
              graph.name(),
              failure.attempt(),
              failure.cause(),
              hadoop.local()
                  ? "Hadoop's local runner tries a task once; run again if the cause may pass."
                  : "Hadoop has tried it as often as mapreduce.{map,reduce}.maxattempts allow."),
          new TaskFailedException(failure.trace()));
    }
    JobStatus status = job.getStatus();
    return new EngineException(
        String.format(
            "engine mapreduce: the job '%s' ended as %s: %s. %s",
            job.getJobName(),
            status.getState(),
            status.getFailureInfo(),
            hadoop.local()
                ? "The log has the cause, as a warning of org.apache.hadoop.mapred.LocalJobRunner."
                : "Its logs: " + job.getTrackingURL()));
  }

  private void count(JobPlan plan, Counters job) {
    if (plan.receivers() > 0) {
      long bytes = job.findCounter(TaskCounter.REDUCE_SHUFFLE_BYTES).getValue();
      counters.put("exchange." + plan.last().id() + ".bytes", bytes);
    }
    counters.merge("jobs", 1L, Long::sum);
    for (TaskCounter counter : TaskCounter.values()) {
      counters.merge(counter.name(), job.findCounter(counter).getValue(), Long::sum);
    }
    for (JobCounter counter : JobCounter.values()) {
      counters.merge(counter.name(), job.findCounter(counter).getValue(), Long::sum);
    }
  }

  /** The stack trace of a task, as text: it may have been in another JVM. */
  private static final class TaskFailedException extends Exception {
    private static final long serialVersionUID = 1;

    TaskFailedException(String trace) {
      super(trace, null, false, false);
    }
  }
}
