package io.drawbar.internal.planner;

import io.drawbar.internal.kernel.OutputOrder;
import io.drawbar.internal.plan.Cache;
import io.drawbar.internal.plan.Identify;
import io.drawbar.internal.plan.Keyed;
import io.drawbar.internal.plan.Limit;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.internal.plan.Lookup;
import io.drawbar.internal.plan.Scan;

/** What steps have to do with the order of rows. */
final class Orders {
  private Orders() {}

  /**
   * Whether a step looks at the order of its inputs' rows, when somebody looks at its own or not.
   */
  static OutputOrder below(LogicalPlan plan, OutputOrder order) {
    if (plan instanceof Limit || plan instanceof Identify || plan instanceof Cache) {
      return OutputOrder.OBSERVED;
    }
    return plan instanceof Keyed ? OutputOrder.FREE : order;
  }

  /**
   * Whether the rows of a plan have an order: not, if they come straight from a source that has
   * none.
   */
  static boolean hasOrder(LogicalPlan plan) {
    if (plan instanceof Scan scan) {
      return scan.source().isOrdered() || scan.take() == Scan.Take.AS_ARRIVES;
    }
    return plan instanceof Keyed
        || plan instanceof Cache
        || plan instanceof Limit
        || plan.inputs().stream().limit(ordered(plan)).allMatch(Orders::hasOrder);
  }

  /** How many of its inputs a step takes its order from: of a lookup, the first. */
  private static int ordered(LogicalPlan plan) {
    return plan instanceof Lookup ? 1 : plan.inputs().size();
  }
}
