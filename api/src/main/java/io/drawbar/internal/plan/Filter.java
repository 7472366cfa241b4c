package io.drawbar.internal.plan;

import io.drawbar.expr.Expr;
import io.drawbar.expr.ExprTypes;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;

/** The rows for which a condition is true; neither those for which it is false nor null. */
public record Filter(LogicalPlan input, Expr condition) implements Narrow, OneInput {
  public Filter {
    DataType type = ExprTypes.of(condition, input.schema());
    if (type != DataType.BOOLEAN) {
      throw new TypeMismatchException(
          "where(%s) is %s; a condition is BOOLEAN".formatted(condition, type));
    }
    Outputs.rejectExplode(condition, "where(%s)".formatted(condition));
  }

  @Override
  public LogicalPlan over(LogicalPlan other) {
    return new Filter(other, condition);
  }

  @Override
  public String describe() {
    return "where " + condition;
  }
}
