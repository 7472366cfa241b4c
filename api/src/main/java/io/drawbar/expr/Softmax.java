package io.drawbar.expr;

/**
 * A vector as shares that add up to 1: {@code e^(x_k - m) / sum_j e^(x_j - m)}, where m is the
 * greatest element, by {@link io.drawbar.math.Exponential}, with sums in the order of the elements.
 *
 * @param vector a vector
 */
public record Softmax(Expr vector) implements Expr {
  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.softmax(this);
  }

  @Override
  public String toString() {
    return "softmax(" + vector + ")";
  }
}
