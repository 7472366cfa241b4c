package io.drawbar.internal.kernel;

import io.drawbar.iterate.Partial;
import io.drawbar.iterate.PartialForm;
import io.drawbar.spi.FrameOutput;
import io.drawbar.spi.TaskContext;
import java.io.IOException;

/** Sends one frame: the task's partial with its summary. */
final class ReduceOutbox<P extends Partial<P>> implements Outbox {
  private final TaskContext context;
  private final int stage;
  private final FrameOutput output;
  private P partial;

  ReduceOutbox(TaskContext context, int stage, FrameOutput output, PartialForm<P> form) {
    this.context = context;
    this.stage = stage;
    this.output = output;
    partial = form.identity();
  }

  /** Says what the frame is to hold; nothing, if the task fails before. */
  void partial(P total) {
    partial = total;
  }

  @Override
  public void end(TaskSummary summary) throws IOException {
    output.emit(
        0, ReducedFrame.ofTask(stage, context.task(), context.tasks(), summary, partial).toBytes());
  }
}
