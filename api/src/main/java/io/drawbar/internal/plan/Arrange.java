package io.drawbar.internal.plan;

import io.drawbar.type.Schema;
import java.util.List;

/**
 * The same rows in the order of their content, (hash64(row), row): put by the planner where order
 * is observed and the source has none.
 */
public record Arrange(LogicalPlan input) implements Keyed {
  @Override
  public Schema schema() {
    return input.schema();
  }

  @Override
  public List<LogicalPlan> inputs() {
    return List.of(input);
  }

  @Override
  public LogicalPlan withInputs(List<LogicalPlan> inputs) {
    return new Arrange(inputs.get(0));
  }

  @Override
  public String describe() {
    return "order by content: the source has no order";
  }
}
