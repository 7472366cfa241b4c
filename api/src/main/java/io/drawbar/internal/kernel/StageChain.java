package io.drawbar.internal.kernel;

import io.drawbar.spi.FrameOutput;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.StageProgram;
import io.drawbar.spi.StageTask;
import io.drawbar.spi.TaskContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The program of a stage: a feed and the steps that its rows are pushed through.
 *
 * @param stage the stage's id
 * @param steps the last one emits frames
 * @param spilling when and where its tasks put down what has no room
 */
public record StageChain(int stage, Feed feed, List<Step> steps, Spilling spilling)
    implements StageProgram {
  public StageChain {
    steps = List.copyOf(steps);
  }

  /** A program whose tasks put down what has no room when and where the engine says. */
  public StageChain(int stage, Feed feed, List<Step> steps) {
    this(stage, feed, steps, Spilling.BY_ENGINE);
  }

  /** A graph whose tasks put down what has no room when and where configuration says. */
  public static StageGraph within(Spilling spilling, StageGraph graph) {
    List<Stage> stages = new ArrayList<>();
    for (Stage stage : graph.stages()) {
      StageChain chain = (StageChain) stage.program();
      StageChain other = new StageChain(chain.stage, chain.feed, chain.steps, spilling);
      stages.add(new Stage(stage.id(), stage.name(), stage.input(), other));
    }
    return new StageGraph(graph.name(), stages, graph.terminal());
  }

  @Override
  public StageTask open(TaskContext context, FrameOutput output) {
    TaskScope scope = new TaskScope(context, stage, spilling, output);
    Operator first = null;
    for (int i = steps.size() - 1; i >= 0; i--) {
      first = steps.get(i).open(scope, first);
    }
    return new ChainTask(feed, scope, first);
  }
}
