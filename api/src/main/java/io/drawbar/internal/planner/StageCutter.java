package io.drawbar.internal.planner;

import io.drawbar.expr.Aggregate;
import io.drawbar.expr.AggregateFunction;
import io.drawbar.expr.ExprTypes;
import io.drawbar.expr.JoinKind;
import io.drawbar.expr.SortKey.Direction;
import io.drawbar.internal.kernel.AggregateSpec;
import io.drawbar.internal.kernel.ArrangeStep;
import io.drawbar.internal.kernel.CollectStep;
import io.drawbar.internal.kernel.Feed;
import io.drawbar.internal.kernel.FinalAggregateStep;
import io.drawbar.internal.kernel.FoldStep;
import io.drawbar.internal.kernel.HeldSet;
import io.drawbar.internal.kernel.HoldStep;
import io.drawbar.internal.kernel.JoinStep;
import io.drawbar.internal.kernel.OutputOrder;
import io.drawbar.internal.kernel.PartNames;
import io.drawbar.internal.kernel.PartialAggregateStep;
import io.drawbar.internal.kernel.Reduction;
import io.drawbar.internal.kernel.RowOrder;
import io.drawbar.internal.kernel.SendBlocksStep;
import io.drawbar.internal.kernel.SendByKeyStep;
import io.drawbar.internal.kernel.SendByRangeStep;
import io.drawbar.internal.kernel.SortStep;
import io.drawbar.internal.kernel.StageChain;
import io.drawbar.internal.kernel.Step;
import io.drawbar.internal.kernel.TakeStep;
import io.drawbar.internal.kernel.TopStep;
import io.drawbar.internal.kernel.WriteStep;
import io.drawbar.internal.plan.Aggregation;
import io.drawbar.internal.plan.Arrange;
import io.drawbar.internal.plan.Cache;
import io.drawbar.internal.plan.Identify;
import io.drawbar.internal.plan.Join;
import io.drawbar.internal.plan.Keyed;
import io.drawbar.internal.plan.Limit;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.internal.plan.Narrow;
import io.drawbar.internal.plan.Scan;
import io.drawbar.internal.plan.Sort;
import io.drawbar.internal.plan.Union;
import io.drawbar.spi.ExchangeInput;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafInput;
import io.drawbar.spi.Source;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.StageInput;
import io.drawbar.spi.Terminal;
import io.drawbar.spi.Unit;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Fuses narrow steps into stages and cuts where rows must meet others. */
final class StageCutter {
  private static final byte[] NO_BOUNDS = new byte[0];

  /**
   * A stage being put together.
   *
   * @param parts how its units make parts of an output
   */
  private record Draft(
      Feed feed, StageInput input, Layout layout, PartNames parts, List<Step> steps) {}

  /** What a stage is for: what is done with its rows decides how they are cut and ordered. */
  private enum Use {
    /** They are written: tasks own whole parts. */
    WRITTEN,
    /** Their order is looked at. */
    ORDERED,
    /** They go into something that needs no order. */
    FREE;

    OutputOrder order() {
      return this == FREE ? OutputOrder.FREE : OutputOrder.OBSERVED;
    }

    /** The use of rows that go through a step which may fail on them: the first one is reported. */
    Use orOrdered(boolean mayFail) {
      return this == FREE && mayFail ? ORDERED : this;
    }
  }

  private final List<Stage> stages = new ArrayList<>();

  private StageCutter() {}

  static StageGraph cut(LogicalPlan plan, Observation observation) {
    StageCutter cutter = new StageCutter();
    Use use = observation instanceof Observation.Write ? Use.WRITTEN : Use.ORDERED;
    List<LogicalPlan> branches = branches(plan);
    for (int branch = 0; branch < branches.size(); branch++) {
      Draft last = cutter.draft(branches.get(branch), use);
      int number = branches.size() == 1 ? WriteStep.THE_ONLY_BRANCH : branch;
      last.steps().add(lastStep(plan, observation, last, number));
      cutter.close(last);
    }
    return new StageGraph("drawbar " + name(plan), cutter.stages, terminal(observation));
  }

  /** What stands side by side: the branches of a union, or the plan alone. */
  private static List<LogicalPlan> branches(LogicalPlan plan) {
    if (plan instanceof Cache cache && cache.kept().isEmpty()) {
      return branches(cache.input());
    }
    return plan instanceof Union union
        ? union.inputs().stream().flatMap(input -> branches(input).stream()).toList()
        : List.of(plan);
  }

  private static Step lastStep(LogicalPlan plan, Observation observation, Draft last, int branch) {
    if (observation instanceof Observation.Write write) {
      return new WriteStep(write.sink(), write.protocol(), last.parts(), branch, plan.schema());
    }
    if (observation instanceof Observation.Fold fold) {
      return new FoldStep<>(fold.kernel());
    }
    if (observation instanceof Observation.Hold hold) {
      return new HoldStep(plan.schema(), hold.isKnown());
    }
    return observation instanceof Observation.Gather
        ? new SendBlocksStep(plan.schema())
        : new CollectStep(plan.schema(), Integer.MAX_VALUE);
  }

  private static Terminal terminal(Observation observation) {
    if (observation instanceof Observation.Write write) {
      return new Terminal.Commit(write.sink().describe());
    }
    if (observation instanceof Observation.Hold) {
      return new Terminal.Reduce(Reduction.mergerOf(new HeldSet.Form()));
    }
    return observation instanceof Observation.Fold fold
        ? new Terminal.Reduce(Reduction.mergerOf(fold.kernel()))
        : new Terminal.Collect();
  }

  static String describe(Terminal terminal) {
    if (terminal instanceof Terminal.Commit commit) {
      return "commit to " + commit.target();
    }
    return terminal instanceof Terminal.Reduce
        ? "merge the partials"
        : "bring the rows together in order";
  }

  private static String name(LogicalPlan plan) {
    LogicalPlan leaf = plan;
    while (!leaf.inputs().isEmpty()) {
      leaf = leaf.inputs().get(0);
    }
    return leaf instanceof Scan scan ? scan.source().describe() : leaf.describe();
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

  /** The stage that a plan's rows come out of. */
  private Draft draft(LogicalPlan plan, Use use) {
    if (plan instanceof Scan scan) {
      return read(scan.source(), scan.layout(), scan.columns(), PartNames.BY_LEAF, use);
    }
    if (plan instanceof Cache cache) {
      return cached(cache, use);
    }
    if (plan instanceof Aggregation aggregation) {
      return aggregate(aggregation, use);
    }
    if (plan instanceof Join join) {
      return join(join, use);
    }
    if (plan instanceof Arrange arrange) {
      return arrange(arrange, use);
    }
    if (plan instanceof Sort sort) {
      return sort(sort, use, Integer.MAX_VALUE);
    }
    // A union stands at the top or below an exchange, and both see to its branches: see
    // HoistUnions.
    return plan instanceof Limit limit ? limit(limit) : narrow((Narrow) plan, use);
  }

  private static Draft read(
      Source source, Layout layout, List<String> columns, PartNames parts, Use use) {
    int alignment = use == Use.WRITTEN ? PartNames.LEAVES : 1;
    StageInput input = new LeafInput(source, layout, alignment);
    Feed feed = new Feed.FromSource(source, layout, columns);
    return new Draft(feed, input, layout, parts, new ArrayList<>());
  }

  private Draft cached(Cache cache, Use use) {
    if (cache.kept().isEmpty()) {
      return draft(cache.input(), use);
    }
    PartNames parts = partsOf(cache.input());
    return read(cache.kept().get(), cache.layout(), cache.columns(), parts, use);
  }

  static PartNames partsOf(LogicalPlan plan) {
    if (plan instanceof Cache cache) {
      return partsOf(cache.input());
    }
    if (plan instanceof Keyed || plan instanceof Limit) {
      return PartNames.BY_HASH;
    }
    return plan.inputs().isEmpty() ? PartNames.BY_LEAF : partsOf(plan.inputs().get(0));
  }

  private Draft narrow(Narrow plan, Use use) {
    // Numbers among equals are given where equals stand together.
    boolean numbers = plan instanceof Identify;
    boolean ordered = numbers || NarrowSteps.mayFail(plan);
    Draft draft = draft(plan.inputs().get(0), use.orOrdered(ordered));
    draft.steps().add(NarrowSteps.of(plan, draft.layout()));
    return draft;
  }

  /** Closes the stages that a plan's rows come out of, each with a last step that sends them. */
  private List<Integer> producers(LogicalPlan plan, Use use, Step last) {
    List<Integer> ids = new ArrayList<>();
    for (LogicalPlan branch : branches(plan)) {
      Draft draft = draft(branch, use);
      draft.steps().add(last);
      layout = draft.layout();
      ids.add(close(draft));
    }
    return ids;
  }

  /** Of the stage closed last: a session has but one. */
  private Layout layout;

  /** How many places the ranges of receivers are cut at: whole parts where rows are written. */
  private static int granules(Use use) {
    return use == Use.WRITTEN ? PartNames.HASH_PARTS : Unit.HASH_UNITS;
  }

  private Draft receiver(List<Integer> from, Schema schema, int granules) {
    return new Draft(
        Feed.FromFrames.of(from, schema),
        new ExchangeInput(from, granules),
        layout,
        PartNames.BY_HASH,
        new ArrayList<>());
  }

  private Draft aggregate(Aggregation aggregation, Use use) {
    LogicalPlan input = aggregation.input();
    AggregateSpec spec =
        new AggregateSpec(
            aggregation.keys(), aggregation.aggregates(), input.schema(), aggregation.schema());
    int granules = aggregation.keys().isEmpty() ? 1 : granules(use);
    boolean mayFail =
        spec.keys().stream().anyMatch(e -> ExprTypes.canFail(e, input.schema()))
            || spec.aggregates().stream()
                .flatMap(a -> a.input().stream())
                .anyMatch(e -> ExprTypes.canFail(e, input.schema()));
    Step partial = PartialAggregateStep.of(spec, granules);
    List<Integer> from = producers(input, Use.FREE.orOrdered(mayFail), partial);
    Draft draft = receiver(from, spec.partial(), granules);
    Use groups = use.orOrdered(spec.aggregates().stream().anyMatch(StageCutter::mayOverflow));
    draft.steps().add(new FinalAggregateStep(spec, groups.order(), layout.blockRows()));
    return draft;
  }

  private static boolean mayOverflow(Aggregate aggregate) {
    return aggregate.function() == AggregateFunction.SUM;
  }

  private Draft join(Join join, Use use) {
    int granules = granules(use);
    JoinStep.Side left = NarrowSteps.side(join.left().schema(), join.keys());
    JoinStep.Side right = NarrowSteps.side(join.right().schema(), join.keys());
    boolean keeps = join.kind() == JoinKind.LEFT || join.kind() == JoinKind.ANTI;
    SendByKeyStep.Use leftUse = keeps ? SendByKeyStep.Use.MATCH_OR_KEEP : SendByKeyStep.Use.MATCH;
    Step sendLeft = SendByKeyStep.of(left.schema(), left.keys(), granules, leftUse);
    Step sendRight =
        SendByKeyStep.of(right.schema(), right.keys(), granules, SendByKeyStep.Use.MATCH);
    List<Integer> lefts = producers(join.left(), Use.FREE, sendLeft);
    List<Integer> rights = producers(join.right(), Use.FREE, sendRight);
    SortedMap<Integer, Schema> schemas = new TreeMap<>();
    lefts.forEach(id -> schemas.put(id, left.schema()));
    rights.forEach(id -> schemas.put(id, right.schema()));
    List<Step> steps = new ArrayList<>();
    steps.add(
        new JoinStep(
            lefts, left, right, join.kind(), join.schema(), use.order(), layout.blockRows()));
    return new Draft(
        new Feed.FromFrames(schemas),
        new ExchangeInput(List.copyOf(schemas.keySet()), granules),
        layout,
        PartNames.BY_HASH,
        steps);
  }

  private Draft arrange(Arrange arrange, Use use) {
    Schema schema = arrange.schema();
    int granules = granules(use);
    int[] all = IntStream.range(0, schema.size()).toArray();
    Step send = SendByKeyStep.of(schema, all, granules, SendByKeyStep.Use.ORDER);
    Draft draft = receiver(producers(arrange.input(), Use.FREE, send), schema, granules);
    draft.steps().add(new ArrangeStep(schema, layout.blockRows()));
    return draft;
  }

  private Draft sort(Sort sort, Use use, int most) {
    Schema schema = sort.schema();
    RowOrder order = order(sort);
    byte[] bounds = sort.bounds().orElse(NO_BOUNDS);
    boolean oneReceiver = most < Integer.MAX_VALUE || sort.bounds().isEmpty();
    int granules = oneReceiver ? 1 : granules(use);
    Step send =
        most < Integer.MAX_VALUE
            ? new TopStep(schema, order, most)
            : SendByRangeStep.of(schema, order, bounds, granules);
    Draft draft = receiver(producers(sort.input(), Use.FREE, send), schema, granules);
    draft.steps().add(new SortStep(schema, order, bounds, layout.blockRows(), most));
    return draft;
  }

  static RowOrder order(Sort sort) {
    int[] columns = sort.keys().stream().mapToInt(k -> sort.schema().indexOf(k.column())).toArray();
    Direction[] directions =
        sort.keys().stream().map(Sort.Key::direction).toArray(Direction[]::new);
    return new RowOrder(columns, directions);
  }

  private Draft limit(Limit limit) {
    if (limit.input() instanceof Sort sort) {
      return sort(sort, Use.ORDERED, limit.rows());
    }
    Schema schema = limit.schema();
    Step send = new CollectStep(schema, limit.rows());
    Draft draft = receiver(producers(limit.input(), Use.ORDERED, send), schema, 1);
    draft.steps().add(new TakeStep(schema, limit.rows(), layout.blockRows()));
    return draft;
  }
}
