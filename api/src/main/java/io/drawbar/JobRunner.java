package io.drawbar;

import io.drawbar.column.Batch;
import io.drawbar.error.DrawbarException;
import io.drawbar.internal.kernel.HeldSet;
import io.drawbar.internal.kernel.RowFrames;
import io.drawbar.internal.kernel.RunOutcome;
import io.drawbar.internal.kernel.Spilling;
import io.drawbar.internal.kernel.StageChain;
import io.drawbar.internal.kernel.StageReport;
import io.drawbar.internal.plan.Cache;
import io.drawbar.internal.plan.Expect;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.internal.planner.Observation;
import io.drawbar.internal.planner.Planner;
import io.drawbar.iterate.DataFingerprint;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.Exporter;
import io.drawbar.spi.HeldData;
import io.drawbar.spi.LeafInput;
import io.drawbar.spi.MemoryLimitException;
import io.drawbar.spi.Run;
import io.drawbar.spi.RunResult;
import io.drawbar.spi.Sink;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;

/** Plans, has the engine run, checks what comes back, commits, reports. */
final class JobRunner {
  private final Engine engine;
  private final List<RunListener> listeners;
  private final Caches caches;
  private final long memoryBytes;
  private final Spilling spilling;
  private final Preparation preparation;
  private final Planning planning;
  private final AtomicLong runs = new AtomicLong();

  /** Makes stages of a plan. */
  @FunctionalInterface
  interface Planning {
    Planner plan(LogicalPlan plan, Observation observation);
  }

  /** A run that begins: which of the session's it is, and when. */
  private record Start(long id, long nanos) {}

  JobRunner(
      Engine engine,
      List<RunListener> listeners,
      Caches caches,
      long memoryBytes,
      Spilling spilling,
      Planning planning) {
    this.engine = engine;
    this.listeners = listeners;
    this.caches = caches;
    this.memoryBytes = memoryBytes;
    this.spilling = spilling;
    this.planning = planning;
    preparation = new Preparation(this, caches, memoryBytes);
  }

  Holder holder(long gatherBytes) {
    return new Holder(this, preparation, caches, gatherBytes, memoryBytes, spilling);
  }

  /** Rows as objects, in order. */
  List<Row> collect(LogicalPlan plan) {
    LogicalPlan prepared = preparation.prepare(plan, Preparation.Units.FREE);
    Start start = start();
    try (Quarantines quarantines = quarantines(prepared, new Observation.Collect())) {
      StageGraph graph = quarantines.graph();
      RunResult result = run(graph, start);
      checkFits(result, graph, memoryBytes);
      RunOutcome outcome = RunOutcome.of(result.frames(), results(graph));
      quarantines.commit(outcome.stages(), outcome.quarantined());
      RunReport report = report(graph, outcome.stages(), result, start);
      CollectedRows rows = new CollectedRows(graph.name(), report.rowsOut(), bytes(result));
      outcome.each(plan.schema(), rows::add);
      return rows.all();
    }
  }

  <P extends Partial<P>> P reduce(LogicalPlan plan, LeafKernel<P> kernel) {
    return reducePrepared(preparation.prepare(plan, Preparation.Units.OBSERVED), kernel);
  }

  RunReport write(LogicalPlan plan, Sink sink) {
    sink.check(plan.schema());
    return writePrepared(preparation.prepare(plan, Preparation.Units.OBSERVED), sink);
  }

  /** How {@link #collect} would run. */
  String explain(LogicalPlan plan) {
    return FirstRuns.explain(plan, Preparation.Units.FREE, caches)
        + planning.plan(plan, new Observation.Collect()).explain();
  }

  /** How {@link #write} would run. */
  String explain(LogicalPlan plan, Sink sink) {
    sink.check(plan.schema());
    Observation write = new Observation.Write(sink, sink.commitProtocol(plan.schema()));
    return FirstRuns.explain(plan, Preparation.Units.OBSERVED, caches)
        + planning.plan(plan, write).explain();
  }

  List<Batch> collectPrepared(LogicalPlan plan) {
    Start start = start();
    try (Quarantines quarantines = quarantines(plan, new Observation.Collect())) {
      StageGraph graph = quarantines.graph();
      RunResult result = run(graph, start);
      checkFits(result, graph, memoryBytes);
      RunOutcome outcome = RunOutcome.of(result.frames(), results(graph));
      List<Batch> rows = outcome.batches(plan.schema());
      quarantines.commit(outcome.stages(), outcome.quarantined());
      report(graph, outcome.stages(), result, start);
      return rows;
    }
  }

  /** The blocks of some columns, in no particular order. */
  List<Batch> gatherPrepared(LogicalPlan plan, List<String> columns) {
    Start start = start();
    try (Quarantines quarantines = quarantines(plan, new Observation.Gather(columns))) {
      StageGraph graph = quarantines.graph();
      RunResult result = run(graph, start);
      // For a while they are here twice: as they came, and decoded.
      checkFits(result, graph, memoryBytes / 2);
      RunOutcome outcome = RunOutcome.of(result.frames(), results(graph));
      Schema schema = new Schema(columns.stream().map(plan.schema()::field).toList());
      List<Batch> blocks = outcome.batches(schema);
      quarantines.commit(outcome.stages(), outcome.quarantined());
      report(graph, outcome.stages(), result, start);
      return blocks;
    }
  }

  /**
   * Some columns of rows that the engine holds; empty if it holds none.
   *
   * @param known their fingerprint, if it has been found out before
   */
  Optional<Holding> holdPrepared(
      LogicalPlan plan, List<String> columns, Optional<DataFingerprint> known) {
    Start start = start();
    Observation.Hold hold = new Observation.Hold(columns, known.isPresent());
    StageGraph graph = graph(plan, hold);
    checkShippable(graph);
    Optional<HeldData> held = engine.hold(graph);
    if (held.isEmpty()) {
      return Optional.empty();
    }
    HeldData rows = held.get();
    try {
      RunResult result = await(rows.loading(), graph, start);
      RunOutcome.Reduced<HeldSet> all =
          RunOutcome.reduced(result.frames(), results(graph), new HeldSet.Form());
      BadRowLimits.check(graph, all.stages());
      report(graph, all.stages(), result, start);
      HeldSet set = known.map(all.partial()::withData).orElseGet(all::partial);
      return Optional.of(new Holding.ByEngine(rows, set));
    } catch (RuntimeException | Error e) {
      rows.close();
      throw e;
    }
  }

  <P extends Partial<P>> P reducePrepared(LogicalPlan plan, LeafKernel<P> kernel) {
    Start start = start();
    try (Quarantines quarantines = quarantines(plan, new Observation.Fold(kernel))) {
      RunResult result = run(quarantines.graph(), start);
      return reduced(quarantines, result, start, kernel);
    }
  }

  /** Reduces rows for a run that comes after it, and will read them, too: it takes the bad ones. */
  <P extends Partial<P>> P reduceBefore(LogicalPlan plan, LeafKernel<P> kernel) {
    Start start = start();
    StageGraph graph = graph(plan, new Observation.Fold(kernel));
    RunResult result = run(graph, start);
    RunOutcome.Reduced<P> reduced = RunOutcome.reduced(result.frames(), results(graph), kernel);
    BadRowLimits.check(graph, reduced.stages());
    report(graph, reduced.stages(), result, start);
    return reduced.partial();
  }

  private <P extends Partial<P>> P reduced(
      Quarantines quarantines, RunResult result, Start start, LeafKernel<P> kernel) {
    StageGraph graph = quarantines.graph();
    RunOutcome.Reduced<P> reduced = RunOutcome.reduced(result.frames(), results(graph), kernel);
    quarantines.commit(reduced.stages(), reduced.quarantined());
    report(graph, reduced.stages(), result, start);
    return reduced.partial();
  }

  RunReport writePrepared(LogicalPlan plan, Sink sink) {
    Start start = start();
    CommitProtocol protocol = sink.commitProtocol(plan.schema());
    try (Quarantines quarantines = quarantines(plan, new Observation.Write(sink, protocol))) {
      StageGraph graph = quarantines.graph();
      protocol.begin();
      RunResult result;
      RunOutcome outcome;
      try {
        result = run(graph, start);
        outcome = RunOutcome.of(result.frames(), results(graph));
        quarantines.commit(outcome.stages(), outcome.quarantined());
        protocol.commit(outcome.receipts());
      } catch (RuntimeException | Error e) {
        protocol.abort();
        throw e;
      }
      return report(graph, outcome.stages(), result, start);
    }
  }

  private Quarantines quarantines(LogicalPlan plan, Observation observation) {
    return Quarantines.of(graph(plan, observation));
  }

  <T> T export(LogicalPlan plan, Exporter<T> exporter) {
    checkExpectsNothing(plan);
    LogicalPlan prepared = preparation.prepare(plan, Preparation.Units.FREE);
    StageGraph graph = graph(prepared, new Observation.Collect());
    BadRowLimits.refuse(graph);
    checkShippable(graph);
    return exporter.export(engine, graph, new RowFrames(plan.schema()), run -> watch(graph, run));
  }

  /** Who hands rows over one by one cannot take them back in the end. */
  private static void checkExpectsNothing(LogicalPlan plan) {
    if (plan instanceof Expect) {
      throw new DrawbarException(
          ("export: '%s' is decided when all rows have been seen, and the engine has used them by"
                  + " then; export what cache() returns")
              .formatted(plan.describe()));
    }
    if (!(plan instanceof Cache)) {
      plan.inputs().forEach(JobRunner::checkExpectsNothing);
    }
  }

  /** Tells listeners of a run that somebody else waits for. */
  private void watch(StageGraph graph, Run run) {
    if (listeners.isEmpty()) {
      return;
    }
    Thread thread = new Thread(() -> await(graph, run), "drawbar-exported-run");
    thread.setDaemon(true);
    thread.start();
  }

  private void await(StageGraph graph, Run run) {
    Start start = start();
    RunResult result;
    try (ProgressWatch watch = ProgressWatch.of(listeners, start.id(), graph, run)) {
      result = run.await();
    } catch (EngineException | InterruptedException e) {
      return; // The program has heard of it from its engine.
    }
    RunOutcome.reports(result.frames(), results(graph))
        .ifPresent(stages -> report(graph, stages, result, start));
  }

  private static List<Integer> results(StageGraph graph) {
    return graph.results().stream().map(Stage::id).toList();
  }

  /** Rows as objects take several times what frames do; this is the least that they take. */
  private static void checkFits(RunResult result, StageGraph graph, long mostBytes) {
    long bytes = bytes(result);
    if (bytes > mostBytes) {
      throw new MemoryLimitException(
          ("the rows of '%s' take %s bytes, more than the %s that drawbar.memory allows: write them,"
                  + " or collect fewer with limit(...)")
              .formatted(graph.name(), bytes, mostBytes));
    }
  }

  private static long bytes(RunResult result) {
    return result.frames().stream().mapToLong(frame -> frame.length).sum();
  }

  private StageGraph graph(LogicalPlan plan, Observation observation) {
    return StageChain.within(spilling, planning.plan(plan, observation).graph());
  }

  private Start start() {
    return new Start(runs.incrementAndGet(), System.nanoTime());
  }

  private RunResult run(StageGraph graph, Start start) {
    checkShippable(graph);
    return await(engine.run(graph), graph, start);
  }

  private RunResult await(Run run, StageGraph graph, Start start) {
    try (ProgressWatch watch = ProgressWatch.of(listeners, start.id(), graph, run)) {
      return run.await();
    } catch (InterruptedException e) {
      run.cancel();
      awaitEnd(run);
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted while waiting for '" + graph.name() + "'", e);
    }
  }

  /** Tasks still at work would write into a folder that is about to go. */
  private static void awaitEnd(Run run) {
    try {
      run.await();
    } catch (EngineException e) {
      // It has been cancelled.
    } catch (InterruptedException e) {
      // Asked twice: whoever waits would rather have litter.
    }
  }

  /** Finds on any engine, also where nothing is shipped, what could not be shipped to a cluster. */
  private static void checkShippable(StageGraph graph) {
    for (Stage stage : graph.stages()) {
      try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
        out.writeObject(stage.program());
      } catch (IOException e) {
        throw new EngineException(
            "stage %s (%s) cannot be shipped to tasks: %s; make what it holds Serializable, or static"
                .formatted(stage.id(), stage.name(), e),
            e);
      }
    }
  }

  private RunReport report(
      StageGraph graph, SortedMap<Integer, StageReport> stages, RunResult result, Start start) {
    List<RunReport.StageCounts> counts = new ArrayList<>();
    for (Stage stage : graph.stages()) {
      StageReport report = stages.getOrDefault(stage.id(), new StageReport());
      boolean reads = stage.input() instanceof LeafInput;
      counts.add(
          new RunReport.StageCounts(
              stage.id(),
              stage.name(),
              reads ? RunReport.Feed.SOURCE : RunReport.Feed.EXCHANGE,
              report.tasks(),
              report.leaves(),
              report.blocks(),
              report.largestUnit(),
              report.rowsIn(),
              report.rowsBad(),
              report.rowsMended(),
              report.fieldsNulled(),
              report.rowsOut(),
              report.bytesRead(),
              report.framesOutOfOrder(),
              report.bytesSpilled(),
              report.runsSpilled()));
    }
    List<Integer> results = results(graph);
    RunReport report =
        new RunReport(
            start.id(),
            engine.capabilities().engine(),
            graph.name(),
            List.copyOf(counts),
            counts.stream()
                .filter(c -> results.contains(c.stage()))
                .mapToLong(RunReport.StageCounts::rowsOut)
                .sum(),
            result.counters(),
            Duration.ofNanos(System.nanoTime() - start.nanos()));
    listeners.forEach(listener -> ProgressWatch.safely(() -> listener.finished(report)));
    return report;
  }
}
