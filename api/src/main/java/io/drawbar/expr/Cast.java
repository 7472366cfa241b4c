package io.drawbar.expr;

import io.drawbar.type.DataType;

/**
 * A value as another type.
 *
 * @param misfit what becomes of a value that is none of the type
 */
public record Cast(Expr operand, DataType type, Misfit misfit) implements Expr {
  /** What becomes of a value that is none of the type. */
  public enum Misfit {
    /** An error. */
    FAILS,
    /** Null. */
    NULL
  }

  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.cast(this);
  }

  @Override
  public String toString() {
    return (misfit == Misfit.FAILS ? "cast(" : "tryCast(") + operand + " as " + type + ")";
  }
}
