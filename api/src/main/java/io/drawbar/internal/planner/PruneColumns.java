package io.drawbar.internal.planner;

import io.drawbar.expr.ColumnRef;
import io.drawbar.expr.Expr;
import io.drawbar.expr.ExprTypes;
import io.drawbar.internal.kernel.OutputOrder;
import io.drawbar.internal.plan.Aggregation;
import io.drawbar.internal.plan.Cache;
import io.drawbar.internal.plan.Draw;
import io.drawbar.internal.plan.Expect;
import io.drawbar.internal.plan.Filter;
import io.drawbar.internal.plan.Identify;
import io.drawbar.internal.plan.Join;
import io.drawbar.internal.plan.Limit;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.internal.plan.Lookup;
import io.drawbar.internal.plan.Outputs;
import io.drawbar.internal.plan.Project;
import io.drawbar.internal.plan.Salt;
import io.drawbar.internal.plan.Sample;
import io.drawbar.internal.plan.Scan;
import io.drawbar.internal.plan.Union;
import io.drawbar.internal.plan.Unnest;
import java.util.ArrayList;
import java.util.List;

/**
 * Drops columns that nobody above reads. An output that can fail stays: whether a row is an error
 * must not depend on the query's later steps. So do the columns of rows whose order is looked at
 * and is that of their content: a join's, a sort's.
 */
final class PruneColumns implements Rule {
  @Override
  public LogicalPlan apply(LogicalPlan plan, OutputOrder order) {
    return prune(plan, Wanted.ALL, order);
  }

  private LogicalPlan prune(LogicalPlan plan, Wanted wanted, OutputOrder order) {
    OutputOrder below = Orders.below(plan, order);
    if (plan instanceof Scan scan) {
      return scan.withColumns(wanted.among(scan.columns()));
    }
    if (plan instanceof Filter filter) {
      Wanted more = wanted.and(ExprTypes.columnsOf(filter.condition()));
      return new Filter(prune(filter.input(), more, below), filter.condition());
    }
    if (plan instanceof Expect expect) {
      return expect.over(prune(expect.input(), wanted.and(expect.reads()), below));
    }
    if (plan instanceof Aggregation aggregation) {
      return prune(aggregation);
    }
    if (plan instanceof Project || plan instanceof Unnest) {
      return project(plan, wanted, below);
    }
    if (plan instanceof Join join) {
      return join(join, order == OutputOrder.OBSERVED ? Wanted.ALL : wanted);
    }
    if (plan instanceof Lookup lookup) {
      return lookup(lookup, wanted, below);
    }
    if (plan instanceof Sample || plan instanceof Salt) {
      Wanted more = wanted.and(List.of(Identify.ID));
      return plan.withInputs(List.of(prune(plan.inputs().get(0), more, below)));
    }
    if (plan instanceof Draw draw) {
      return wanted.includes(draw.column())
          ? draw.over(prune(draw.input(), wanted.and(draw.reads()), below))
          : prune(draw.input(), wanted, below);
    }
    if (plan instanceof Limit limit) {
      return new Limit(prune(limit.input(), wanted, below), limit.rows());
    }
    if (plan instanceof Union) {
      return plan.withInputs(
          plan.inputs().stream().map(input -> exactly(input, wanted, below)).toList());
    }
    if (plan instanceof Cache cache && cache.kept().isPresent()) {
      return cache.withColumns(wanted.among(cache.columns()));
    }
    // Records have all their columns; order and ids by content are of whole rows.
    return plan.withInputs(
        plan.inputs().stream().map(input -> exactly(input, Wanted.ALL, below)).toList());
  }

  private LogicalPlan project(LogicalPlan plan, Wanted wanted, OutputOrder below) {
    LogicalPlan input = plan.inputs().get(0);
    List<Expr> outputs =
        plan instanceof Project project ? project.outputs() : ((Unnest) plan).outputs();
    List<Expr> kept =
        outputs.stream()
            .filter(
                e ->
                    wanted.includes(e.name())
                        || Outputs.isExplode(e)
                        || ExprTypes.canFail(e, input.schema()))
            .toList();
    return Project.of(prune(input, columnsOf(kept), below), kept);
  }

  private LogicalPlan prune(Aggregation aggregation) {
    List<Expr> read = new ArrayList<>(aggregation.keys());
    aggregation.aggregates().forEach(aggregate -> aggregate.input().ifPresent(read::add));
    Wanted wanted = columnsOf(read);
    return aggregation.withInputs(List.of(prune(aggregation.input(), wanted, OutputOrder.FREE)));
  }

  private LogicalPlan join(Join join, Wanted wanted) {
    Wanted more = wanted.and(join.keys());
    Wanted right = join.kind().addsColumns() ? more : Wanted.of(join.keys());
    return join.withInputs(
        List.of(
            exactly(join.left(), more, OutputOrder.FREE),
            exactly(join.right(), right, OutputOrder.FREE)));
  }

  private LogicalPlan lookup(Lookup lookup, Wanted wanted, OutputOrder below) {
    // The table is there already, whole.
    Wanted more = wanted.and(lookup.keys());
    return lookup.withInputs(List.of(exactly(lookup.left(), more, below), lookup.right()));
  }

  /** The plan with those of its columns that are wanted, and no other. */
  private LogicalPlan exactly(LogicalPlan plan, Wanted wanted, OutputOrder order) {
    List<String> names = wanted.among(plan.schema().names());
    LogicalPlan pruned = prune(plan, wanted, order);
    if (pruned.schema().names().equals(names)) {
      return pruned;
    }
    return Project.of(pruned, names.stream().<Expr>map(ColumnRef::new).toList());
  }

  private static Wanted columnsOf(List<Expr> exprs) {
    return Wanted.of(exprs.stream().flatMap(e -> ExprTypes.columnsOf(e).stream()).toList());
  }
}
