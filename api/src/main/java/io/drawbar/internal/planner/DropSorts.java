package io.drawbar.internal.planner;

import io.drawbar.internal.kernel.OutputOrder;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.internal.plan.Sort;

/** Drops sorts whose order nobody looks at. */
final class DropSorts implements Rule {
  @Override
  public LogicalPlan apply(LogicalPlan plan, OutputOrder order) {
    if (plan instanceof Sort sort && order == OutputOrder.FREE) {
      return apply(sort.input(), order);
    }
    if (plan.inputs().isEmpty()) {
      return plan;
    }
    OutputOrder below = Orders.below(plan, order);
    return plan.withInputs(plan.inputs().stream().map(input -> apply(input, below)).toList());
  }
}
