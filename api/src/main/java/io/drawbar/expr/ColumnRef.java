package io.drawbar.expr;

/** The value of a column. */
public record ColumnRef(String name) implements Expr {
  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.columnRef(this);
  }

  @Override
  public String toString() {
    return name;
  }
}
