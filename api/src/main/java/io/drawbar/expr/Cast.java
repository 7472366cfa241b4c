package io.drawbar.expr;

import io.drawbar.type.DataType;

/** A value as another type. */
public record Cast(Expr operand, DataType type) implements Expr {
  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.cast(this);
  }

  @Override
  public String toString() {
    return "cast(" + operand + " as " + type + ")";
  }
}
