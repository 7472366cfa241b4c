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
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.slf4j.LoggerFactory;

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
    RunOutcome outcome = RunOutcome.of(result.frames(), results(graph));
    List<Batch> rows = outcome.batches(plan.schema());
    report(graph, outcome.stages(), result);
    return rows;
  }

  <P extends Partial<P>> P reduce(LogicalPlan plan, LeafKernel<P> kernel) {
    StageGraph graph = Planner.plan(plan, new Observation.Fold(kernel)).graph();
    RunResult result = run(graph);
    RunOutcome.Reduced<P> reduced = RunOutcome.reduced(result.frames(), results(graph), kernel);
    report(graph, reduced.stages(), result);
    return reduced.partial();
  }

  RunReport write(LogicalPlan plan, Sink sink) {
    sink.check(plan.schema());
    CommitProtocol protocol = sink.commitProtocol(plan.schema());
    StageGraph graph = Planner.plan(plan, new Observation.Write(sink, protocol)).graph();
    protocol.begin();
    RunResult result;
    RunOutcome outcome;
    try {
      result = run(graph);
      outcome = RunOutcome.of(result.frames(), results(graph));
      protocol.commit(outcome.receipts());
    } catch (RuntimeException | Error e) {
      protocol.abort();
      throw e;
    }
    return report(graph, outcome.stages(), result);
  }

  private static List<Integer> results(StageGraph graph) {
    return graph.results().stream().map(Stage::id).toList();
  }

  private RunResult run(StageGraph graph) {
    checkShippable(graph);
    Run run = engine.run(graph);
    try {
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

  /** The run has ended well; what a listener makes of it does not change that. */
  private static void tell(RunListener listener, RunReport report) {
    try {
      listener.finished(report);
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(JobRunner.class).warn("a listener failed on the report of a run", e);
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
    listeners.forEach(listener -> tell(listener, report));
    return report;
  }
}
