package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.expr.BinaryOperator;
import io.drawbar.math.Exponential;
import io.drawbar.math.Rounding;

/** Arithmetic of doubles by IEEE rules, each operation rounded by itself. */
final class DoubleArithmetic implements Evaluator {
  private final BinaryOperator operator;
  private final Evaluator left;
  private final Evaluator right;
  private final DoubleScratch scratch = new DoubleScratch();

  DoubleArithmetic(BinaryOperator operator, Evaluator left, Evaluator right) {
    this.operator = operator;
    this.left = left;
    this.right = right;
  }

  @Override
  public ColumnVector evaluate(Batch batch) {
    DoubleColumn a = (DoubleColumn) left.evaluate(batch);
    DoubleColumn b = (DoubleColumn) right.evaluate(batch);
    int rows = batch.rows();
    apply(a.values(), b.values(), scratch.forRows(rows), rows);
    return scratch.column(rows, Nulls.either(a, b));
  }

  /** All rows, also those that do not count: no value is an error, and the loops vectorise. */
  private void apply(double[] a, double[] b, double[] out, int rows) {
    switch (operator) {
      case PLUS:
        for (int i = 0; i < rows; i++) {
          out[i] = a[i] + b[i];
        }
        break;
      case MINUS:
        for (int i = 0; i < rows; i++) {
          out[i] = a[i] - b[i];
        }
        break;
      case TIMES:
        for (int i = 0; i < rows; i++) {
          out[i] = a[i] * b[i];
        }
        break;
      case DIVIDED_BY:
        for (int i = 0; i < rows; i++) {
          out[i] = a[i] / b[i];
        }
        break;
      default:
        for (int i = 0; i < rows; i++) {
          out[i] = a[i] % b[i];
        }
    }
  }

  /** The logistic function. */
  static final class Sigmoid implements Evaluator {
    private final Evaluator operand;
    private final DoubleScratch scratch = new DoubleScratch();

    Sigmoid(Evaluator operand) {
      this.operand = operand;
    }

    @Override
    public ColumnVector evaluate(Batch batch) {
      DoubleColumn column = (DoubleColumn) operand.evaluate(batch);
      int rows = batch.rows();
      double[] values = scratch.forRows(rows);
      for (int i = 0; i < rows; i++) {
        values[i] = Exponential.sigmoid(column.values()[i]);
      }
      return scratch.column(rows, column.nulls());
    }
  }

  /** The number with its sign changed. */
  static final class Negate implements Evaluator {
    private final Evaluator operand;

    Negate(Evaluator operand) {
      this.operand = operand;
    }

    @Override
    public ColumnVector evaluate(Batch batch) {
      DoubleColumn column = (DoubleColumn) operand.evaluate(batch);
      double[] values = new double[batch.rows()];
      for (int i = 0; i < values.length; i++) {
        values[i] = -column.values()[i];
      }
      return new DoubleColumn(values.length, values, column.nulls());
    }
  }

  /** The number without its sign. */
  record Absolute(Evaluator operand) implements Evaluator {
    @Override
    public ColumnVector evaluate(Batch batch) {
      DoubleColumn column = (DoubleColumn) operand.evaluate(batch);
      double[] values = new double[batch.rows()];
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.abs(column.values()[i]);
      }
      return new DoubleColumn(values.length, values, column.nulls());
    }
  }

  /** The number rounded to decimals. */
  record Rounded(Evaluator operand, int digits) implements Evaluator {
    @Override
    public ColumnVector evaluate(Batch batch) {
      DoubleColumn column = (DoubleColumn) operand.evaluate(batch);
      double[] values = new double[batch.rows()];
      for (int n = 0; n < batch.selected(); n++) {
        int i = batch.row(n);
        values[i] = Rounding.round(column.values()[i], digits);
      }
      return new DoubleColumn(values.length, values, column.nulls());
    }
  }
}
