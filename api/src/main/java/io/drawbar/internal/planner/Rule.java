package io.drawbar.internal.planner;

import io.drawbar.internal.plan.LogicalPlan;

/** A rewrite that changes neither a row nor an error of the result. */
interface Rule {
  LogicalPlan apply(LogicalPlan plan);
}
