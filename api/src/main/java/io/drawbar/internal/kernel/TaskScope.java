package io.drawbar.internal.kernel;

import io.drawbar.iterate.Partial;
import io.drawbar.iterate.PartialForm;
import io.drawbar.spi.FrameOutput;
import io.drawbar.spi.TaskContext;
import java.io.IOException;

/**
 * What the operators of a task share: who they are, where frames go, and where in the data they
 * stand.
 */
final class TaskScope {
  final TaskContext context;
  final int stage;
  final StageReport report = new StageReport();
  final TaskMemory memory;
  private final FrameOutput output;
  private Outbox outbox;

  /** The unit and block being worked on, for the position of an error. */
  long unit;

  long block;

  /** The rows that stay with the task, if any do. */
  HeldRows held;

  /** The header of the frame at hand, in a stage that is fed with frames. */
  Envelope frame;

  /** Its length. */
  int frameBytes;

  TaskScope(TaskContext context, int stage, FrameOutput output) {
    this.context = context;
    this.stage = stage;
    this.output = output;
    memory = new TaskMemory(context, stage);
  }

  /** The outbox of a last step that sends frames of rows; asked for once, when the step opens. */
  ExchangeOutbox rowOutbox() {
    ExchangeOutbox made = new ExchangeOutbox(context, stage, output);
    outbox = made;
    return made;
  }

  /** The outbox of a last step that folds; asked for once, when the step opens. */
  <P extends Partial<P>> ReduceOutbox<P> partialOutbox(PartialForm<P> form) {
    ReduceOutbox<P> made = new ReduceOutbox<>(context, stage, output, form);
    outbox = made;
    return made;
  }

  /** Ends the task. */
  void end(TaskSummary summary) throws IOException {
    outbox.end(summary);
  }
}
