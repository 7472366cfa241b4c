package io.drawbar.internal.plan;

import io.drawbar.error.DrawbarException;
import io.drawbar.type.Schema;
import java.util.List;

/** The first rows, in order. */
public record Limit(LogicalPlan input, int rows) implements LogicalPlan {
  public Limit {
    if (rows < 0) {
      throw new DrawbarException("limit(" + rows + "): a number of rows is at least 0");
    }
  }

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
    return new Limit(inputs.get(0), rows);
  }

  @Override
  public String describe() {
    return "the first " + rows + " rows";
  }
}
