package io.drawbar.expr;

import java.util.HashSet;
import java.util.List;

/**
 * The position of a text in a list of constant labels, from 0; never null. A text that is no label,
 * and null, have the position {@code otherwise}, or are an error if there is none.
 *
 * @param labels no two are equal, none is null
 * @param otherwise the position of everything else; null if that is an error
 */
public record IndexOf(Expr text, List<String> labels, Long otherwise) implements Expr {
  public IndexOf {
    labels = List.copyOf(labels);
    if (new HashSet<>(labels).size() < labels.size()) {
      throw new IllegalArgumentException("a label is there twice among " + labels.size());
    }
  }

  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.indexOf(this);
  }

  @Override
  public String toString() {
    return "indexOf(" + text + ", " + labels.size() + " labels)";
  }
}
