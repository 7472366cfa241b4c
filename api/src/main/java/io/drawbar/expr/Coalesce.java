package io.drawbar.expr;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The first of some values that is not null; null if all are. A value is computed only for rows in
 * which those before it are null.
 *
 * @param values at least one, scalars of one type; LONGs among DOUBLEs count as those
 */
public record Coalesce(List<Expr> values) implements Expr {
  public Coalesce {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("coalesce() of nothing; give it at least one value");
    }
  }

  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.coalesce(this);
  }

  @Override
  public String toString() {
    return values.stream().map(Expr::toString).collect(Collectors.joining(", ", "coalesce(", ")"));
  }
}
