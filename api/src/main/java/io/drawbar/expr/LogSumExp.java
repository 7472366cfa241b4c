package io.drawbar.expr;

/**
 * The logarithm of a sum of which the elements of a vector are the logarithms: {@code m + log(sum_k
 * e^(x_k - m))}, where m is the greatest element, by {@link io.drawbar.math.Exponential} and {@link
 * io.drawbar.math.Logarithm}, with the sum in the order of the elements; m itself if it is
 * infinite.
 *
 * @param vector a vector
 */
public record LogSumExp(Expr vector) implements Expr {
  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.logSumExp(this);
  }

  @Override
  public String toString() {
    return "logSumExp(" + vector + ")";
  }
}
