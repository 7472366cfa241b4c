package io.drawbar.expr;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Numbers, truth values and vectors joined into one vector; null if any of them is.
 *
 * @param elements at least one
 */
public record VectorOf(List<Expr> elements) implements Expr {
  public VectorOf {
    elements = List.copyOf(elements);
    if (elements.isEmpty()) {
      throw new IllegalArgumentException("a vector needs at least one element");
    }
  }

  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.vectorOf(this);
  }

  @Override
  public String toString() {
    return elements.stream().map(Expr::toString).collect(Collectors.joining(", ", "vector(", ")"));
  }
}
