package io.drawbar.expr;

import io.drawbar.type.DataType;

/**
 * A constant.
 *
 * @param value a {@code Boolean}, {@code Long}, {@code Double}, {@code String}, or null
 * @param type its type
 */
public record Literal(Object value, DataType type) implements Expr {
  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.literal(this);
  }

  @Override
  public String toString() {
    return value instanceof String text ? "'" + text + "'" : String.valueOf(value);
  }
}
