package io.drawbar.internal.plan;

import io.drawbar.expr.Expr;
import io.drawbar.expr.ExprTypes;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.util.List;

/** The rows for which a condition is true; neither those for which it is false nor null. */
public record Filter(LogicalPlan input, Expr condition) implements Narrow {
  public Filter {
    DataType type = ExprTypes.of(condition, input.schema());
    if (type != DataType.BOOLEAN) {
      throw new TypeMismatchException(
          "where(%s) is %s; a condition is BOOLEAN".formatted(condition, type));
    }
    Outputs.rejectExplode(condition, "where(%s)".formatted(condition));
  }

  @Override
  public Schema schema() {
    return input.schema();
  }

  @Override
  public List<LogicalPlan> inputs() {
    return List.of(input);
  }

  @Override
  public LogicalPlan withInputs(List<LogicalPlan> inputs) {
    return new Filter(inputs.get(0), condition);
  }

  @Override
  public String describe() {
    return "where " + condition;
  }
}
