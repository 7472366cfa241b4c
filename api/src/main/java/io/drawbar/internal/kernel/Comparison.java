package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.expr.BinaryOperator;

/** The six comparisons, by {@link ColumnOrder}. */
final class Comparison implements Evaluator {
  private final Evaluator left;
  private final Evaluator right;
  private final boolean ifLess;
  private final boolean ifEqual;
  private final boolean ifGreater;
  private boolean[] scratch = new boolean[0];
  private BooleanColumn last;

  Comparison(BinaryOperator operator, Evaluator left, Evaluator right) {
    this.left = left;
    this.right = right;
    ifLess =
        switch (operator) {
          case LESS, LESS_OR_EQUAL, NOT_EQUAL -> true;
          default -> false;
        };
    ifEqual =
        switch (operator) {
          case EQUAL, LESS_OR_EQUAL, GREATER_OR_EQUAL -> true;
          default -> false;
        };
    ifGreater =
        switch (operator) {
          case GREATER, GREATER_OR_EQUAL, NOT_EQUAL -> true;
          default -> false;
        };
  }

  @Override
  public ColumnVector evaluate(Batch batch) {
    ColumnVector a = left.evaluate(batch);
    ColumnVector b = right.evaluate(batch);
    boolean[] nulls = Nulls.either(a, b);
    if (scratch.length < batch.rows()) {
      scratch = new boolean[batch.rows()];
    }
    boolean[] values = scratch;
    if (a instanceof LongColumn longs) {
      compare(batch, longs.values(), ((LongColumn) b).values(), values);
    } else if (a instanceof DoubleColumn doubles) {
      compare(batch, doubles.values(), ((DoubleColumn) b).values(), values);
    } else {
      for (int n = 0; n < batch.selected(); n++) {
        int i = batch.row(n);
        boolean isPresent = nulls == null || !nulls[i];
        values[i] = isPresent && holds(ColumnOrder.comparePresent(a, i, b, i));
      }
    }
    last = Unchanged.booleans(last, batch.rows(), values, nulls);
    return last;
  }

  private void compare(Batch batch, long[] a, long[] b, boolean[] values) {
    for (int n = 0; n < batch.selected(); n++) {
      int i = batch.row(n);
      values[i] = holds(Long.compare(a[i], b[i]));
    }
  }

  private void compare(Batch batch, double[] a, double[] b, boolean[] values) {
    for (int n = 0; n < batch.selected(); n++) {
      int i = batch.row(n);
      values[i] = holds(ColumnOrder.compare(a[i], b[i]));
    }
  }

  private boolean holds(int order) {
    return order < 0 ? ifLess : order == 0 ? ifEqual : ifGreater;
  }
}
