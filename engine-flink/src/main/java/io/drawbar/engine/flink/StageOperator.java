package io.drawbar.engine.flink;

import io.drawbar.spi.LeafInput;
import io.drawbar.spi.Split;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageTask;
import io.drawbar.spi.TaskContext;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.function.ThrowingRunnable;

/** Runs the tasks of a stage: one {@link StageTask} a subtask, fed with its splits or with frames. */
final class StageOperator extends AbstractStreamOperator<Tuple2<Integer, byte[]>>
    implements OneInputStreamOperator<Tuple2<Integer, byte[]>, Tuple2<Integer, byte[]>>,
        BoundedOneInput {
  private static final long serialVersionUID = 1;

  private final Stage stage;
  private final int receivers;
  private final int attempts;
  private final RunFolder folder;

  private transient StageTask task;

  StageOperator(Stage stage, int receivers, int attempts, RunFolder folder) {
    this.stage = stage;
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
              new TaskContext(
                  info.getIndexOfThisSubtask(),
                  info.getNumberOfParallelSubtasks(),
                  receivers,
                  Attempt.name(stage.id(), info));
          task =
              stage
                  .program()
                  .open(
                      context,
                      (receiver, frame) ->
                          output.collect(new StreamRecord<>(Tuple2.of(receiver, frame))));
        });
  }

  @Override
  public void processElement(StreamRecord<Tuple2<Integer, byte[]>> element) throws Exception {
    guard(
        () -> {
          if (stage.input() instanceof LeafInput) {
            String file = splitsFile(stage.id(), element.getValue().f0);
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
   * Everything is wrapped, errors too: Flink halts the whole JVM, here the user's, when an InternalError comes out of a
   * task. The wrapper also says which stage it was, and on a task's last attempt that no other may follow: Flink's
   * restart strategies count the failures of a job, not those of a task.
   */
  private void guard(ThrowingRunnable<Throwable> work) throws Exception {
    try {
      work.run();
    } catch (SuppressRestartsException e) {
      throw e;
    } catch (Throwable e) {
      TaskInfo info = getRuntimeContext().getTaskInfo();
      StageFailure failure = new StageFailure(stage, info, e);
      throw info.getAttemptNumber() + 1 < attempts ? failure : new SuppressRestartsException(failure);
    }
  }
}
