package io.drawbar.internal.planner;

import io.drawbar.internal.kernel.OutputOrder;
import io.drawbar.internal.plan.Arrange;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.internal.plan.Lookup;
import io.drawbar.internal.plan.Union;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts rows in the order of their content where order is looked at and their source has none: as
 * late as can be, so that only what is left of them, and only the columns looked at, are moved.
 */
final class ArrangeUnordered implements Rule {
  @Override
  public LogicalPlan apply(LogicalPlan plan, OutputOrder order) {
    if (plan instanceof Union) {
      return plan.withInputs(plan.inputs().stream().map(input -> apply(input, order)).toList());
    }
    if (order == OutputOrder.OBSERVED && !Orders.hasOrder(plan)) {
      return new Arrange(within(plan, OutputOrder.FREE));
    }
    return within(plan, order);
  }

  private LogicalPlan within(LogicalPlan plan, OutputOrder order) {
    if (plan.inputs().isEmpty()) {
      return plan;
    }
    OutputOrder below = Orders.below(plan, order);
    List<LogicalPlan> inputs = new ArrayList<>();
    for (LogicalPlan input : plan.inputs()) {
      boolean isTable = plan instanceof Lookup && !inputs.isEmpty();
      inputs.add(isTable ? input : apply(input, below));
    }
    return plan.withInputs(inputs);
  }
}
