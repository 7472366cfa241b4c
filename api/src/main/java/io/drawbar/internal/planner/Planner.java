package io.drawbar.internal.planner;

import io.drawbar.expr.ColumnRef;
import io.drawbar.expr.Expr;
import io.drawbar.internal.kernel.OutputOrder;
import io.drawbar.internal.kernel.RowOrder;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.internal.plan.Project;
import io.drawbar.internal.plan.Sort;
import io.drawbar.internal.plan.Union;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import java.util.List;

/** From what a dataset means to what an engine runs; each phase can be looked at. */
public final class Planner {
  private static final List<Rule> RULES =
      List.of(
          new NumberExpectations(),
          new CarryIds(),
          new DropSorts(),
          new HoistUnions(),
          new ArrangeUnordered(),
          new PruneColumns());

  /** Those without which a plan cannot be cut into stages. */
  private static final List<Rule> NEEDED =
      List.of(new NumberExpectations(), new CarryIds(), new HoistUnions(), new ArrangeUnordered());

  private final LogicalPlan logical;
  private final LogicalPlan optimized;
  private final StageGraph graph;

  private Planner(LogicalPlan logical, LogicalPlan optimized, StageGraph graph) {
    this.logical = logical;
    this.optimized = optimized;
    this.graph = graph;
  }

  /** Plans a dataset for a way of looking at it. */
  public static Planner plan(LogicalPlan logical, Observation observation) {
    return plan(logical, observation, RULES);
  }

  /** Plans as {@link #plan} does, but for rules that only make it faster: to hold those against. */
  public static Planner planAsWritten(LogicalPlan logical, Observation observation) {
    return plan(logical, observation, NEEDED);
  }

  private static Planner plan(LogicalPlan logical, Observation observation, List<Rule> rules) {
    LogicalPlan optimized =
        observation
            .columns()
            .map(
                names ->
                    (LogicalPlan)
                        Project.of(logical, names.stream().<Expr>map(ColumnRef::new).toList()))
            .orElse(logical);
    for (Rule rule : rules) {
      optimized = rule.apply(optimized, OutputOrder.OBSERVED);
    }
    return new Planner(logical, optimized, StageCutter.cut(optimized, observation));
  }

  /**
   * What is kept of a plan whose rows are cached: by branch of a union, the rows with their ids as
   * a last column.
   */
  public static List<LogicalPlan> branchesWithIds(LogicalPlan plan) {
    LogicalPlan carrying = new CarryIds().carrying(plan);
    LogicalPlan hoisted = new HoistUnions().apply(carrying, OutputOrder.OBSERVED);
    return hoisted instanceof Union union ? union.inputs() : List.of(hoisted);
  }

  /** The order of a sort, as the kernel has it. */
  public static RowOrder orderOf(Sort sort) {
    return StageCutter.order(sort);
  }

  /** What an engine runs. */
  public StageGraph graph() {
    return graph;
  }

  /** All phases as text, for people. */
  public String explain() {
    StringBuilder written = new StringBuilder();
    append(written, logical, 1);
    StringBuilder better = new StringBuilder();
    append(better, optimized, 1);
    StringBuilder text = new StringBuilder("Logical plan\n").append(written);
    if (!better.toString().contentEquals(written)) {
      text.append("Optimized plan\n").append(better);
    }
    text.append("Stages\n");
    for (Stage stage : graph.stages()) {
      text.append("  ").append(stage.id()).append(": ").append(stage.name()).append('\n');
    }
    return text.append("  then ")
        .append(StageCutter.describe(graph.terminal()))
        .append('\n')
        .toString();
  }

  private static void append(StringBuilder text, LogicalPlan plan, int depth) {
    text.append("  ".repeat(depth)).append(plan.describe()).append('\n');
    plan.inputs().forEach(input -> append(text, input, depth + 1));
  }
}
