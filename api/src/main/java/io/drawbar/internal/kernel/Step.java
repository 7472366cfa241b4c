package io.drawbar.internal.kernel;

import java.io.Serializable;

/** A step of a stage as it is shipped: opens an {@link Operator} in each task. */
public interface Step extends Serializable {
  /**
   * Starts the step in a task.
   *
   * @param next takes its rows; null for the last step of a stage, which emits frames instead
   */
  Operator open(TaskScope scope, Operator next);

  /** The step in a line, for {@code explain()}. */
  String describe();
}
