package io.drawbar;

import io.drawbar.expect.Expectation;
import io.drawbar.internal.plan.Cache;
import io.drawbar.internal.plan.Expect;
import io.drawbar.internal.plan.Limit;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.internal.plan.Lookup;
import io.drawbar.internal.plan.Scan;
import io.drawbar.internal.plan.Sort;
import io.drawbar.spi.Surveyed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Says what {@link Preparation} would run, in which order and why; runs nothing. */
final class FirstRuns extends PreparationWalk {
  private final Caches caches;
  private final Set<Integer> filled = new HashSet<>();
  private final List<String> runs = new ArrayList<>();

  private FirstRuns(Caches caches) {
    this.caches = caches;
  }

  /** A section of {@code explain()}; empty if the plan can be run as it is. */
  static String explain(LogicalPlan plan, Units units, Caches caches) {
    FirstRuns walk = new FirstRuns(caches);
    walk.prepare(plan, units);
    StringBuilder text = new StringBuilder();
    for (String run : walk.runs) {
      text.append(text.isEmpty() ? "Run first\n" : "").append("  ").append(run).append('\n');
    }
    return text.toString();
  }

  @Override
  LogicalPlan surveyed(Scan scan, Surveyed source) {
    runs.add(source.survey());
    return scan;
  }

  @Override
  LogicalPlan cached(Cache cache) {
    if (!caches.isFilled(cache.number()) && filled.add(cache.number())) {
      prepare(cache.input(), Units.OBSERVED);
      runs.add(
          "fill cache %s with the rows of '%s', once a session"
              .formatted(cache.number(), cache.input().describe()));
    }
    return cache;
  }

  @Override
  LogicalPlan withTable(Lookup lookup) {
    runs.add(
        "collect the rows of '%s': '%s' takes them along to every task"
            .formatted(lookup.right().describe(), lookup.describe()));
    return lookup;
  }

  @Override
  LogicalPlan withUniqueKeys(Expect expect) {
    for (Expectation.Unique unique : expect.expectations().unique()) {
      runs.add(
          "exchange the rows of '%s' by key, to see that each key is there once: '%s'"
              .formatted(expect.input().describe(), unique.describe()));
    }
    return expect;
  }

  @Override
  LogicalPlan firstLeaves(Limit limit, Scan scan) {
    runs.add(
        "try the first leaf, then 8, 64 and so on, of '%s', if it has more than one: '%s' may be there"
            .formatted(scan.source().describe(), limit.describe()));
    return limit;
  }

  @Override
  LogicalPlan withBounds(Sort sort) {
    runs.add(
        "find the rows at which parts of '%s' begin: they depend on the data alone"
            .formatted(sort.describe()));
    return sort;
  }
}
