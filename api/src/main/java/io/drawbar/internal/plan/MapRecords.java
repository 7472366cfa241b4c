package io.drawbar.internal.plan;

import io.drawbar.type.RecordBinding;
import io.drawbar.type.RecordFunction;
import io.drawbar.type.Schema;

/**
 * What a user's function makes of each row, seen as a record.
 *
 * @param in the record that a row becomes
 * @param out the record that a row is made of
 * @param text the function for people
 * @param schema the columns of {@code out}
 */
public record MapRecords(
    LogicalPlan input,
    Class<? extends Record> in,
    Class<? extends Record> out,
    RecordFunction function,
    String text,
    Schema schema)
    implements Narrow, OneInput {

  /**
   * A step whose classes have been checked.
   *
   * @throws io.drawbar.type.RecordBindingException if a class cannot be rows, or finds no column
   */
  public static MapRecords of(
      LogicalPlan input,
      Class<? extends Record> in,
      Class<? extends Record> out,
      RecordFunction function,
      String text) {
    RecordBinding.of(in).check(input.schema());
    return new MapRecords(input, in, out, function, text, schema(out, input.schema()));
  }

  /** The columns of the record; the ids of rows go along. */
  private static Schema schema(Class<? extends Record> out, Schema input) {
    Schema schema = RecordBinding.of(out).schema();
    return input.find(Identify.ID).isPresent() ? schema.with(input.field(Identify.ID)) : schema;
  }

  @Override
  public LogicalPlan over(LogicalPlan other) {
    return of(other, in, out, function, text);
  }

  @Override
  public String describe() {
    return text;
  }
}
