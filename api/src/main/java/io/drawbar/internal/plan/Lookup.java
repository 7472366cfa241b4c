package io.drawbar.internal.plan;

import io.drawbar.expr.JoinKind;
import io.drawbar.type.Schema;
import java.util.List;
import java.util.Optional;

/**
 * The rows of the left input, in their order, with the columns of the one row of the right that has
 * the same key; nulls where there is none.
 *
 * @param keys columns of both
 * @param table the rows of the right as an encoded batch, once they are known: they travel with the
 *     program
 * @param schema the left's columns, then those of the right that are not keys
 */
public record Lookup(
    LogicalPlan left, LogicalPlan right, List<String> keys, Optional<byte[]> table, Schema schema)
    implements Narrow {
  public Lookup {
    keys = List.copyOf(keys);
  }

  /**
   * A lookup whose columns have been checked.
   *
   * @throws io.drawbar.error.DrawbarException as {@link Join#of}
   */
  public static Lookup of(LogicalPlan left, LogicalPlan right, List<String> keys) {
    Schema schema = Join.of(left, right, keys, JoinKind.LEFT).schema();
    return new Lookup(left, right, keys, Optional.empty(), schema);
  }

  @Override
  public List<LogicalPlan> inputs() {
    return List.of(left, right);
  }

  @Override
  public LogicalPlan withInputs(List<LogicalPlan> inputs) {
    Schema changed = of(inputs.get(0), inputs.get(1), keys).schema();
    return new Lookup(inputs.get(0), inputs.get(1), keys, table, changed);
  }

  /** The same with the rows of the right. */
  public Lookup withTable(byte[] rows) {
    return new Lookup(left, right, keys, Optional.of(rows), schema);
  }

  @Override
  public String describe() {
    return "look up by " + String.join(", ", keys);
  }
}
