package io.drawbar.internal.plan;

import io.drawbar.expr.Aggregate;
import io.drawbar.expr.Expr;
import io.drawbar.expr.ExprTypes;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.ScalarType;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One row for each distinct combination of keys; exactly one row if there are no keys.
 *
 * @param schema the keys, then the aggregates
 */
public record Aggregation(
    LogicalPlan input, List<Expr> keys, List<Aggregate> aggregates, Schema schema)
    implements Keyed, OneInput {
  public Aggregation {
    keys = List.copyOf(keys);
    aggregates = List.copyOf(aggregates);
  }

  /**
   * An aggregation whose types have been checked.
   *
   * @throws TypeMismatchException if a key has no equality or an aggregate does not fit its
   *     argument
   */
  public static Aggregation of(LogicalPlan input, List<Expr> keys, List<Aggregate> aggregates) {
    Schema schema = input.schema();
    List<Field> fields = new ArrayList<>();
    for (Expr key : keys) {
      Outputs.rejectExplode(key, "groupBy(%s)".formatted(key));
      DataType type = ExprTypes.of(key, schema);
      if (!(type instanceof ScalarType)) {
        throw new TypeMismatchException("groupBy(%s): a %s is not a key".formatted(key, type));
      }
      fields.add(Field.optional(key.name(), type));
    }
    for (Aggregate aggregate : aggregates) {
      aggregate.input().ifPresent(e -> Outputs.rejectExplode(e, "agg(%s)".formatted(aggregate)));
      fields.add(Field.optional(aggregate.name(), ExprTypes.of(aggregate, schema)));
    }
    return new Aggregation(input, keys, aggregates, new Schema(fields));
  }

  @Override
  public LogicalPlan over(LogicalPlan other) {
    return of(other, keys, aggregates);
  }

  @Override
  public String describe() {
    String what = aggregates.stream().map(Aggregate::toString).collect(Collectors.joining(", "));
    return keys.isEmpty() ? "aggregate " + what : "group by " + Outputs.text(keys) + ": " + what;
  }
}
