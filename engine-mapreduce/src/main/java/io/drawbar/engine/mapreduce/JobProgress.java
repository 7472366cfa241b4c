package io.drawbar.engine.mapreduce;

import io.drawbar.spi.Progress;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskInputOutputContext;

/**
 * How far the stages of a job have come. Tasks count their end in a counter of Hadoop's, which
 * gives those of one attempt of each task, also on the local runner, which keeps no task reports.
 */
final class JobProgress {

  private static final String GROUP = "drawbar.ended";

  private final Progress progress;
  private final Job job;
  private final int last;
  private final int receivers;

  /** By stage, how many tasks it has. */
  private final Map<Integer, Integer> tasks = new TreeMap<>();

  /** Of a job that has been submitted: its map tasks have begun. */
  JobProgress(Progress progress, Job job, JobPlan plan, Iterable<TaskSplit> splits) {
    this.progress = progress;
    this.job = job;
    last = plan.last().id();
    receivers = plan.receivers();
    for (TaskSplit split : splits) {
      if (!split.forwards()) {
        tasks.put(split.stage(), split.tasks());
      }
    }
    tasks.forEach(progress::begun);
  }

  /** In a task: it has ended well. */
  static void ended(TaskInputOutputContext<?, ?, ?, ?> context, int stage) {
    context.getCounter(GROUP, Integer.toString(stage)).increment(1);
  }

  /** Looks how far it has come. */
  void update() throws IOException {
    if (receivers > 0 && job.mapProgress() >= 1) {
      beginLast();
    }
    Counters counters = job.getCounters();
    if (counters != null) {
      tasks.forEach(
          (stage, count) -> {
            long ended = counters.findCounter(GROUP, stage.toString()).getValue();
            progress.ended(stage, count, (int) Math.min(ended, count));
          });
    }
  }

  /** The job has ended well. */
  void end() {
    if (receivers > 0) {
      beginLast();
    }
    tasks.forEach((stage, count) -> progress.ended(stage, count, count));
  }

  private void beginLast() {
    tasks.put(last, receivers);
    progress.begun(last, receivers);
  }
}
