package io.drawbar;

import io.drawbar.column.Batch;
import io.drawbar.expr.ColumnRef;
import io.drawbar.expr.Expr;
import io.drawbar.internal.kernel.GatheredRows;
import io.drawbar.internal.kernel.Spilling;
import io.drawbar.internal.plan.Cache;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.internal.plan.Narrow;
import io.drawbar.internal.plan.Project;
import io.drawbar.internal.plan.Scan;
import io.drawbar.internal.plan.Union;
import io.drawbar.iterate.DataFingerprint;
import io.drawbar.iterate.FingerprintKernel;
import io.drawbar.spi.Layout;
import io.drawbar.spi.MemoryLimitException;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.type.Schema;
import java.util.List;
import java.util.Optional;

/**
 * Decides where rows are held. Little data comes to this process, by its size alone; else the
 * engine keeps it near its workers; and where an engine keeps nothing, or rows have to be computed
 * first, they are put down as a cache of the session's. No result depends on which it is.
 */
final class Holder {
  private final JobRunner runner;
  private final Preparation preparation;
  private final Caches caches;
  private final long gatherBytes;
  private final long memoryBytes;
  private final Spilling spilling;

  Holder(
      JobRunner runner,
      Preparation preparation,
      Caches caches,
      long gatherBytes,
      long memoryBytes,
      Spilling spilling) {
    this.runner = runner;
    this.preparation = preparation;
    this.caches = caches;
    this.gatherBytes = gatherBytes;
    this.memoryBytes = memoryBytes;
    this.spilling = spilling;
  }

  /** Holds some columns of a plan's rows. */
  Holding hold(LogicalPlan plan, List<String> columns, Layout layout) {
    List<Expr> kept = columns.stream().<Expr>map(ColumnRef::new).toList();
    LogicalPlan some = Project.of(plan, kept);
    LogicalPlan prepared = preparation.prepare(some, Preparation.Units.OBSERVED);
    Optional<Holding> gathered = gather(prepared, columns);
    if (gathered.isPresent()) {
      return gathered.get();
    }
    if (isRead(prepared)) {
      Optional<Holding> held = hold(prepared, columns);
      if (held.isPresent() || isKept(prepared)) {
        return held.orElseGet(() -> byRuns(prepared, columns));
      }
    }
    return holdKept(some, columns, layout);
  }

  /** In this process, if there is little to read. */
  private Optional<Holding> gather(LogicalPlan prepared, List<String> columns) {
    if (bytes(prepared, gatherBytes) > gatherBytes) {
      return Optional.empty();
    }
    try {
      List<Batch> blocks = runner.gatherPrepared(prepared, columns);
      Schema schema = new Schema(columns.stream().map(prepared.schema()::field).toList());
      return Optional.of(
          new Holding.Gathered(GatheredRows.of(schema, blocks, memoryBytes, spilling)));
    } catch (MemoryLimitException e) {
      // Rows were more than the bytes they are read from let one think: with many workers then.
      return Optional.empty();
    }
  }

  /** About how many bytes have to be read; counted until there are more than asked for. */
  private static long bytes(LogicalPlan plan, long most) {
    if (plan instanceof Scan scan) {
      // Many a source without order cannot be cut on the driver.
      return scan.source().isOrdered() ? bytes(scan.source(), scan.layout()) : Long.MAX_VALUE;
    }
    if (plan instanceof Cache cache && cache.kept().isPresent()) {
      return bytes(cache.kept().get(), cache.layout());
    }
    long bytes = 0;
    for (LogicalPlan input : plan.inputs()) {
      if (bytes <= most) {
        bytes = bytes + Math.min(bytes(input, most), Long.MAX_VALUE - bytes);
      }
    }
    return bytes;
  }

  private static long bytes(Source source, Layout layout) {
    return source.splits(layout, 1, 1).stream().mapToLong(Split::bytes).sum();
  }

  /**
   * Whether rows come as they are read: an engine that reads them again gets the same. It may do so
   * when the run is over, and bad rows have nowhere to go any more.
   */
  private static boolean isRead(LogicalPlan plan) {
    if (plan instanceof Scan scan) {
      return scan.source().isOrdered() && scan.source().tolerance().quarantine().isEmpty();
    }
    boolean passes = plan instanceof Narrow || plan instanceof Union;
    return passes
        ? plan.inputs().stream().allMatch(Holder::isRead)
        : plan instanceof Cache cache && cache.kept().isPresent();
  }

  /** Whether rows are read from caches alone. */
  private static boolean isKept(LogicalPlan plan) {
    return plan.inputs().isEmpty()
        ? plan instanceof Cache
        : plan.inputs().stream().allMatch(Holder::isKept);
  }

  /** What has been computed may be little, whatever it was computed from. */
  private Holding holdKept(LogicalPlan some, List<String> columns, Layout layout) {
    int number = caches.add();
    boolean isHeld = false;
    try {
      LogicalPlan kept =
          preparation.prepare(Cache.of(some, number, layout), Preparation.Units.OBSERVED);
      Optional<Holding> gathered = gather(kept, columns);
      if (gathered.isPresent()) {
        return gathered.get();
      }
      Holding holding = hold(kept, columns).orElseGet(() -> byRuns(kept, columns));
      isHeld = true;
      return new Holding.Kept(holding, () -> caches.drop(number));
    } finally {
      if (!isHeld) {
        caches.drop(number);
      }
    }
  }

  /** With the engine; what a cache has been found to be is not found out again. */
  private Optional<Holding> hold(LogicalPlan prepared, List<String> columns) {
    Optional<Caches.Kept> kept = cacheOf(prepared);
    Optional<DataFingerprint> known = kept.flatMap(cache -> cache.fingerprint(columns));
    Optional<Holding> held = runner.holdPrepared(prepared, columns, known);
    held.ifPresent(rows -> kept.ifPresent(cache -> cache.remember(columns, rows.data())));
    return held;
  }

  /** The cache that a plan reads some columns of, as they are. */
  private Optional<Caches.Kept> cacheOf(LogicalPlan plan) {
    LogicalPlan read = plan;
    while (read instanceof Project project
        && project.outputs().stream().allMatch(ColumnRef.class::isInstance)) {
      read = project.input();
    }
    boolean isAll = read instanceof Cache cache && cache.branches() == 1;
    return isAll ? Optional.of(caches.get(((Cache) read).number())) : Optional.empty();
  }

  private Holding byRuns(LogicalPlan kept, List<String> columns) {
    Optional<Caches.Kept> cache = cacheOf(kept);
    DataFingerprint data =
        cache
            .flatMap(some -> some.fingerprint(columns))
            .orElseGet(() -> runner.reducePrepared(kept, new FingerprintKernel(columns)));
    cache.ifPresent(some -> some.remember(columns, data));
    return new Holding.ByRuns(runner, kept, data);
  }
}
