package io.drawbar.engine.mapreduce;

import io.drawbar.spi.FrameOutput;
import io.drawbar.spi.Split;
import io.drawbar.spi.StageProgram;
import io.drawbar.spi.StageTask;
import io.drawbar.spi.TaskContext;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.Partitioner;
import org.apache.hadoop.mapreduce.Reducer;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskInputOutputContext;

/** A task of a stage inside a task of Hadoop's. */
final class StageAttempt {

  /** In a job's configuration: the stage that its reduce tasks run. */
  static final String REDUCE_STAGE = "drawbar.reduce.stage";

  /** In a job's configuration: how many tasks the frames that it writes are divided among. */
  static final String RECEIVERS = "drawbar.receivers";

  /** What an attempt does. */
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  /** What a task is fed. */
  private interface Feed {
    void into(StageTask task) throws IOException, InterruptedException;
  }

  private StageAttempt() {}

  /** Runs a task of a stage that reads leaves, or forwards a file of frames. */
  static final class Map extends Mapper<Object, Object, IntWritable, Frame> {
    @Override
    public void run(Context context) throws IOException, InterruptedException {
      TaskSplit split = (TaskSplit) context.getInputSplit();
      if (split.forwards()) {
        Configuration conf = context.getConfiguration();
        int stage = conf.getInt(REDUCE_STAGE, -1);
        reporting(context, stage, () -> FrameFiles.read(conf, split.file(), output(context)));
      } else {
        reporting(context, split.stage(), () -> runStage(split, context));
      }
    }

    private static void runStage(TaskSplit split, Context context)
        throws IOException, InterruptedException {
      int receivers = Math.max(1, context.getNumReduceTasks());
      String attempt = context.getTaskAttemptID().toString();
      StageAttempt.runStage(
          context,
          split.stage(),
          TaskContext.of(split.task(), split.tasks(), receivers, attempt),
          task -> {
            for (Split each : split.splits()) {
              stopIfInterrupted();
              context.progress();
              task.split(each);
            }
          });
    }
  }

  /** Sends a frame to the reduce task that it is addressed to. */
  static final class ToReceiver extends Partitioner<IntWritable, Frame> {
    @Override
    public int getPartition(IntWritable receiver, Frame frame, int receivers) {
      return receiver.get();
    }
  }

  /** Runs a task of a stage that takes frames, also when there are none for it. */
  static final class Reduce extends Reducer<IntWritable, Frame, IntWritable, Frame> {
    @Override
    public void run(Context context) throws IOException, InterruptedException {
      int stage = context.getConfiguration().getInt(REDUCE_STAGE, -1);
      reporting(context, stage, () -> runStage(stage, context));
    }

    private static void runStage(int stage, Context context)
        throws IOException, InterruptedException {
      int receivers = context.getConfiguration().getInt(RECEIVERS, 1);
      int number = context.getTaskAttemptID().getTaskID().getId();
      String attempt = context.getTaskAttemptID().toString();
      StageAttempt.runStage(
          context,
          stage,
          TaskContext.of(number, context.getNumReduceTasks(), receivers, attempt),
          task -> {
            while (context.nextKey()) {
              for (Frame frame : context.getValues()) {
                stopIfInterrupted();
                task.frame(frame.bytes());
              }
            }
          });
    }
  }

  private static void runStage(
      TaskInputOutputContext<?, ?, IntWritable, Frame> context,
      int stage,
      TaskContext which,
      Feed feed)
      throws IOException, InterruptedException {
    StageProgram program = WorkFolder.of(context.getConfiguration()).program(stage);
    long memory = Hadoop.taskMemory(context.getConfiguration());
    try (StageTask task = program.open(which.withMemoryBytes(memory), output(context))) {
      feed.into(task);
      task.endInput();
    }
    JobProgress.ended(context, stage);
  }

  private static void reporting(TaskAttemptContext context, int stage, Work work)
      throws IOException, InterruptedException {
    try {
      work.run();
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      WorkFolder.of(context.getConfiguration()).report(context.getTaskAttemptID(), stage, e);
      throw e;
    }
  }

  private static FrameOutput output(TaskInputOutputContext<?, ?, IntWritable, Frame> context) {
    IntWritable key = new IntWritable();
    Frame value = new Frame();
    return (receiver, frame) -> {
      stopIfInterrupted();
      key.set(receiver);
      value.set(frame);
      try {
        context.write(key, value);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the job was killed");
      }
    };
  }

  /** The local runner kills a job by interrupting its threads and nothing else. */
  private static void stopIfInterrupted() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("the job was killed");
    }
  }
}
