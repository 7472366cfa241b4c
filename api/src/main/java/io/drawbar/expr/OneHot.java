package io.drawbar.expr;

/**
 * A whole number as a vector whose element of that position, from 0, is 1, and all others 0.
 *
 * @param index a LONG; null gives null
 * @param categories numbers from 0 to less than this are allowed, others are an error
 * @param elements how many the vector has, at least 1; those of positions from here on are left out
 */
public record OneHot(Expr index, int categories, int elements) implements Expr {
  public OneHot {
    if (elements < 1 || elements > categories) {
      throw new IllegalArgumentException(
          "a vector of %s elements for %s categories".formatted(elements, categories));
    }
  }

  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.oneHot(this);
  }

  @Override
  public String toString() {
    return "oneHot(" + index + ", " + categories + " categories)";
  }
}
