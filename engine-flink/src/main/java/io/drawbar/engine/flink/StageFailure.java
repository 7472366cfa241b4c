package io.drawbar.engine.flink;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.util.SerializedThrowable;

/**
 * An attempt at a task of a stage failed. Its cause is in serialised form: any exception can be
 * sent like that.
 */
final class StageFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final int stage;

  StageFailure(int stage, TaskInfo info, int failures, Throwable cause) {
    super(
        "task %s of %s, failure %s"
            .formatted(info.getIndexOfThisSubtask(), info.getNumberOfParallelSubtasks(), failures),
        new SerializedThrowable(cause));
    this.stage = stage;
  }

  /**
   * An attempt of a reader of rows that are held.
   *
   * @param stage the id of the one it was reading for; negative if it was folding
   * @param when more words on what it was doing
   */
  StageFailure(int stage, TaskInfo info, String when, Throwable cause) {
    super(
        "task %s of %s%s"
            .formatted(info.getIndexOfThisSubtask(), info.getNumberOfParallelSubtasks(), when),
        new SerializedThrowable(cause));
    this.stage = stage;
  }

  /** The id of the stage. */
  int stage() {
    return stage;
  }

  /** What the task threw, or what can be told of it where its class is not known. */
  Throwable original(ClassLoader classes) {
    return ((SerializedThrowable) getCause()).deserializeError(classes);
  }
}
