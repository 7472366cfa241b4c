package io.drawbar.internal.planner;

import io.drawbar.internal.kernel.OutputOrder;
import io.drawbar.internal.plan.Expect;
import io.drawbar.internal.plan.Identify;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.internal.plan.Lookup;
import io.drawbar.internal.plan.Narrow;
import io.drawbar.internal.plan.Union;
import java.util.ArrayList;
import java.util.List;

/**
 * Does narrow steps in each branch of a union, so that unions are left only where rows are
 * exchanged or looked at: each branch is then a stage of its own.
 */
final class HoistUnions implements Rule {
  @Override
  public LogicalPlan apply(LogicalPlan plan, OutputOrder order) {
    List<LogicalPlan> inputs = plan.inputs().stream().map(input -> apply(input, order)).toList();
    if (plan instanceof Union) {
      return flat(inputs);
    }
    if (inputs.isEmpty()) {
      return plan;
    }
    // Numbers among equals are given where all equals are: after the union.
    boolean isNarrow = plan instanceof Narrow && !(plan instanceof Identify);
    if (!isNarrow || !(inputs.get(0) instanceof Union union)) {
      return plan.withInputs(inputs);
    }
    List<LogicalPlan> branches = new ArrayList<>();
    LogicalPlan step = plan instanceof Expect expect ? expect.divided() : plan;
    for (LogicalPlan branch : union.inputs()) {
      branches.add(
          step instanceof Lookup
              ? step.withInputs(List.of(branch, inputs.get(1)))
              : step.withInputs(List.of(branch)));
    }
    return flat(branches);
  }

  private static LogicalPlan flat(List<LogicalPlan> inputs) {
    List<LogicalPlan> branches = new ArrayList<>();
    for (LogicalPlan input : inputs) {
      branches.addAll(input instanceof Union union ? union.inputs() : List.of(input));
    }
    return new Union(branches);
  }
}
