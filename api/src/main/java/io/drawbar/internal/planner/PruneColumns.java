package io.drawbar.internal.planner;

import io.drawbar.expr.Aggregate;
import io.drawbar.expr.ColumnRef;
import io.drawbar.expr.Expr;
import io.drawbar.expr.ExprTypes;
import io.drawbar.internal.kernel.OutputOrder;
import io.drawbar.internal.plan.Aggregation;
import io.drawbar.internal.plan.Cache;
import io.drawbar.internal.plan.Filter;
import io.drawbar.internal.plan.Identify;
import io.drawbar.internal.plan.Join;
import io.drawbar.internal.plan.Limit;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.internal.plan.Lookup;
import io.drawbar.internal.plan.Outputs;
import io.drawbar.internal.plan.Project;
import io.drawbar.internal.plan.Sample;
import io.drawbar.internal.plan.Scan;
import io.drawbar.internal.plan.Union;
import io.drawbar.internal.plan.Unnest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Drops columns that nobody above reads. An output that can fail stays: whether a row is an error
 * must not depend on the query's later steps. So do the columns of rows whose order is looked at
 * and is that of their content: a join's, a sort's.
 */
final class PruneColumns implements Rule {
  @Override
  public LogicalPlan apply(LogicalPlan plan, OutputOrder order) {
    return prune(plan, new LinkedHashSet<>(plan.schema().names()), order);
  }

  private LogicalPlan prune(LogicalPlan plan, Set<String> wanted, OutputOrder order) {
    OutputOrder below = Orders.below(plan, order);
    if (plan instanceof Scan scan) {
      return scan.withColumns(scan.columns().stream().filter(wanted::contains).toList());
    }
    if (plan instanceof Filter filter) {
      Set<String> more = with(wanted, ExprTypes.columnsOf(filter.condition()));
      return new Filter(prune(filter.input(), more, below), filter.condition());
    }
    if (plan instanceof Aggregation aggregation) {
      return prune(aggregation);
    }
    if (plan instanceof Project || plan instanceof Unnest) {
      return project(plan, wanted, below);
    }
    if (plan instanceof Join join) {
      return join(join, order == OutputOrder.OBSERVED ? null : wanted);
    }
    if (plan instanceof Lookup lookup) {
      return lookup(lookup, wanted, below);
    }
    if (plan instanceof Sample) {
      Set<String> more = with(wanted, Set.of(Identify.ID));
      return plan.withInputs(List.of(prune(plan.inputs().get(0), more, below)));
    }
    if (plan instanceof Limit limit) {
      return new Limit(prune(limit.input(), wanted, below), limit.rows());
    }
    if (plan instanceof Union) {
      return plan.withInputs(
          plan.inputs().stream().map(input -> exactly(input, wanted, below)).toList());
    }
    if (plan instanceof Cache cache && cache.kept().isPresent()) {
      return cache.withColumns(cache.columns().stream().filter(wanted::contains).toList());
    }
    // Records have all their columns; order and ids by content are of whole rows.
    return plan.withInputs(
        plan.inputs().stream().map(input -> exactly(input, null, below)).toList());
  }

  private LogicalPlan project(LogicalPlan plan, Set<String> wanted, OutputOrder below) {
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
    return Project.of(prune(input, columnsOf(kept), below), kept);
  }

  private LogicalPlan prune(Aggregation aggregation) {
    Set<String> wanted = columnsOf(aggregation.keys());
    for (Aggregate aggregate : aggregation.aggregates()) {
      aggregate.input().ifPresent(e -> wanted.addAll(ExprTypes.columnsOf(e)));
    }
    return aggregation.withInputs(List.of(prune(aggregation.input(), wanted, OutputOrder.FREE)));
  }

  /** Null for all columns. */
  private LogicalPlan join(Join join, Set<String> wanted) {
    Set<String> more = wanted == null ? null : with(wanted, join.keys());
    Set<String> right = join.kind().addsColumns() ? more : new LinkedHashSet<>(join.keys());
    return join.withInputs(
        List.of(
            exactly(join.left(), more, OutputOrder.FREE),
            exactly(join.right(), right, OutputOrder.FREE)));
  }

  private LogicalPlan lookup(Lookup lookup, Set<String> wanted, OutputOrder below) {
    // The table is there already, whole.
    Set<String> more = with(wanted, lookup.keys());
    return lookup.withInputs(List.of(exactly(lookup.left(), more, below), lookup.right()));
  }

  /** The plan with these columns and no other; null for all of its own. */
  private LogicalPlan exactly(LogicalPlan plan, Set<String> wanted, OutputOrder order) {
    List<String> names =
        plan.schema().names().stream().filter(n -> wanted == null || wanted.contains(n)).toList();
    LogicalPlan pruned = prune(plan, new LinkedHashSet<>(names), order);
    if (pruned.schema().names().equals(names)) {
      return pruned;
    }
    return Project.of(pruned, names.stream().<Expr>map(ColumnRef::new).toList());
  }

  private static Set<String> with(Set<String> wanted, Iterable<String> more) {
    Set<String> all = new LinkedHashSet<>(wanted);
    more.forEach(all::add);
    return all;
  }

  private static Set<String> columnsOf(List<Expr> exprs) {
    Set<String> names = new LinkedHashSet<>();
    exprs.forEach(e -> names.addAll(ExprTypes.columnsOf(e)));
    return names;
  }
}
