package io.drawbar.internal.plan;

import io.drawbar.expr.Expr;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.Schema;
import java.util.List;

/**
 * For each row, one row for each item of a list, in its order.
 *
 * @param outputs exactly one of them is {@code explode}
 * @param schema what they become
 */
public record Unnest(LogicalPlan input, List<Expr> outputs, Schema schema)
    implements Narrow, OneInput {
  public Unnest {
    outputs = List.copyOf(outputs);
    if (Outputs.explodes(outputs) != 1) {
      throw new TypeMismatchException(
          "a select has one explode at most: select %s".formatted(Outputs.text(outputs)));
    }
  }

  @Override
  public LogicalPlan over(LogicalPlan other) {
    return Project.of(other, outputs);
  }

  @Override
  public String describe() {
    return "select " + Outputs.text(outputs);
  }
}
