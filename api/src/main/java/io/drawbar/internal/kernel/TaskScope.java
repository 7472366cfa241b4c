package io.drawbar.internal.kernel;

import io.drawbar.spi.TaskContext;

/**
 * What the operators of a task share: who they are, where frames go, and where in the data they
 * stand.
 */
final class TaskScope {
  final TaskContext context;
  final int stage;
  final Outbox outbox;
  final StageReport report = new StageReport();

  /** The unit and block being worked on, for the position of an error. */
  long unit;

  long block;

  TaskScope(TaskContext context, int stage, Outbox outbox) {
    this.context = context;
    this.stage = stage;
    this.outbox = outbox;
  }
}
