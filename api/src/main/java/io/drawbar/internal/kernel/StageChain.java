package io.drawbar.internal.kernel;

import io.drawbar.spi.FrameOutput;
import io.drawbar.spi.StageProgram;
import io.drawbar.spi.StageTask;
import io.drawbar.spi.TaskContext;
import java.util.List;

/**
 * The program of a stage: a feed and the steps that its rows are pushed through.
 *
 * @param stage the stage's id
 * @param steps the last one emits frames
 */
public record StageChain(int stage, Feed feed, List<Step> steps) implements StageProgram {
  public StageChain {
    steps = List.copyOf(steps);
  }

  @Override
  public StageTask open(TaskContext context, FrameOutput output) {
    TaskScope scope = new TaskScope(context, stage, output);
    Operator first = null;
    for (int i = steps.size() - 1; i >= 0; i--) {
      first = steps.get(i).open(scope, first);
    }
    return new ChainTask(feed, scope, first);
  }
}
