package io.drawbar.spi;

import java.io.Serializable;

/** The code of a stage, shipped to its tasks. */
public interface StageProgram extends Serializable {
  /**
   * Starts a task.
   *
   * @param context which task it is
   * @param output where its frames go
   */
  StageTask open(TaskContext context, FrameOutput output);
}
