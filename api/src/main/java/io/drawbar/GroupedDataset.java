package io.drawbar;

import io.drawbar.expr.Aggregate;
import io.drawbar.expr.Expr;
import io.drawbar.internal.plan.Aggregation;
import io.drawbar.internal.plan.LogicalPlan;
import java.util.List;

/** Rows grouped by keys, waiting to be told what to compute of each group. */
public final class GroupedDataset {
  private final Session session;
  private final LogicalPlan input;
  private final List<Expr> keys;

  GroupedDataset(Session session, LogicalPlan input, List<Expr> keys) {
    this.session = session;
    this.input = input;
    this.keys = List.copyOf(keys);
  }

  /**
   * One row for each group: its keys, then the aggregates. Null is a key like any other. The order
   * is by hash of the keys, then the keys themselves: the same everywhere, but of no meaning.
   *
   * @throws io.drawbar.error.DrawbarException if a column is not there or of the wrong type
   */
  public Dataset agg(Aggregate... aggregates) {
    Call call = Call.of("groupBy", keys.toArray()).then("agg", (Object[]) aggregates);
    return new Dataset(session, call.make(() -> Aggregation.of(input, keys, List.of(aggregates))));
  }

  @Override
  public String toString() {
    return "GroupedDataset(%s by %s)".formatted(input.schema(), keys);
  }
}
