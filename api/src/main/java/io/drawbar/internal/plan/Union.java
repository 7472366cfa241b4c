package io.drawbar.internal.plan;

import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.util.List;

/**
 * The rows of several inputs, those of the first before those of the second.
 *
 * @param inputs at least one; all have the same columns in the same order
 */
public record Union(List<LogicalPlan> inputs) implements LogicalPlan {
  public Union {
    inputs = List.copyOf(inputs);
    Schema first = inputs.get(0).schema();
    for (LogicalPlan input : inputs) {
      Schema other = input.schema();
      boolean same = first.names().equals(other.names());
      for (int c = 0; c < first.size() && same; c++) {
        same = first.field(c).type().equals(other.field(c).type());
      }
      if (!same) {
        throw new TypeMismatchException(
            ("both sides need the same columns in the same order, but here are (%s) and (%s); select"
                    + " them")
                .formatted(first, other));
      }
    }
  }

  /**
   * The union of two. It stays as it is written, because ids of rows tell by it which branch they
   * are of: the planner makes it flat later.
   */
  public static Union of(LogicalPlan first, LogicalPlan second) {
    return new Union(List.of(first, second));
  }

  @Override
  public Schema schema() {
    return new Schema(
        inputs.get(0).schema().fields().stream()
            .map(f -> Field.optional(f.name(), f.type()))
            .toList());
  }

  @Override
  public LogicalPlan withInputs(List<LogicalPlan> inputs) {
    return new Union(inputs);
  }

  @Override
  public String describe() {
    return "union";
  }
}
