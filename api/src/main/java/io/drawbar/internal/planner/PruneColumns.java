package io.drawbar.internal.planner;

import io.drawbar.expr.Aggregate;
import io.drawbar.expr.Expr;
import io.drawbar.expr.ExprTypes;
import io.drawbar.internal.plan.Aggregation;
import io.drawbar.internal.plan.Filter;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.internal.plan.Outputs;
import io.drawbar.internal.plan.Project;
import io.drawbar.internal.plan.Scan;
import io.drawbar.internal.plan.Unnest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Drops columns that nobody above reads. An output that can fail stays: whether a row is an error
 * must not depend on the query's later steps.
 */
final class PruneColumns implements Rule {
  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return prune(plan, new LinkedHashSet<>(plan.schema().names()));
  }

  private LogicalPlan prune(LogicalPlan plan, Set<String> wanted) {
    if (plan instanceof Scan scan) {
      List<String> kept = scan.columns().stream().filter(wanted::contains).toList();
      return new Scan(scan.source(), scan.layout(), kept);
    }
    if (plan instanceof Filter filter) {
      Set<String> more = new LinkedHashSet<>(wanted);
      more.addAll(ExprTypes.columnsOf(filter.condition()));
      return new Filter(prune(filter.input(), more), filter.condition());
    }
    if (plan instanceof Aggregation aggregation) {
      return prune(aggregation);
    }
    LogicalPlan input = plan.inputs().get(0);
    List<Expr> outputs =
        plan instanceof Project project ? project.outputs() : ((Unnest) plan).outputs();
    List<Expr> kept =
        outputs.stream()
            .filter(
                e ->
                    wanted.contains(e.name())
                        || Outputs.isExplode(e)
                        || ExprTypes.canFail(e, input.schema()))
            .toList();
    return Project.of(prune(input, columnsOf(kept)), kept);
  }

  private LogicalPlan prune(Aggregation aggregation) {
    Set<String> wanted = columnsOf(aggregation.keys());
    for (Aggregate aggregate : aggregation.aggregates()) {
      aggregate.input().ifPresent(e -> wanted.addAll(ExprTypes.columnsOf(e)));
    }
    return aggregation.withInputs(List.of(prune(aggregation.input(), wanted)));
  }

  private static Set<String> columnsOf(List<Expr> exprs) {
    Set<String> names = new LinkedHashSet<>();
    exprs.forEach(e -> names.addAll(ExprTypes.columnsOf(e)));
    return names;
  }
}
