package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.TaskContext;
import java.io.IOException;
import java.util.List;

/**
 * The narrow steps of a stage, compiled, for batches that are handed over one at a time: what a
 * scorer runs. The steps are those of a task; only the last one, which sends rows away, is
 * replaced. For one thread at a time.
 */
public final class NarrowChain {
  private final Operator first;
  private Batch result;

  private NarrowChain(List<Step> steps) {
    TaskScope scope =
        new TaskScope(
            TaskContext.of(0, 1, 1, "score"),
            0,
            Spilling.BY_ENGINE,
            (receiver, frame) -> {
              throw new EngineException("a step of a scorer sends frames");
            });
    Operator next =
        new Ending() {
          @Override
          public void batch(Batch batch) {
            result = batch;
          }

          @Override
          public void endInput() {}
        };
    for (int i = steps.size() - 1; i >= 0; i--) {
      next = steps.get(i).open(scope, next);
    }
    first = next;
  }

  /**
   * Whether each row of a chain goes its way alone: no step waits, counts or looks at its place.
   */
  public static boolean isNarrow(StageChain chain) {
    return chain.feed() instanceof Feed.FromSource
        && narrow(chain).stream()
            .allMatch(
                step ->
                    step instanceof FilterStep
                        || step instanceof ProjectStep
                        || step instanceof UnnestStep
                        || step instanceof RecordStep);
  }

  private static List<Step> narrow(StageChain chain) {
    return chain.steps().subList(0, chain.steps().size() - 1);
  }

  /**
   * Compiles the steps of a chain but for its last.
   *
   * @param chain of which {@link #isNarrow} holds
   */
  public static NarrowChain of(StageChain chain) {
    return new NarrowChain(narrow(chain));
  }

  /** The columns that batches handed to {@link #apply} have, in this order. */
  public static List<String> columns(StageChain chain) {
    return ((Feed.FromSource) chain.feed()).columns();
  }

  /**
   * What the steps make of a batch; valid until the next call.
   *
   * @throws io.drawbar.expr.EvaluationException if an expression has no value for a row
   */
  public Batch apply(Batch batch) {
    result = null;
    try {
      first.batch(batch);
    } catch (IOException e) {
      throw new EngineException("a step of a scorer: " + e.getMessage(), e); // does no I/O
    }
    return result;
  }
}
