package io.drawbar.engine.flink;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.util.SerializedThrowable;

/**
 * An attempt at a task of a stage failed. Its cause is in serialised form: any exception can be
 * sent like that.
 */
final class StageFailure extends Exception {
  private static final long serialVersionUID = 1;

  StageFailure(int stage, String name, TaskInfo info, int failures, Throwable cause) {
    super(
        "stage %s '%s', task %s of %s, failure %s"
            .formatted(
                stage,
                name,
                info.getIndexOfThisSubtask(),
                info.getNumberOfParallelSubtasks(),
                failures),
        new SerializedThrowable(cause));
  }

  /** What the task threw, or what can be told of it where its class is not known. */
  Throwable original(ClassLoader classes) {
    return ((SerializedThrowable) getCause()).deserializeError(classes);
  }
}
