package io.drawbar.expr;

/** An expression under a name. */
public record Alias(Expr expr, String name) implements Expr {
  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.alias(this);
  }

  @Override
  public String toString() {
    return expr + " as " + name;
  }
}
