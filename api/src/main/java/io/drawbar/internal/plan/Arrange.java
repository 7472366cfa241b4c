package io.drawbar.internal.plan;

/**
 * The same rows in the order of their content, (hash64(row), row): put by the planner where order
 * is observed and the source has none.
 */
public record Arrange(LogicalPlan input) implements Keyed, OneInput {
  @Override
  public LogicalPlan over(LogicalPlan other) {
    return new Arrange(other);
  }

  @Override
  public String describe() {
    return "order by content: the source has no order";
  }
}
