package io.drawbar.expr;

/**
 * A number rounded to a number of decimals, half away from zero.
 *
 * <p>What is rounded is the number itself, exactly, and the result is the DOUBLE that is nearest to
 * the decimal found. Halves go away from zero, as SQL, spreadsheets and schools have it; half to
 * even is for sums of many rounded numbers, which here are exact anyway, and rounded once.
 *
 * @param digits decimals, from 0 to {@value #MOST_DIGITS}
 */
public record Round(Expr number, int digits) implements Expr {
  /** No DOUBLE that has a fraction has more digits of its own. */
  public static final int MOST_DIGITS = 15;

  public Round {
    if (digits < 0 || digits > MOST_DIGITS) {
      throw new IllegalArgumentException(
          "round(%s, %s): a number is rounded to 0 to %s decimals"
              .formatted(number, digits, MOST_DIGITS));
    }
  }

  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.round(this);
  }

  @Override
  public String toString() {
    return "round(" + number + (digits == 0 ? "" : ", " + digits) + ")";
  }
}
