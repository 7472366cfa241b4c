package io.drawbar.expr;

import io.drawbar.text.Splitter;

/** Text cut at the matches of a regular expression, into a list of strings. */
public record Split(Expr text, String regex) implements Expr {
  public Split {
    Splitter.of(regex);
  }

  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.split(this);
  }

  @Override
  public String toString() {
    return "split(" + text + ", \"" + regex.replace("\\", "\\\\") + "\")";
  }
}
