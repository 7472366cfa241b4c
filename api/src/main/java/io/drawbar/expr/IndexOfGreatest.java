package io.drawbar.expr;

/**
 * Where the greatest element of a vector is, from 0; the first, if several are. Null if the vector
 * is, or has an element that is NaN: nobody knows then.
 *
 * @param vector a vector
 */
public record IndexOfGreatest(Expr vector) implements Expr {
  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.indexOfGreatest(this);
  }

  @Override
  public String toString() {
    return "indexOfGreatest(" + vector + ")";
  }
}
