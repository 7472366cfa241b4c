package io.drawbar;

import io.drawbar.column.Batch;
import io.drawbar.internal.kernel.RunOutcome;
import io.drawbar.internal.kernel.StageReport;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.internal.planner.Observation;
import io.drawbar.internal.planner.Planner;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.Run;
import io.drawbar.spi.RunResult;
import io.drawbar.spi.Sink;
import io.drawbar.spi.StageGraph;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Plans, has the engine run, checks what comes back, commits, reports. */
final class JobRunner {
  private final Engine engine;
  private final List<RunListener> listeners;
  private final long start = System.nanoTime();

  JobRunner(Engine engine, List<RunListener> listeners) {
    this.engine = engine;
    this.listeners = listeners;
  }

  List<Batch> collect(LogicalPlan plan) {
    StageGraph graph = Planner.plan(plan, new Observation.Collect()).graph();
    RunResult result = run(graph);
    RunOutcome outcome = RunOutcome.of(result.frames(), graph.last().id());
    report(graph, outcome.stages(), result);
    return outcome.batches(plan.schema());
  }

  <P extends Partial<P>> P reduce(LogicalPlan plan, LeafKernel<P> kernel) {
    StageGraph graph = Planner.plan(plan, new Observation.Fold(kernel)).graph();
    RunResult result = run(graph);
    RunOutcome.Reduced<P> reduced = RunOutcome.reduced(result.frames(), kernel);
    report(graph, reduced.stages(), result);
    return reduced.partial();
  }

  RunReport write(LogicalPlan plan, Sink sink) {
    sink.check(plan.schema());
    CommitProtocol protocol = sink.commitProtocol();
    StageGraph graph = Planner.plan(plan, new Observation.Write(sink, protocol)).graph();
    protocol.begin();
    try {
      RunResult result = run(graph);
      RunOutcome outcome = RunOutcome.of(result.frames(), graph.last().id());
      protocol.commit(outcome.receipts());
      return report(graph, outcome.stages(), result);
    } catch (RuntimeException | Error e) {
      protocol.abort();
      throw e;
    }
  }

  private RunResult run(StageGraph graph) {
    Run run = engine.run(graph);
    try {
      return run.await();
    } catch (InterruptedException e) {
      run.cancel();
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted while waiting for '" + graph.name() + "'", e);
    }
  }

  private RunReport report(
      StageGraph graph, SortedMap<Integer, StageReport> stages, RunResult result) {
    List<RunReport.StageCounts> counts = new ArrayList<>();
    stages.forEach(
        (id, s) ->
            counts.add(
                new RunReport.StageCounts(
                    id,
                    s.tasks(),
                    s.leaves(),
                    s.blocks(),
                    s.rowsIn(),
                    s.rowsOut(),
                    s.bytesRead(),
                    s.framesOutOfOrder())));
    RunReport report =
        new RunReport(
            engine.capabilities().engine(),
            graph.name(),
            List.copyOf(counts),
            result.counters(),
            Duration.ofNanos(System.nanoTime() - start));
    listeners.forEach(listener -> listener.finished(report));
    return report;
  }
}
