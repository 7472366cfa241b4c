package io.drawbar.testkit;

import io.drawbar.error.DrawbarException;
import io.drawbar.testkit.GeneratedPipeline.Terminal;
import java.util.ArrayList;
import java.util.List;

/** Makes a pipeline that fails smaller, for as long as it still fails, and reports it. */
final class Shrinking {
  /** Each try is a run on the engine under test. */
  private static final int MOST_TRIES = 80;

  private final PipelineCheck check;
  private int tries;
  private String difference;

  Shrinking(PipelineCheck check) {
    this.check = check;
  }

  /**
   * What is wrong with a pipeline, and a small program that shows it.
   *
   * @param found what is wrong with the pipeline as it is
   */
  String report(GeneratedPipeline pipeline, String found) {
    difference = found;
    GeneratedPipeline smallest = shrink(pipeline);
    return """
    random pipeline of seed %d fails (%d rows, %d steps, %s; parallelism %d, %s):
    %s
    its steps:%s

    The smallest that still fails has %d rows and %d steps (after %d tries):
    %s
    %s\
    """
        .formatted(
            pipeline.seed(),
            pipeline.source().entries().size(),
            pipeline.steps().size(),
            pipeline.terminal(),
            pipeline.parallelism(),
            pipeline.layout(),
            found,
            PipelineProgram.steps(pipeline.steps()),
            smallest.source().entries().size(),
            smallest.steps().size(),
            tries,
            difference,
            PipelineProgram.of(smallest));
  }

  private GeneratedPipeline shrink(GeneratedPipeline pipeline) {
    GeneratedPipeline smallest = shortestPrefix(pipeline);
    smallest = halved(smallest);
    smallest = withoutSteps(smallest);
    return withoutRows(halved(smallest));
  }

  private GeneratedPipeline shortestPrefix(GeneratedPipeline pipeline) {
    for (int length = 0; length <= pipeline.steps().size(); length++) {
      GeneratedPipeline prefix =
          pipeline.withSteps(pipeline.steps().subList(0, length)).withTerminal(Terminal.COLLECT);
      if (fails(prefix)) {
        return prefix;
      }
    }
    return pipeline;
  }

  private GeneratedPipeline withoutSteps(GeneratedPipeline pipeline) {
    GeneratedPipeline smallest = pipeline;
    for (int i = pipeline.steps().size() - 1; i >= 0; i--) {
      List<PipelineStep> fewer = new ArrayList<>(smallest.steps());
      fewer.remove(i);
      GeneratedPipeline candidate = smallest.withSteps(fewer);
      smallest = fails(candidate) ? candidate : smallest;
    }
    return smallest;
  }

  private GeneratedPipeline halved(GeneratedPipeline pipeline) {
    GeneratedPipeline smallest = pipeline;
    boolean smaller = true;
    while (smaller && smallest.source().entries().size() > 1) {
      smaller = false;
      for (int half = 0; half < 2 && !smaller; half++) {
        GeneratedPipeline candidate = smallest.withSource(smallest.source().half(half));
        if (fails(candidate)) {
          smallest = candidate;
          smaller = true;
        }
      }
    }
    return smallest;
  }

  private GeneratedPipeline withoutRows(GeneratedPipeline pipeline) {
    GeneratedPipeline smallest = pipeline;
    for (int i = pipeline.source().entries().size() - 1; i >= 0; i--) {
      GeneratedPipeline candidate = smallest.withSource(smallest.source().without(i));
      smallest = fails(candidate) ? candidate : smallest;
    }
    return smallest;
  }

  private boolean fails(GeneratedPipeline candidate) {
    if (tries >= MOST_TRIES || !isValid(candidate)) {
      return false;
    }
    tries++;
    String found = check.difference(candidate);
    difference = found == null ? difference : found;
    return found != null;
  }

  /** Whether the columns that steps use are still there, and of the right types. */
  private static boolean isValid(GeneratedPipeline candidate) {
    try {
      boolean folds = candidate.terminal() == Terminal.FOLD;
      return BlockFolds.columnOf(candidate.schema()).isPresent() || !folds;
    } catch (DrawbarException e) {
      return false;
    }
  }
}
