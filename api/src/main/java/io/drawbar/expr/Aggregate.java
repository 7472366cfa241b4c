package io.drawbar.expr;

import java.io.Serializable;
import java.util.Optional;

/**
 * A summary of a group of rows, made by {@link Functions#count}, {@link Functions#sum} and the
 * like.
 *
 * @param function what is computed
 * @param argument what it is computed of; nothing for the count of all rows
 * @param name the column it becomes
 */
public record Aggregate(AggregateFunction function, Expr argument, String name)
    implements Serializable {
  /** An aggregate named by its text. */
  static Aggregate of(AggregateFunction function, Expr argument) {
    String of = argument == null ? "*" : argument.toString();
    return new Aggregate(function, argument, function.text() + "(" + of + ")");
  }

  /** The argument, if the function has one. */
  public Optional<Expr> input() {
    return Optional.ofNullable(argument);
  }

  /** This aggregate under another name. */
  public Aggregate as(String name) {
    return new Aggregate(function, argument, name);
  }

  @Override
  public String toString() {
    String of = argument == null ? "*" : argument.toString();
    String text = function.text() + "(" + of + ")";
    return text.equals(name) ? text : text + " as " + name;
  }
}
