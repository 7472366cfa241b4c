package io.drawbar.internal.plan;

import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows with their ids in one more column: a hash of (file, leaf, ordinal) as read, or, once
 * rows have crossed a keyed operator, of their content and their number among their equals. Steps
 * above carry the column along; {@code explode} and {@code flatMap} mix in the number of the child,
 * {@link Salt} that of a union's branch.
 */
public record Identify(LogicalPlan input) implements Narrow, OneInput {
  /** The name of the column; starts with a character that nobody types. */
  public static final String ID = "\u0001id";

  private static final Field FIELD = Field.optional(ID, DataType.LONG);

  @Override
  public Schema schema() {
    List<Field> fields = new ArrayList<>(input.schema().fields());
    fields.add(FIELD);
    return new Schema(fields);
  }

  @Override
  public LogicalPlan over(LogicalPlan other) {
    return new Identify(other);
  }

  @Override
  public String describe() {
    return "with ids of rows";
  }
}
