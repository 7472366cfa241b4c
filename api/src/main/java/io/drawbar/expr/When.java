package io.drawbar.expr;

import java.util.ArrayList;
import java.util.List;

/**
 * Conditions and values, begun by {@link Functions#when}; {@link #otherwise} makes an expression of
 * them.
 *
 * @param conditions one after the other
 * @param values one for each
 */
public record When(List<Expr> conditions, List<Expr> values) {
  /** Copies the lists. */
  public When {
    conditions = List.copyOf(conditions);
    values = List.copyOf(values);
  }

  /** One more: the value where no condition before is true and this one is. */
  public When when(Expr condition, Object value) {
    List<Expr> moreConditions = new ArrayList<>(conditions);
    moreConditions.add(condition);
    List<Expr> moreValues = new ArrayList<>(values);
    moreValues.add(Functions.expr(value));
    return new When(moreConditions, moreValues);
  }

  /** The value where no condition is true; {@code nullOf(type)} for none. */
  public Expr otherwise(Object value) {
    return new CaseWhen(conditions, values, Functions.expr(value));
  }
}
