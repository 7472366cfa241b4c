package io.drawbar.expr;

/**
 * A value, or a constant where it is null or NaN; never null.
 *
 * @param value a scalar
 * @param otherwise a constant of the same type, not null
 */
public record OrElse(Expr value, Literal otherwise) implements Expr {
  public OrElse {
    if (otherwise.value() == null) {
      throw new IllegalArgumentException(
          value + ".orElse(null) would change nothing; give it a constant, such as 0");
    }
  }

  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.orElse(this);
  }

  @Override
  public String toString() {
    return "orElse(" + value + ", " + otherwise + ")";
  }
}
