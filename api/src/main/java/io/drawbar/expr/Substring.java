package io.drawbar.expr;

/**
 * Some characters (Unicode code points) of a text; as many as there are, none beyond its end.
 *
 * @param from the position of the first, from 0
 * @param length how many, at least 0
 */
public record Substring(Expr text, int from, int length) implements Expr {
  public Substring {
    if (from < 0 || length < 0) {
      throw new IllegalArgumentException(
          "substring(%s, %s, %s): a position counts from 0, and a length is at least 0"
              .formatted(text, from, length));
    }
  }

  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.substring(this);
  }

  @Override
  public String toString() {
    return "substring(" + text + ", " + from + ", " + length + ")";
  }
}
