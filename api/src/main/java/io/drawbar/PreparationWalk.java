package io.drawbar;

import io.drawbar.internal.plan.Cache;
import io.drawbar.internal.plan.Expect;
import io.drawbar.internal.plan.Keyed;
import io.drawbar.internal.plan.Limit;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.internal.plan.Lookup;
import io.drawbar.internal.plan.Narrow;
import io.drawbar.internal.plan.Scan;
import io.drawbar.internal.plan.Sort;
import io.drawbar.spi.Surveyed;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the steps of a plan for which something has to be run before the plan can be, from its
 * inputs up. {@link Preparation} runs it, {@link FirstRuns} only says so.
 */
abstract class PreparationWalk {
  /** More rows than these are looked for everywhere. */
  private static final int MOST_FIRST_ROWS = 1 << 16;

  /** Who looks at the units of a plan's rows. */
  enum Units {
    OBSERVED,
    FREE
  }

  /** What is made of a scan that has to be looked at first. */
  abstract LogicalPlan surveyed(Scan scan, Surveyed source);

  /** What is made of a cache; its input has not been walked. */
  abstract LogicalPlan cached(Cache cache);

  /** What is made of a lookup. */
  abstract LogicalPlan withTable(Lookup lookup);

  /**
   * What is made of a limit that may not need all leaves.
   *
   * @param scan what is below it, but for narrow steps
   */
  abstract LogicalPlan firstLeaves(Limit limit, Scan scan);

  /** What is made of a sort the units of whose rows are looked at. */
  abstract LogicalPlan withBounds(Sort sort);

  /** What is made of a step that expects keys to be unique. */
  abstract LogicalPlan withUniqueKeys(Expect expect);

  /** The plan with what is made of its steps. */
  final LogicalPlan prepare(LogicalPlan plan, Units units) {
    if (plan instanceof Cache cache) {
      return cached(cache);
    }
    if (plan instanceof Scan scan && scan.source() instanceof Surveyed source) {
      return source.survey().isEmpty() ? scan : surveyed(scan, source);
    }
    if (plan.inputs().isEmpty()) {
      return plan;
    }
    boolean isBoundary = plan instanceof Keyed || plan instanceof Limit;
    Units below = isBoundary ? Units.FREE : units;
    List<LogicalPlan> inputs = new ArrayList<>();
    for (LogicalPlan input : plan.inputs()) {
      boolean isTable = plan instanceof Lookup && !inputs.isEmpty();
      inputs.add(prepare(input, isTable ? Units.FREE : below));
    }
    LogicalPlan prepared = plan.withInputs(inputs);
    if (prepared instanceof Lookup lookup) {
      return withTable(lookup);
    }
    if (prepared instanceof Expect expect && !expect.expectations().unique().isEmpty()) {
      return withUniqueKeys(expect);
    }
    if (prepared instanceof Limit limit && limit.rows() <= MOST_FIRST_ROWS) {
      Scan scan = scanBelow(limit.input());
      return scan == null ? limit : firstLeaves(limit, scan);
    }
    return prepared instanceof Sort sort && units == Units.OBSERVED ? withBounds(sort) : prepared;
  }

  /**
   * The scan below narrow steps, if that is all there is. A source without order has no first
   * leaves, also where its rows are taken as they arrive: many cannot even be cut on the driver.
   */
  private static Scan scanBelow(LogicalPlan plan) {
    if (plan instanceof Scan scan) {
      return scan.source().isOrdered() ? scan : null;
    }
    // What is expected is expected of all rows.
    boolean isOfEach = plan instanceof Narrow && !(plan instanceof Expect);
    return isOfEach ? scanBelow(plan.inputs().get(0)) : null;
  }
}
