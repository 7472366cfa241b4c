package io.drawbar.expr;

/**
 * Text in which each occurrence of a constant, from the left and without overlaps, is replaced.
 *
 * @param literal what is looked for, as it is; not empty
 * @param with what stands there instead; may be empty
 */
public record Replace(Expr text, String literal, String with) implements Expr {
  public Replace {
    if (literal.isEmpty()) {
      throw new IllegalArgumentException(
          "replace(%s, \"\", ...): the empty text is everywhere; say what to look for"
              .formatted(text));
    }
  }

  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.replace(this);
  }

  @Override
  public String toString() {
    return "replace(" + text + ", '" + literal + "', '" + with + "')";
  }
}
