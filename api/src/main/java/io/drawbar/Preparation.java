package io.drawbar;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchBuilder;
import io.drawbar.column.BatchCodec;
import io.drawbar.error.DrawbarException;
import io.drawbar.expect.Expectation;
import io.drawbar.expect.UnmetExpectationsException;
import io.drawbar.expr.Expr;
import io.drawbar.expr.Functions;
import io.drawbar.internal.kernel.JoinStep;
import io.drawbar.internal.kernel.LookupStep;
import io.drawbar.internal.kernel.LowestRows;
import io.drawbar.internal.plan.Aggregation;
import io.drawbar.internal.plan.Cache;
import io.drawbar.internal.plan.Expect;
import io.drawbar.internal.plan.Filter;
import io.drawbar.internal.plan.Limit;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.internal.plan.Lookup;
import io.drawbar.internal.plan.Scan;
import io.drawbar.internal.plan.Sort;
import io.drawbar.internal.plan.Union;
import io.drawbar.internal.planner.Planner;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import io.drawbar.spi.MemoryLimitException;
import io.drawbar.spi.Source;
import io.drawbar.spi.Surveyed;
import io.drawbar.spi.Undeclared;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What has to be run before a plan can be: sources are surveyed, caches filled, tables of lookups
 * collected, and the bounds found at which units of sorted rows begin.
 */
final class Preparation extends PreparationWalk {
  /** A search that has come so far without success reads the rest at once. */
  private static final int MOST_PIECES = 1 << 16;

  private final JobRunner runner;
  private final Caches caches;

  /** How many bytes a table that travels with a program may have. */
  private final long mostTableBytes;

  Preparation(JobRunner runner, Caches caches, long memoryBytes) {
    this.runner = runner;
    this.caches = caches;
    mostTableBytes = memoryBytes / 8;
  }

  @Override
  LogicalPlan surveyed(Scan scan, Surveyed source) {
    Undeclared.Pass pass =
        new Undeclared.Pass() {
          @Override
          public <P extends Partial<P>> P over(Source looked, LeafKernel<P> kernel) {
            return runner.reduce(Scan.of(looked, scan.layout()), kernel);
          }
        };
    return scan.withSource(source.surveyed(scan.layout(), pass));
  }

  /**
   * Few rows of many need not read all: leaves are read from the front until there are enough,
   * which leaves being a matter of the data alone, so that an error beyond them is none anywhere.
   */
  @Override
  LogicalPlan firstLeaves(Limit limit, Scan scan) {
    int pieces = FirstLeaves.pieces(scan.source(), scan.layout());
    for (int count = 1; count < pieces && count < MOST_PIECES; count *= 8) {
      LogicalPlan few = limit.withInputs(List.of(over(limit.input(), count)));
      int found = runner.collectPrepared(few).stream().mapToInt(Batch::selected).sum();
      if (found == limit.rows()) {
        return few;
      }
    }
    return limit;
  }

  private static LogicalPlan over(LogicalPlan plan, int count) {
    if (plan instanceof Scan scan) {
      return scan.withSource(new FirstLeaves(scan.source(), count));
    }
    List<LogicalPlan> inputs = new ArrayList<>(plan.inputs());
    inputs.set(0, over(inputs.get(0), count));
    return plan.withInputs(inputs);
  }

  @Override
  LogicalPlan cached(Cache cache) {
    List<LogicalPlan> branches = Planner.branchesWithIds(withoutCaches(cache.input()));
    List<Source> kept = kept(cache);
    List<LogicalPlan> filled = new ArrayList<>();
    for (int branch = 0; branch < kept.size(); branch++) {
      filled.add(cache.filled(branches.get(branch), kept.get(branch), kept.size()));
    }
    return filled.size() == 1 ? filled.get(0) : new Union(filled);
  }

  /**
   * Filled by the first who wants it; a cache in a cache is the older one, so nobody waits in a
   * circle.
   */
  private List<Source> kept(Cache cache) {
    Caches.Kept kept = caches.get(cache.number());
    synchronized (kept) {
      if (kept.branches() == null) {
        kept.fill(fill(cache));
      }
      return kept.branches();
    }
  }

  /** A plan without the caches in it, which hide how many branches it has: keeping changes none. */
  private static LogicalPlan withoutCaches(LogicalPlan plan) {
    if (plan instanceof Cache cache) {
      return withoutCaches(cache.input());
    }
    return plan.inputs().isEmpty()
        ? plan
        : plan.withInputs(plan.inputs().stream().map(Preparation::withoutCaches).toList());
  }

  private List<Source> fill(Cache cache) {
    List<LogicalPlan> branches = Planner.branchesWithIds(prepare(cache.input(), Units.OBSERVED));
    checkUndivided(branches);
    List<Source> sources = new ArrayList<>();
    for (int branch = 0; branch < branches.size(); branch++) {
      LogicalPlan rows = branches.get(branch);
      String place = caches.folder(cache.number(), branch);
      runner.writePrepared(rows, caches.sink(place));
      sources.add(caches.source(place, rows.schema()));
    }
    return sources;
  }

  /** Branches are filled one by one, and nobody sees all of their rows together. */
  private static void checkUndivided(List<LogicalPlan> plans) {
    for (LogicalPlan plan : plans) {
      if (plan instanceof Expect expect
          && expect.isDivided()
          && expect.expectations().areOfAllRows()) {
        throw new DrawbarException(
            ("cache() of a union of which a number of rows or the newest time is expected: %s; call"
                    + " expect(...) on what cache() returns, or before the union")
                .formatted(expect.expectations()));
      }
      checkUndivided(plan.inputs());
    }
  }

  @Override
  LogicalPlan withUniqueKeys(Expect expect) {
    for (Expectation.Unique unique : expect.expectations().unique()) {
      String rows = "rows";
      while (unique.columns().contains(rows)) {
        rows += "'";
      }
      List<Expr> keys = unique.columns().stream().map(Functions::col).toList();
      LogicalPlan present = new Filter(expect.input(), unique.isPresent());
      LogicalPlan groups = Aggregation.of(present, keys, List.of(Functions.count().as(rows)));
      List<String> columns = new ArrayList<>(unique.columns());
      columns.add(rows);
      Duplicates found =
          runner.reducePrepared(
              new Filter(groups, Functions.col(rows).gt(1)), new Duplicates.Kernel(columns));
      if (found.keys() > 0) {
        throw new UnmetExpectationsException(
            String.format(
                Locale.ROOT,
                "%s: %,d rows share %,d %s; the most frequent:\n    %s",
                unique.describe(),
                found.rows(),
                found.keys(),
                found.keys() == 1 ? "key" : "keys",
                String.join("\n    ", found.shown())));
      }
    }
    return expect;
  }

  @Override
  Lookup withTable(Lookup lookup) {
    BatchBuilder table = new BatchBuilder(lookup.right().schema());
    for (Batch batch : runner.collectPrepared(lookup.right())) {
      for (int n = 0; n < batch.selected(); n++) {
        table.append(batch, batch.row(n));
      }
    }
    byte[] bytes = BatchCodec.encode(table.build(), 0);
    if (bytes.length > mostTableBytes) {
      throw new MemoryLimitException(
          ("lookup by %s: the table takes %s bytes, and one that travels with the program may take"
                  + " %s, an eighth of drawbar.memory; use leftJoin, which needs no copy of it")
              .formatted(lookup.keys(), bytes.length, mostTableBytes));
    }
    int[] keys = lookup.keys().stream().mapToInt(lookup.right().schema()::indexOf).toArray();
    LookupStep.checkUnique(new JoinStep.Side(lookup.right().schema(), keys), bytes);
    return lookup.withTable(bytes);
  }

  @Override
  Sort withBounds(Sort sort) {
    LowestRows.Rows lowest =
        runner.reduceBefore(sort.input(), new LowestRows(sort.input().schema()));
    byte[] bounds = lowest.bounds(Planner.orderOf(sort));
    if (bounds.length > mostTableBytes) {
      throw new MemoryLimitException(
          ("%s: the rows at which its parts begin take %s bytes, and may take %s, an eighth of"
                  + " drawbar.memory, for they go to every task; sort fewer columns, or raise it")
              .formatted(sort.describe(), bounds.length, mostTableBytes));
    }
    return sort.withBounds(bounds);
  }
}
