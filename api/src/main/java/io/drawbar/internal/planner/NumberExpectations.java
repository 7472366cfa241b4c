package io.drawbar.internal.planner;

import io.drawbar.internal.kernel.OutputOrder;
import io.drawbar.internal.plan.Expect;
import io.drawbar.internal.plan.LogicalPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers what is expected, as it stands in the plan: a step that is done in each branch of a union
 * is then still one, and the same step at two places is two.
 */
final class NumberExpectations implements Rule {
  @Override
  public LogicalPlan apply(LogicalPlan plan, OutputOrder order) {
    return numbered(plan, new int[1]);
  }

  private static LogicalPlan numbered(LogicalPlan plan, int[] next) {
    if (plan.inputs().isEmpty()) {
      return plan;
    }
    int number = next[0];
    next[0] += plan instanceof Expect ? 1 : 0;
    List<LogicalPlan> inputs = new ArrayList<>();
    for (LogicalPlan input : plan.inputs()) {
      inputs.add(numbered(input, next));
    }
    LogicalPlan whole = plan.withInputs(inputs);
    return whole instanceof Expect expect ? expect.numbered(number) : whole;
  }
}
