package io.drawbar.internal.planner;

import io.drawbar.internal.kernel.OutputOrder;
import io.drawbar.internal.plan.LogicalPlan;

/**
 * A rewrite that changes neither a row of the result nor whether there is an error; of several
 * errors another may be met first, on all engines the same.
 */
interface Rule {
  /**
   * Rewrites a plan.
   *
   * @param order whether the order of the plan's rows is looked at
   */
  LogicalPlan apply(LogicalPlan plan, OutputOrder order);
}
