package io.drawbar.expr;

import java.io.Serializable;

/**
 * What rows are sorted by: {@code col("n").desc()}. Ascending, the order is that of {@code lt} with
 * nulls first; descending is its reverse, nulls last.
 */
public record SortKey(Expr expr, Direction direction) implements Serializable {
  /** Which end comes first. */
  public enum Direction {
    ASCENDING,
    DESCENDING
  }

  @Override
  public String toString() {
    return direction == Direction.ASCENDING ? expr.toString() : expr + " desc";
  }
}
