package io.drawbar.expr;

/**
 * All products of up to so many elements of a vector, as a vector: see {@link Monomials} for their
 * order. Null if the vector is.
 *
 * @param vector the vector
 * @param degree how many elements are multiplied at most, from 2 to {@value #MOST_DEGREE}
 */
public record Polynomial(Expr vector, int degree) implements Expr {
  /** The greatest degree. */
  public static final int MOST_DEGREE = 8;

  public Polynomial {
    if (degree < 2 || degree > MOST_DEGREE) {
      throw new IllegalArgumentException(
          "a polynomial of degree %s; degrees are 2 to %s".formatted(degree, MOST_DEGREE));
    }
  }

  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.polynomial(this);
  }

  @Override
  public String toString() {
    return "polynomial(" + vector + ", degree " + degree + ")";
  }
}
