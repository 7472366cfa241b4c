package io.drawbar.internal.plan;

import io.drawbar.error.DrawbarException;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;
import io.drawbar.type.ScalarType;
import io.drawbar.type.Schema;
import java.util.List;

/**
 * The rows with one more column: a number from 0 to less than 1, drawn by a hash of the seed and
 * the row's id, as {@link Sample} draws, or of the seed and the values of some columns.
 *
 * @param column the name of the new column
 * @param seed which numbers
 * @param of columns by whose values it is drawn; empty for the row's id
 */
public record Draw(LogicalPlan input, String column, long seed, List<String> of)
    implements Narrow, OneInput {
  public Draw {
    of = List.copyOf(of);
    if (input.schema().find(column).isPresent()) {
      throw new DrawbarException(
          "there is a column '%s' already: %s; take another name"
              .formatted(column, input.schema().names()));
    }
    for (String key : of) {
      DataType type = input.schema().field(key).type();
      if (!(type instanceof ScalarType)) {
        throw new TypeMismatchException(
            "column '%s' is %s, but a BOOLEAN, LONG, DOUBLE or STRING is wanted"
                .formatted(key, type));
      }
    }
  }

  /** Whether the numbers are drawn by the ids of rows. */
  public boolean isByRow() {
    return of.isEmpty();
  }

  /** The columns that it reads. */
  public List<String> reads() {
    return isByRow() ? List.of(Identify.ID) : of;
  }

  @Override
  public Schema schema() {
    return input.schema().with(column, DataType.DOUBLE);
  }

  @Override
  public LogicalPlan over(LogicalPlan other) {
    return new Draw(other, column, seed, of);
  }

  @Override
  public String describe() {
    String by = isByRow() ? "row id" : String.join(", ", of);
    return "draw '%s' by %s, seed %s".formatted(column, by, seed);
  }
}
