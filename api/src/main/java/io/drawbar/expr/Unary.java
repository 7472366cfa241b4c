package io.drawbar.expr;

/** An operator applied to one operand. */
public record Unary(UnaryOperator operator, Expr operand) implements Expr {
  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.unary(this);
  }

  @Override
  public String toString() {
    return operator.text(operand);
  }
}
