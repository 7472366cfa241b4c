package io.drawbar.internal.planner;

import io.drawbar.expr.ColumnRef;
import io.drawbar.expr.Expr;
import io.drawbar.internal.kernel.OutputOrder;
import io.drawbar.internal.plan.Arrange;
import io.drawbar.internal.plan.Cache;
import io.drawbar.internal.plan.Draw;
import io.drawbar.internal.plan.Identify;
import io.drawbar.internal.plan.Keyed;
import io.drawbar.internal.plan.Limit;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.internal.plan.Lookup;
import io.drawbar.internal.plan.Project;
import io.drawbar.internal.plan.Salt;
import io.drawbar.internal.plan.Sample;
import io.drawbar.internal.plan.Scan;
import io.drawbar.internal.plan.Union;
import io.drawbar.internal.plan.Unnest;
import java.util.ArrayList;
import java.util.List;

/**
 * Where rows are sampled, or numbers are drawn for them, has the steps below carry their ids along,
 * from where rows are read or have crossed a keyed operator.
 */
final class CarryIds implements Rule {
  @Override
  public LogicalPlan apply(LogicalPlan plan, OutputOrder order) {
    // Rows that are going to be kept carry their ids already.
    boolean readsIds = plan instanceof Sample || plan instanceof Draw draw && draw.isByRow();
    if (readsIds && plan.schema().find(Identify.ID).isEmpty()) {
      return Project.of(carrying(plan), columns(plan.schema().names()));
    }
    if (plan.inputs().isEmpty()) {
      return plan;
    }
    return plan.withInputs(plan.inputs().stream().map(input -> apply(input, order)).toList());
  }

  private static List<Expr> columns(List<String> names) {
    return names.stream().<Expr>map(ColumnRef::new).toList();
  }

  /** A plan that carries ids among the columns of the one that does not, put behind them. */
  private static LogicalPlan idLast(LogicalPlan carrying, LogicalPlan plain) {
    List<String> names = new ArrayList<>(plain.schema().names());
    names.add(Identify.ID);
    return Project.of(carrying, columns(names));
  }

  /** The plan with the ids of its rows as a last column. */
  LogicalPlan carrying(LogicalPlan plan) {
    if (plan instanceof Scan) {
      return new Identify(Orders.hasOrder(plan) ? plan : new Arrange(plan));
    }
    if (plan instanceof Cache cache && cache.kept().isPresent()) {
      return cache.withIds();
    }
    if (plan instanceof Keyed || plan instanceof Limit) {
      return new Identify(apply(plan, OutputOrder.OBSERVED));
    }
    if (plan instanceof Union union) {
      boolean areSalted = Cache.areOne(union.inputs());
      List<LogicalPlan> branches = new ArrayList<>();
      for (LogicalPlan branch : union.inputs()) {
        LogicalPlan carrying = carrying(branch);
        branches.add(areSalted ? carrying : new Salt(carrying, branches.size() + 1));
      }
      return new Union(branches);
    }
    if (plan instanceof Project || plan instanceof Unnest) {
      List<Expr> outputs =
          plan instanceof Project project ? project.outputs() : ((Unnest) plan).outputs();
      List<Expr> more = new ArrayList<>(outputs);
      more.add(new ColumnRef(Identify.ID));
      return Project.of(carrying(plan.inputs().get(0)), more);
    }
    if (plan instanceof Lookup lookup) {
      LogicalPlan left = carrying(lookup.left());
      LogicalPlan found = lookup.withInputs(List.of(left, apply(lookup.right(), OutputOrder.FREE)));
      return idLast(found, lookup);
    }
    LogicalPlan carrying = plan.withInputs(List.of(carrying(plan.inputs().get(0))));
    return plan instanceof Draw draw ? idLast(carrying, draw) : carrying;
  }
}
