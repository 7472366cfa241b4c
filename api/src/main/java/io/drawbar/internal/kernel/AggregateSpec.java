package io.drawbar.internal.kernel;

import io.drawbar.expr.Aggregate;
import io.drawbar.expr.Expr;
import io.drawbar.expr.ExprTypes;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An aggregation as both of its halves need it.
 *
 * @param keys what rows are grouped by
 * @param aggregates what is computed of each group
 * @param input the columns of the rows that come in
 * @param output the columns of the rows that go out: keys, then aggregates
 */
public record AggregateSpec(
    List<Expr> keys, List<Aggregate> aggregates, Schema input, Schema output)
    implements Serializable {

  /** The columns of partial results: the keys, then the state of each aggregate. */
  public Schema partial() {
    List<Field> fields = new ArrayList<>(output.fields().subList(0, keys.size()));
    for (int a = 0; a < aggregates.size(); a++) {
      List<DataType> types = Accumulator.stateTypes(aggregates.get(a), argumentType(a));
      for (int s = 0; s < types.size(); s++) {
        fields.add(Field.optional("state " + a + "." + s, types.get(s)));
      }
    }
    return new Schema(fields);
  }

  DataType argumentType(int aggregate) {
    return aggregates.get(aggregate).input().map(e -> ExprTypes.of(e, input)).orElse(DataType.LONG);
  }

  Accumulator[] accumulators() {
    Accumulator[] accumulators = new Accumulator[aggregates.size()];
    for (int a = 0; a < accumulators.length; a++) {
      accumulators[a] = Accumulator.of(aggregates.get(a), argumentType(a));
    }
    return accumulators;
  }

  /** The order of partial results. */
  RowRank rank() {
    return HashRank.of(IntStream.range(0, keys.size()).toArray());
  }

  List<Field> keyFields() {
    return output.fields().subList(0, keys.size());
  }

  String describe() {
    String of = keys.isEmpty() ? "all rows" : "by " + keys;
    return of + ": " + aggregates;
  }
}
