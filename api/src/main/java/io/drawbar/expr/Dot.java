package io.drawbar.expr;

import java.util.List;

/**
 * The inner product of a vector column with constant weights, in 8 fixed lanes by ordinal of
 * element (see {@code io.drawbar.math}): the same bits for one row as for many.
 *
 * @param vector a vector of as many elements as there are weights
 */
public record Dot(Expr vector, List<Double> weights) implements Expr {
  public Dot {
    weights = List.copyOf(weights);
  }

  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.dot(this);
  }

  @Override
  public String toString() {
    return "dot(" + vector + ", " + weights.size() + " weights)";
  }
}
