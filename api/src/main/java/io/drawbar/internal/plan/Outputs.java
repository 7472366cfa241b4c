package io.drawbar.internal.plan;

import io.drawbar.expr.Alias;
import io.drawbar.expr.Explode;
import io.drawbar.expr.Expr;
import io.drawbar.expr.ExprTypes;
import io.drawbar.expr.ExprWalk;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What steps share that compute: the columns of expressions, and where {@code explode} may be. */
public final class Outputs {
  private Outputs() {}

  /** The columns that expressions become. */
  static Schema schema(List<Expr> outputs, Schema input) {
    List<Field> fields = new ArrayList<>();
    for (Expr output : outputs) {
      fields.add(Field.optional(output.name(), ExprTypes.of(output, input)));
    }
    return new Schema(fields);
  }

  /** An expression without its name. */
  public static Expr unnamed(Expr expr) {
    return expr instanceof Alias alias ? unnamed(alias.expr()) : expr;
  }

  /** Whether an expression is {@code explode(...)}, under whatever name. */
  public static boolean isExplode(Expr output) {
    return unnamed(output) instanceof Explode;
  }

  /** How often {@code explode} stands at the top of an output; fails if it stands inside one. */
  static long explodes(List<Expr> outputs) {
    for (Expr output : outputs) {
      Expr top = unnamed(output);
      Expr inside = top instanceof Explode explode ? explode.list() : top;
      ExprWalk.visit(
          inside,
          e -> {
            if (e instanceof Explode) {
              throw new TypeMismatchException(
                  "in %s: explode stands by itself; select it first, then compute with its column"
                      .formatted(output));
            }
          });
    }
    return outputs.stream().filter(Outputs::isExplode).count();
  }

  /**
   * Checks an expression of a step that makes no rows.
   *
   * @param call what the user has called, with the expression, for the message
   * @throws TypeMismatchException if {@code explode} stands in it
   */
  static void rejectExplode(Expr expr, String call) {
    ExprWalk.visit(
        expr,
        e -> {
          if (e instanceof Explode) {
            throw new TypeMismatchException(
                "%s: %s belongs in a select before this".formatted(call, e));
          }
        });
  }

  static String text(List<Expr> outputs) {
    return outputs.stream().map(Expr::toString).collect(Collectors.joining(", "));
  }
}
