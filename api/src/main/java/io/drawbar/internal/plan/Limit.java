package io.drawbar.internal.plan;

import io.drawbar.error.DrawbarException;

/** The first rows, in order. */
public record Limit(LogicalPlan input, int rows) implements OneInput {
  public Limit {
    if (rows < 0) {
      throw new DrawbarException("limit(" + rows + "): a number of rows is at least 0");
    }
  }

  @Override
  public LogicalPlan over(LogicalPlan other) {
    return new Limit(other, rows);
  }

  @Override
  public String describe() {
    return "the first " + rows + " rows";
  }
}
