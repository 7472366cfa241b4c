package io.drawbar.engine.flink;

import io.drawbar.spi.EngineException;
import io.drawbar.spi.SpillFolder;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageProgram;
import io.drawbar.spi.StageTask;
import io.drawbar.spi.TaskContext;
import java.io.File;
import java.io.IOException;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.execution.CancelTaskException;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Runs the tasks of a stage: one {@link StageTask} a subtask.
 *
 * @param <T> what it is fed with
 */
final class StageOperator<T> extends AbstractStreamOperator<Tuple2<Integer, byte[]>>
    implements OneInputStreamOperator<T, Tuple2<Integer, byte[]>>, BoundedOneInput {
  private static final long serialVersionUID = 1;

  /** The accumulator that sums the attempts of all tasks. */
  static final String ATTEMPTS = "drawbar.attempts";

  private final int stage;
  private final Feed<T> feed;
  private final StageProgram program;
  private final int receivers;
  private final int attempts;
  private final RunFolder folder;

  private transient StageTask task;
  private transient boolean failed;

  StageOperator(Stage stage, Feed<T> feed, int receivers, int attempts, RunFolder folder) {
    // Not the stage itself: its input is the driver's, and may hold the data.
    this.stage = stage.id();
    this.feed = feed;
    this.program = stage.program();
    this.receivers = receivers;
    this.attempts = attempts;
    this.folder = folder;
    // The default of the base class would put a queue between the source and its work.
    this.chainingStrategy = ChainingStrategy.ALWAYS;
  }

  @Override
  public void open() throws Exception {
    super.open();
    refuseCheckpoints();
    guard(
        () -> {
          TaskInfo info = getRuntimeContext().getTaskInfo();
          feed.open(info.getIndexOfThisSubtask());
          TaskContext context =
              TaskContext.of(
                      info.getIndexOfThisSubtask(),
                      info.getNumberOfParallelSubtasks(),
                      receivers,
                      Attempt.name(stage, info))
                  .withMemoryBytes(memoryBytes(taskManager()))
                  .withSpillFolder(
                      spillFolder(
                          getContainingTask().getEnvironment(), info.getIndexOfThisSubtask()));
          task =
              program.open(
                  context,
                  (receiver, frame) ->
                      output.collect(new StreamRecord<>(Tuple2.of(receiver, frame))));
        });
  }

  /** In a program's own job that streams: a task starts anew or not at all. */
  private void refuseCheckpoints() {
    if (getContainingTask().getConfiguration().isCheckpointingEnabled()) {
      throw new SuppressRestartsException(
          new EngineException(
              "rows of a Drawbar dataset cannot be part of a checkpoint: run this job in batch mode"
                  + " (environment.setRuntimeMode(RuntimeExecutionMode.BATCH)), or without"
                  + " checkpoints"));
    }
  }

  /** One of Flink's own folders on this machine, in turn, for what has no room in memory. */
  static SpillFolder spillFolder(Environment environment, int task) {
    File[] folders = environment.getIOManager().getSpillingDirectories();
    return SpillFolder.at(folders[task % folders.length].getPath());
  }

  private Configuration taskManager() {
    return getContainingTask().getEnvironment().getTaskManagerInfo().getConfiguration();
  }

  private static long memoryBytes(Configuration taskManager) {
    int slots = taskManager.get(TaskManagerOptions.NUM_TASK_SLOTS);
    return memoryBytes(taskManager, Runtime.getRuntime().maxMemory(), slots);
  }

  /**
   * What a task may hold: what Flink sets aside for tasks, at most half of the heap, divided by the
   * tasks that run at a time.
   */
  static long memoryBytes(Configuration taskManager, long heap, int slots) {
    long tasks =
        taskManager
            .getOptional(TaskManagerOptions.TASK_HEAP_MEMORY)
            .map(MemorySize::getBytes)
            .orElse(heap);
    return Math.max(1, Math.min(tasks, heap / 2) / slots);
  }

  @Override
  public void processElement(StreamRecord<T> element) throws Exception {
    guard(() -> feed.take(task, element.getValue()));
  }

  @Override
  public void endInput() throws Exception {
    guard(
        () -> {
          feed.end(task);
          task.endInput();
        });
    getRuntimeContext()
        .getLongCounter(ATTEMPTS)
        .add(getRuntimeContext().getTaskInfo().getAttemptNumber() + 1L);
  }

  @Override
  public void close() throws Exception {
    if (task != null) {
      guard(() -> task.close());
    }
    super.close();
  }

  /*
   * Everything is wrapped, errors too: Flink halts the whole JVM, here the user's, when an
   * InternalError comes out of a task. What a task throws because it is being cancelled is no
   * failure of its own.
   */
  private void guard(ThrowingRunnable<Throwable> work) throws Exception {
    try {
      work.run();
    } catch (Throwable e) {
      if (getContainingTask().isCanceled()) {
        throw new CancelTaskException(e);
      }
      throw failure(e);
    }
  }

  /*
   * Our own count of the failures of each task, in the run's folder. Flink's restart strategies
   * count those of a job, and its attempt number counts, too, how often a task was stopped because
   * another one had failed: when one fails, all that have not finished and feed the same consumers
   * start again.
   */
  private Exception failure(Throwable cause) throws IOException {
    if (attempts == JobSettings.UNCOUNTED) {
      return cause instanceof Exception exception ? exception : new IOException(cause);
    }
    if (failed) {
      // Flink closes an operator that has failed, and that may fail, too.
      return new IOException(cause);
    }
    failed = true;
    TaskInfo info = getRuntimeContext().getTaskInfo();
    int failures = folder.countFailure(stage, info.getIndexOfThisSubtask());
    StageFailure failure = new StageFailure(stage, info, failures, cause);
    return failures < attempts ? failure : new SuppressRestartsException(failure);
  }
}
