package io.drawbar.engine.flink;

import java.util.UUID;
import org.apache.flink.api.common.TaskInfo;

/** Names attempts. */
final class Attempt {
  private Attempt() {}

  /**
   * Stage, task and Flink's number of the attempt for people; the rest because that number starts
   * again when a job master does.
   */
  static String name(int stage, TaskInfo info) {
    return stage
        + "-"
        + info.getIndexOfThisSubtask()
        + "-"
        + info.getAttemptNumber()
        + "-"
        + UUID.randomUUID();
  }
}
