package io.drawbar.internal.plan;

import io.drawbar.expr.Expr;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.Schema;
import java.util.List;

/**
 * One row for each row, of columns computed from it.
 *
 * @param outputs without {@code explode}; see {@link Unnest}
 * @param schema what they become
 */
public record Project(LogicalPlan input, List<Expr> outputs, Schema schema)
    implements Narrow, OneInput {
  public Project {
    outputs = List.copyOf(outputs);
    if (Outputs.explodes(outputs) > 0) {
      throw new TypeMismatchException("explode makes rows: see Unnest");
    }
  }

  /** A projection, or an {@link Unnest} if one of the outputs is {@code explode}. */
  public static LogicalPlan of(LogicalPlan input, List<Expr> outputs) {
    Schema schema = Outputs.schema(outputs, input.schema());
    return Outputs.explodes(outputs) > 0
        ? new Unnest(input, outputs, schema)
        : new Project(input, outputs, schema);
  }

  @Override
  public LogicalPlan over(LogicalPlan other) {
    return of(other, outputs);
  }

  @Override
  public String describe() {
    return "select " + Outputs.text(outputs);
  }
}
