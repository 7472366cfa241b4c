package io.drawbar.expr;

/** An operator applied to two operands. */
public record Binary(BinaryOperator operator, Expr left, Expr right) implements Expr {
  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.binary(this);
  }

  @Override
  public String toString() {
    return "(" + left + " " + operator.symbol() + " " + right + ")";
  }
}
