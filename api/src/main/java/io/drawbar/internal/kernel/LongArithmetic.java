package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.LongColumn;
import io.drawbar.expr.Binary;
import io.drawbar.expr.BinaryOperator;
import io.drawbar.expr.EvaluationException;
import io.drawbar.expr.Expr;
import io.drawbar.expr.Unary;
import io.drawbar.expr.UnaryOperator;

/**
 * Arithmetic of whole numbers: an overflow or a division by zero is an error, never a wrong number.
 */
final class LongArithmetic implements Evaluator {
  private static final String UNFIT = "does not fit a LONG";

  private final Binary expr;
  private final Evaluator left;
  private final Evaluator right;
  private long[] scratch = new long[0];

  LongArithmetic(Binary expr, Evaluator left, Evaluator right) {
    this.expr = expr;
    this.left = left;
    this.right = right;
  }

  @Override
  public ColumnVector evaluate(Batch batch) {
    LongColumn a = (LongColumn) left.evaluate(batch);
    LongColumn b = (LongColumn) right.evaluate(batch);
    boolean[] nulls = Nulls.either(a, b);
    if (scratch.length < batch.rows()) {
      scratch = new long[batch.rows()];
    }
    for (int n = 0; n < batch.selected(); n++) {
      int i = batch.row(n);
      if (nulls == null || !nulls[i]) {
        scratch[i] = apply(a.values()[i], b.values()[i]);
      }
    }
    return new LongColumn(batch.rows(), scratch, nulls);
  }

  private long apply(long a, long b) {
    try {
      return switch (expr.operator()) {
        case PLUS -> Math.addExact(a, b);
        case MINUS -> Math.subtractExact(a, b);
        case TIMES -> Math.multiplyExact(a, b);
        default -> a % b;
      };
    } catch (ArithmeticException e) {
      // The exception itself does not tell: compiled code throws one without a message for a % 0.
      String what = expr.operator() == BinaryOperator.MOD ? "is a division by zero" : UNFIT;
      throw failure(expr, "%s %s %s".formatted(a, expr.operator().symbol(), b), what);
    }
  }

  private static EvaluationException failure(Expr expr, String values, String what) {
    return new EvaluationException(
        "%s: %s %s; cast an operand to DOUBLE, or filter such rows out before"
            .formatted(expr, values, what));
  }

  /** The number with its sign changed, or without it. */
  static final class Negate implements Evaluator {
    private final Unary expr;
    private final Evaluator operand;

    Negate(Unary expr, Evaluator operand) {
      this.expr = expr;
      this.operand = operand;
    }

    @Override
    public ColumnVector evaluate(Batch batch) {
      LongColumn column = (LongColumn) operand.evaluate(batch);
      boolean isAbsolute = expr.operator() == UnaryOperator.ABSOLUTE;
      long[] values = new long[batch.rows()];
      for (int n = 0; n < batch.selected(); n++) {
        int i = batch.row(n);
        long value = column.isNull(i) ? 0 : column.values()[i];
        if (value == Long.MIN_VALUE) {
          throw failure(expr, isAbsolute ? "of " + value : "-(" + value + ")", UNFIT);
        }
        values[i] = isAbsolute && value > 0 ? value : -value;
      }
      return new LongColumn(batch.rows(), values, column.nulls());
    }
  }
}
