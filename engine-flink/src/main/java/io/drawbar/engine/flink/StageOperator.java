package io.drawbar.engine.flink;

import io.drawbar.spi.LeafInput;
import io.drawbar.spi.Split;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageProgram;
import io.drawbar.spi.StageTask;
import io.drawbar.spi.TaskContext;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.execution.CancelTaskException;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Runs the tasks of a stage: one {@link StageTask} a subtask, fed with its splits or with frames.
 */
final class StageOperator extends AbstractStreamOperator<Tuple2<Integer, byte[]>>
    implements OneInputStreamOperator<Tuple2<Integer, byte[]>, Tuple2<Integer, byte[]>>,
        BoundedOneInput {
  private static final long serialVersionUID = 1;

  private final int stage;
  private final String name;
  private final boolean readsSplits;
  private final StageProgram program;
  private final int receivers;
  private final int attempts;
  private final RunFolder folder;

  private transient StageTask task;
  private transient boolean failed;

  StageOperator(Stage stage, int receivers, int attempts, RunFolder folder) {
    // Not the stage itself: its input is the driver's, and may hold the data.
    this.stage = stage.id();
    this.name = stage.name();
    this.readsSplits = stage.input() instanceof LeafInput;
    this.program = stage.program();
    this.receivers = receivers;
    this.attempts = attempts;
    this.folder = folder;
    // The default of the base class would put a queue between the source and its work.
    this.chainingStrategy = ChainingStrategy.ALWAYS;
  }

  /** The name of the file that has the splits of a task. */
  static String splitsFile(int stage, int task) {
    return "splits-" + stage + "-" + task;
  }

  @Override
  public void open() throws Exception {
    super.open();
    guard(
        () -> {
          TaskInfo info = getRuntimeContext().getTaskInfo();
          TaskContext context =
              TaskContext.of(
                  info.getIndexOfThisSubtask(),
                  info.getNumberOfParallelSubtasks(),
                  receivers,
                  Attempt.name(stage, info));
          task =
              program.open(
                  context,
                  (receiver, frame) ->
                      output.collect(new StreamRecord<>(Tuple2.of(receiver, frame))));
        });
  }

  @Override
  public void processElement(StreamRecord<Tuple2<Integer, byte[]>> element) throws Exception {
    guard(
        () -> {
          if (readsSplits) {
            String file = splitsFile(stage, element.getValue().f0);
            List<Split> splits = folder.get(file, getUserCodeClassloader());
            for (Split split : splits) {
              task.split(split);
            }
          } else {
            task.frame(element.getValue().f1);
          }
        });
  }

  @Override
  public void endInput() throws Exception {
    guard(() -> task.endInput());
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
    if (failed) {
      // Flink closes an operator that has failed, and that may fail, too.
      return new IOException(cause);
    }
    failed = true;
    TaskInfo info = getRuntimeContext().getTaskInfo();
    int failures = folder.countFailure(stage, info.getIndexOfThisSubtask());
    StageFailure failure = new StageFailure(stage, name, info, failures, cause);
    return failures < attempts ? failure : new SuppressRestartsException(failure);
  }
}
