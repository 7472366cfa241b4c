package io.drawbar.expr;

import io.drawbar.error.DrawbarException;
import io.drawbar.text.Splitter;
import java.util.regex.PatternSyntaxException;

/** Text cut at the matches of a regular expression, into a list of strings. */
public record Split(Expr text, String regex) implements Expr {
  public Split {
    try {
      Splitter.of(regex);
    } catch (PatternSyntaxException e) {
      String place = e.getIndex() < 0 ? "" : " at position " + e.getIndex() + ", counted from 0";
      throw new DrawbarException(
          "split(%s, \"%s\"): this is no regular expression: %s%s; a character like ( or | itself"
                  .formatted(text, regex, e.getDescription(), place)
              + " is written \\( or \\|",
          e);
    }
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
