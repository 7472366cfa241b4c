package io.drawbar.expr;

/** One row for each item of a list; a null or empty list gives none. */
public record Explode(Expr list) implements Expr {
  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.explode(this);
  }

  @Override
  public String toString() {
    return "explode(" + list + ")";
  }
}
