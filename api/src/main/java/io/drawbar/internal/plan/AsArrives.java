package io.drawbar.internal.plan;

/** Whether rows of sources without order are taken in the order of their arrival. */
public final class AsArrives {
  private AsArrives() {}

  /** A plan whose rows are taken as they come, wherever its sources have no order. */
  public static LogicalPlan of(LogicalPlan plan) {
    if (plan instanceof Scan scan) {
      return scan.asArrives();
    }
    // What is kept is in order: a cache filled with rows as they come would give others later.
    return plan.inputs().isEmpty() || plan instanceof Cache
        ? plan
        : plan.withInputs(plan.inputs().stream().map(AsArrives::of).toList());
  }

  /** Whether there is a source without order whose rows a plan takes as they come. */
  public static boolean isIn(LogicalPlan plan) {
    return plan instanceof Scan scan
            && scan.take() == Scan.Take.AS_ARRIVES
            && !scan.source().isOrdered()
        || plan.inputs().stream().anyMatch(AsArrives::isIn);
  }
}
