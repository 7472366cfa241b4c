package io.drawbar.engine.mapreduce;

import io.drawbar.spi.EngineException;
import io.drawbar.spi.FrameMerger;
import io.drawbar.spi.FrameOutput;
import io.drawbar.spi.Progress;
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

  /** After how many polls to look for failures and progress: a tenth of a second, a second. */
  private static final int LOCAL_LOOK_POLLS = 100;

  private static final int CLUSTER_LOOK_POLLS = 5;
  private static final int SECONDS_TO_END = 10;

  private final Hadoop hadoop;
  private final StageGraph graph;
  private final Configuration conf;
  private final LocalThreads threads;
  private final Progress progress;
  private final SortedMap<String, Long> counters = new TreeMap<>();

  GraphRun(Hadoop hadoop, LocalThreads threads, StageGraph graph, Progress progress) {
    this.progress = progress;
    this.hadoop = hadoop;
    this.threads = threads;
    this.graph = graph;
    this.conf = hadoop.forRun();
  }

  /** Runs the graph to its end; an interruption kills it. */
  RunResult call() throws Exception {
    try {
      return runJobs();
    } catch (IOException e) {
      throw EngineException.ofStages(
          MapReduceEngineFactory.NAME,
          List.of(),
          graph.name(),
          WorkFolder.rootOf(e).toString(),
          String.format(
              "If the cause is not plain, look at %s and at the settings under %s.",
              MapReduceKeys.SCRATCH_FOLDER.name(), MapReduceKeys.CONF.name()),
          e);
    }
  }

  private RunResult runJobs() throws Exception {
    WorkFolder folder = WorkFolder.create(conf, hadoop.scratchFolder());
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
    FrameOutput driver = (receiver, frame) -> frames.add(frame);
    FrameOutput taking =
        graph
            .terminal()
            .accept(
                new Terminal.Visitor<>() {
                  @Override
                  public FrameOutput collect(Terminal.Collect collect) {
                    return driver;
                  }

                  @Override
                  public FrameOutput commit(Terminal.Commit commit) {
                    return driver;
                  }

                  @Override
                  public FrameOutput reduce(Terminal.Reduce reduce) {
                    return merging(frames, reduce.merger());
                  }
                });
    for (Stage stage : graph.results()) {
      for (FileStatus file : FrameFiles.in(folder.files(), folder.frames(stage.id()))) {
        FrameFiles.read(conf, file.getPath(), taking);
      }
    }
    return frames;
  }

  private static FrameOutput merging(List<byte[]> frames, FrameMerger merger) {
    return (receiver, frame) -> {
      if (frames.isEmpty()) {
        frames.add(frame);
      } else {
        frames.set(0, merger.merge(frames.get(0), frame));
      }
    };
  }

  private void run(JobPlan plan, String name, WorkFolder folder) throws Exception {
    List<TaskSplit> splits = plan.splits(folder, hadoop.parallelism());
    Job job = job(plan, name, folder, splits);
    try {
      submit(job, splits);
      JobProgress stages = new JobProgress(progress, job, plan, splits);
      awaitEnd(job, stages, folder);
      if (!job.isSuccessful()) {
        throw failure(job, folder);
      }
      stages.end();
      count(counters, plan, job.getCounters());
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

  private void awaitEnd(Job job, JobProgress stages, WorkFolder folder)
      throws IOException, InterruptedException {
    int poll = hadoop.local() ? LOCAL_POLL_MILLIS : CLUSTER_POLL_MILLIS;
    int look = hadoop.local() ? LOCAL_LOOK_POLLS : CLUSTER_LOOK_POLLS;
    boolean complete = false;
    try {
      for (int polls = 1; !job.isComplete(); polls++) {
        Thread.sleep(poll);
        if (polls % look != 0) {
          continue;
        }
        stages.update();
        // The local runner would start all other tasks before it says that one has failed.
        if (hadoop.local() && folder.hasFailures()) {
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
      return EngineException.ofStages(
          MapReduceEngineFactory.NAME,
          List.of(stage),
          graph.name(),
          failure.cause() + " (" + failure.attempt() + ")",
          hadoop.local()
              ? "Hadoop's local runner tries a task once; run again if the cause may pass."
              : "Hadoop has tried it as often as mapreduce.{map,reduce}.maxattempts allow.",
          new TaskFailedException(failure.trace()));
    }
    JobStatus status = job.getStatus();
    return EngineException.ofStages(
        MapReduceEngineFactory.NAME,
        List.of(),
        job.getJobName(),
        String.format("the job ended as %s: %s", status.getState(), status.getFailureInfo()),
        hadoop.local()
            ? "The log has the cause, as a warning of org.apache.hadoop.mapred.LocalJobRunner."
            : "Its logs: " + job.getTrackingURL(),
        null);
  }

  /**
   * Adds what a job has counted.
   *
   * @param job null where nobody remembers it: a job that is over is in Hadoop's history, which may
   *     have forgotten it, or not know it yet
   */
  static void count(SortedMap<String, Long> counters, JobPlan plan, Counters job) {
    counters.merge("jobs", 1L, Long::sum);
    if (job == null) {
      return;
    }
    if (plan.receivers() > 0) {
      long bytes = job.findCounter(TaskCounter.REDUCE_SHUFFLE_BYTES).getValue();
      counters.put(RunResult.exchangeBytes(plan.last().id()), bytes);
    }
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
