package io.drawbar.expr;

/** The value of a column. */
public record ColumnRef(String name) implements Expr {
  public ColumnRef {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException(
          "a column needs a name: col(\"...\"), not col(" + name + ")");
    }
  }

  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.columnRef(this);
  }

  @Override
  public String toString() {
    return name;
  }
}
