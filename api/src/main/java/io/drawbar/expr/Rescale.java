package io.drawbar.expr;

import java.util.List;

/**
 * Each element of a vector shifted, then scaled, by constants of its own: {@code (x - shift) *
 * factor}.
 *
 * @param vector a vector of as many elements as there are shifts and factors
 * @param shift what is taken from each element
 * @param factor what each difference is multiplied by
 */
public record Rescale(Expr vector, List<Double> shift, List<Double> factor) implements Expr {
  public Rescale {
    shift = List.copyOf(shift);
    factor = List.copyOf(factor);
    if (shift.isEmpty() || shift.size() != factor.size()) {
      throw new IllegalArgumentException(
          "%s shifts and %s factors: each element has one of both"
              .formatted(shift.size(), factor.size()));
    }
  }

  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.rescale(this);
  }

  @Override
  public String toString() {
    return "rescale(" + vector + ", " + shift.size() + " elements)";
  }
}
