package io.drawbar.internal.plan;

import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows with their ids in one more column: a hash of (file, leaf, ordinal) as read, or, once
 * rows have crossed a keyed operator, of their content and their number among their equals. Steps
 * above carry the column along; {@code explode} and {@code flatMap} mix in the number of the child.
 *
 * @param branch 0 where ids are made; else they are there already, and the number of the union's
 *     branch, from 1, is mixed in: the first branch's, too, so that ids of unions of unions differ
 */
public record Identify(LogicalPlan input, int branch) implements Narrow {
  /** The name of the column; starts with a character that nobody types. */
  public static final String ID = "\u0001id";

  private static final Field FIELD = Field.optional(ID, DataType.LONG);

  /** Rows and their ids. */
  public Identify(LogicalPlan input) {
    this(input, 0);
  }

  /** Rows that have ids, of a branch of a union. */
  public static Identify branch(LogicalPlan carrying, int branch) {
    return new Identify(carrying, branch);
  }

  /** Whether ids are made here, from places or, of rows numbered among their equals, content. */
  public boolean makesIds() {
    return branch == 0;
  }

  @Override
  public Schema schema() {
    if (!makesIds()) {
      return input.schema();
    }
    List<Field> fields = new ArrayList<>(input.schema().fields());
    fields.add(FIELD);
    return new Schema(fields);
  }

  @Override
  public List<LogicalPlan> inputs() {
    return List.of(input);
  }

  @Override
  public LogicalPlan withInputs(List<LogicalPlan> inputs) {
    return new Identify(inputs.get(0), branch);
  }

  @Override
  public String describe() {
    return makesIds() ? "with ids of rows" : "ids of branch " + branch;
  }
}
