package io.drawbar.expr;

import java.util.ArrayList;
import java.util.List;

/**
 * The value of the first condition that is true, else another; null conditions are not true, as in
 * {@code where}. Only the value that is chosen for a row is computed for it, and only conditions up
 * to the one that is true: so a value may be one that would be an error elsewhere.
 *
 * @param conditions at least one
 * @param values one for each condition, scalars of one type; LONGs among DOUBLEs count as those
 * @param otherwise of that type, too
 */
public record CaseWhen(List<Expr> conditions, List<Expr> values, Expr otherwise) implements Expr {
  public CaseWhen {
    conditions = List.copyOf(conditions);
    values = List.copyOf(values);
    if (conditions.isEmpty() || conditions.size() != values.size()) {
      throw new IllegalArgumentException(
          "%s conditions for %s values".formatted(conditions.size(), values.size()));
    }
  }

  /** The values, then what they are otherwise. */
  public List<Expr> outcomes() {
    List<Expr> outcomes = new ArrayList<>(values);
    outcomes.add(otherwise);
    return outcomes;
  }

  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.caseWhen(this);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      text.append(i == 0 ? "when(" : ".when(").append(conditions.get(i)).append(", ");
      text.append(values.get(i)).append(')');
    }
    return text + ".otherwise(" + otherwise + ")";
  }
}
