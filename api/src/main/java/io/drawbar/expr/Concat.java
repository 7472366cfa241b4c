package io.drawbar.expr;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Texts one after the other; null if any of them is.
 *
 * @param parts at least one
 */
public record Concat(List<Expr> parts) implements Expr {
  public Concat {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("concat() of nothing; give it at least one text");
    }
  }

  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.concat(this);
  }

  @Override
  public String toString() {
    return parts.stream().map(Expr::toString).collect(Collectors.joining(", ", "concat(", ")"));
  }
}
