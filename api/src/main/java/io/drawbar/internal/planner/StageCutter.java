package io.drawbar.internal.planner;

import io.drawbar.expr.Alias;
import io.drawbar.expr.Explode;
import io.drawbar.expr.Expr;
import io.drawbar.internal.kernel.AggregateSpec;
import io.drawbar.internal.kernel.CollectStep;
import io.drawbar.internal.kernel.Feed;
import io.drawbar.internal.kernel.FilterStep;
import io.drawbar.internal.kernel.FinalAggregateStep;
import io.drawbar.internal.kernel.FoldStep;
import io.drawbar.internal.kernel.PartNames;
import io.drawbar.internal.kernel.PartialAggregateStep;
import io.drawbar.internal.kernel.ProjectStep;
import io.drawbar.internal.kernel.Reduction;
import io.drawbar.internal.kernel.StageChain;
import io.drawbar.internal.kernel.Step;
import io.drawbar.internal.kernel.UnnestStep;
import io.drawbar.internal.kernel.WriteStep;
import io.drawbar.internal.plan.Aggregation;
import io.drawbar.internal.plan.Filter;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.internal.plan.Outputs;
import io.drawbar.internal.plan.Project;
import io.drawbar.internal.plan.Scan;
import io.drawbar.internal.plan.Unnest;
import io.drawbar.spi.ExchangeInput;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafInput;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.StageInput;
import io.drawbar.spi.Terminal;
import io.drawbar.spi.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Fuses narrow steps into stages and cuts where rows must meet others of their key. */
final class StageCutter {
  /** A stage being put together. */
  private record Draft(Feed feed, StageInput input, Layout layout, List<Step> steps) {}

  private final List<Stage> stages = new ArrayList<>();

  private StageCutter() {}

  static StageGraph cut(LogicalPlan plan, Observation observation) {
    StageCutter cutter = new StageCutter();
    boolean writes = observation instanceof Observation.Write;
    Draft last = cutter.draft(plan, writes);
    last.steps().add(lastStep(plan, observation, last));
    cutter.close(last);
    return new StageGraph("drawbar " + name(plan), cutter.stages, terminal(observation));
  }

  private static Step lastStep(LogicalPlan plan, Observation observation, Draft last) {
    if (observation instanceof Observation.Write write) {
      PartNames parts =
          last.feed() instanceof Feed.FromSource ? PartNames.BY_LEAF : PartNames.BY_HASH;
      return new WriteStep(write.sink(), write.protocol(), parts, plan.schema());
    }
    return observation instanceof Observation.Fold fold
        ? new FoldStep<>(fold.kernel())
        : new CollectStep(plan.schema());
  }

  private static Terminal terminal(Observation observation) {
    if (observation instanceof Observation.Write write) {
      return new Terminal.Commit(write.sink().describe());
    }
    return observation instanceof Observation.Fold fold
        ? new Terminal.Reduce(Reduction.mergerOf(fold.kernel()))
        : new Terminal.Collect();
  }

  static String describe(Terminal terminal) {
    if (terminal instanceof Terminal.Commit commit) {
      return "commit to " + commit.target();
    }
    return terminal instanceof Terminal.Reduce ? "merge the partials" : "order by unit";
  }

  private static String name(LogicalPlan plan) {
    LogicalPlan leaf = plan;
    while (!leaf.inputs().isEmpty()) {
      leaf = leaf.inputs().get(0);
    }
    return ((Scan) leaf).source().describe();
  }

  private int close(Draft draft) {
    int id = stages.size();
    String name = draft.steps().stream().map(Step::describe).collect(Collectors.joining("; "));
    if (draft.feed() instanceof Feed.FromSource source) {
      name = "read " + source.source().describe() + "; " + name;
    }
    stages.add(new Stage(id, name, draft.input(), new StageChain(id, draft.feed(), draft.steps())));
    return id;
  }

  /**
   * The stage that a plan's rows come out of.
   *
   * @param writes whether the rows are written without another exchange: tasks then own whole parts
   */
  private Draft draft(LogicalPlan plan, boolean writes) {
    if (plan instanceof Scan scan) {
      StageInput input = new LeafInput(scan.source(), scan.layout(), writes ? PartNames.LEAVES : 1);
      Feed feed = new Feed.FromSource(scan.source(), scan.layout(), scan.columns());
      return new Draft(feed, input, scan.layout(), new ArrayList<>());
    }
    if (plan instanceof Aggregation aggregation) {
      return draft(aggregation, writes);
    }
    LogicalPlan input = plan.inputs().get(0);
    Draft draft = draft(input, writes);
    if (plan instanceof Filter filter) {
      draft.steps().add(new FilterStep(filter.condition(), input.schema()));
    } else if (plan instanceof Project project) {
      draft.steps().add(new ProjectStep(project.outputs(), input.schema(), plan.schema()));
    } else {
      draft.steps().add(unnest((Unnest) plan));
    }
    return draft;
  }

  private static Step unnest(Unnest plan) {
    List<Expr> outputs = new ArrayList<>(plan.outputs());
    int exploded = 0;
    while (!Outputs.isExplode(outputs.get(exploded))) {
      exploded++;
    }
    Explode explode = (Explode) Outputs.unnamed(outputs.get(exploded));
    outputs.set(exploded, new Alias(explode.list(), outputs.get(exploded).name()));
    return new UnnestStep(outputs, exploded, plan.input().schema(), plan.schema());
  }

  private Draft draft(Aggregation aggregation, boolean writes) {
    LogicalPlan input = aggregation.input();
    AggregateSpec spec =
        new AggregateSpec(
            aggregation.keys(), aggregation.aggregates(), input.schema(), aggregation.schema());
    int granules = writes ? PartNames.HASH_PARTS : Unit.HASH_UNITS;
    granules = aggregation.keys().isEmpty() ? 1 : granules;
    Draft producer = draft(input, false);
    producer.steps().add(PartialAggregateStep.of(spec, granules));
    List<Integer> from = List.of(close(producer));
    List<Step> steps = new ArrayList<>();
    steps.add(new FinalAggregateStep(spec, producer.layout().blockRows()));
    return new Draft(
        new Feed.FromFrames(from, spec.partial()),
        new ExchangeInput(from, granules),
        producer.layout(),
        steps);
  }
}
