package io.drawbar.internal.plan;

import io.drawbar.error.DrawbarException;
import io.drawbar.expr.SampleSide;
import io.drawbar.type.Schema;
import java.util.List;
import java.util.Locale;

/**
 * The rows whose ids hash into a share of all, or into the rest: two samples with one seed divide
 * the rows between them.
 *
 * @param share from 0 to 1
 * @param seed which rows
 * @param side within the share, or beyond it
 */
public record Sample(LogicalPlan input, double share, long seed, SampleSide side)
    implements Narrow {
  public Sample {
    if (!(share >= 0 && share <= 1)) {
      throw new DrawbarException("a share is from 0 to 1, not " + share);
    }
  }

  @Override
  public Schema schema() {
    return input.schema();
  }

  @Override
  public List<LogicalPlan> inputs() {
    return List.of(input);
  }

  @Override
  public LogicalPlan withInputs(List<LogicalPlan> inputs) {
    return new Sample(inputs.get(0), share, seed, side);
  }

  @Override
  public String describe() {
    String what = side == SampleSide.WITHIN ? "a share of %s" : "all but a share of %s";
    return String.format(Locale.ROOT, what + " by row id, seed %s", share, seed);
  }
}
