package io.drawbar.internal.plan;

import io.drawbar.error.DrawbarException;
import io.drawbar.expr.SampleSide;
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
    implements Narrow, OneInput {
  public Sample {
    if (!(share >= 0 && share <= 1)) {
      throw new DrawbarException("a share is from 0 to 1, not " + share);
    }
  }

  @Override
  public LogicalPlan over(LogicalPlan other) {
    return new Sample(other, share, seed, side);
  }

  @Override
  public String describe() {
    String what = side == SampleSide.WITHIN ? "a share of %s" : "all but a share of %s";
    return String.format(Locale.ROOT, what + " by row id, seed %s", share, seed);
  }
}
