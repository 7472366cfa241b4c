package io.drawbar.internal.plan;

import io.drawbar.expr.Expr;
import io.drawbar.expr.Functions;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DuplicateColumnException;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * One row for each row, of columns computed from it.
 *
 * @param outputs without {@code explode}; see {@link Unnest}
 * @param schema what they become
 */
public record Project(LogicalPlan input, List<Expr> outputs, Schema schema)
    implements Narrow, OneInput {
  public Project {
    outputs = List.copyOf(outputs);
    if (Outputs.explodes(outputs) > 0) {
      throw new TypeMismatchException("explode makes rows: see Unnest");
    }
  }

  /** A projection, or an {@link Unnest} if one of the outputs is {@code explode}. */
  public static LogicalPlan of(LogicalPlan input, List<Expr> outputs) {
    Schema schema = Outputs.schema(outputs, input.schema());
    return Outputs.explodes(outputs) > 0
        ? new Unnest(input, outputs, schema)
        : new Project(input, outputs, schema);
  }

  /** All columns and one more; in place of the one of that name, if there is one. */
  public static LogicalPlan with(LogicalPlan input, String name, Expr value) {
    List<Expr> outputs = new ArrayList<>();
    for (String existing : input.schema().names()) {
      outputs.add(existing.equals(name) ? value.as(name) : Functions.col(existing));
    }
    if (input.schema().find(name).isEmpty()) {
      outputs.add(value.as(name));
    }
    return of(input, outputs);
  }

  /**
   * All columns but some.
   *
   * @throws io.drawbar.type.UnknownColumnException if one of them is not there
   */
  public static LogicalPlan without(LogicalPlan input, List<String> columns) {
    columns.forEach(input.schema()::indexOf);
    List<Expr> outputs = new ArrayList<>();
    for (String existing : input.schema().names()) {
      if (!columns.contains(existing)) {
        outputs.add(Functions.col(existing));
      }
    }
    return of(input, outputs);
  }

  /**
   * All columns, one of them under another name.
   *
   * @throws io.drawbar.type.UnknownColumnException if it is not there
   * @throws DuplicateColumnException if another one has that name
   */
  public static LogicalPlan renamed(LogicalPlan input, String column, String to) {
    input.schema().indexOf(column);
    if (!to.equals(column) && input.schema().find(to).isPresent()) {
      throw new DuplicateColumnException(
          "there is a column '%s' already; drop(\"%s\") before, or take another name"
              .formatted(to, to));
    }
    List<Expr> outputs = new ArrayList<>();
    for (String existing : input.schema().names()) {
      Expr same = Functions.col(existing);
      outputs.add(existing.equals(column) ? same.as(to) : same);
    }
    return of(input, outputs);
  }

  @Override
  public LogicalPlan over(LogicalPlan other) {
    return of(other, outputs);
  }

  @Override
  public String describe() {
    return "select " + Outputs.text(outputs);
  }
}
