package io.drawbar.expr;

/**
 * How often terms are in a list, as a vector: a term adds 1 to the element whose position is the
 * remainder of its XXH64 (with seed 0, as an unsigned number) by the number of elements. Items that
 * are null are passed over; a null list gives null.
 *
 * @param terms a list of STRING
 * @param elements how many the vector has
 */
public record HashTerms(Expr terms, int elements) implements Expr {
  public HashTerms {
    if (elements < 1) {
      throw new IllegalArgumentException("a vector of %s elements".formatted(elements));
    }
  }

  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.hashTerms(this);
  }

  @Override
  public String toString() {
    return "hashTerms(" + terms + ", " + elements + " elements)";
  }
}
