package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.expr.OrElse;

/** Values, or a constant where they are null or NaN. */
final class Otherwise implements Evaluator {
  private final Evaluator value;
  private final Object constant;

  Otherwise(OrElse orElse, Evaluator value) {
    this.value = value;
    constant = orElse.otherwise().value();
  }

  @Override
  public ColumnVector evaluate(Batch batch) {
    ColumnVector column = value.evaluate(batch);
    if (column instanceof DoubleColumn doubles) {
      return filled(doubles, batch);
    }
    if (column.nulls() == null) {
      return column;
    }
    if (column instanceof LongColumn longs) {
      return filled(longs, batch);
    }
    return column instanceof BooleanColumn flags ? filled(flags, batch) : copied(column, batch);
  }

  private DoubleColumn filled(DoubleColumn column, Batch batch) {
    double otherwise = ((Number) constant).doubleValue();
    double[] values = new double[batch.rows()];
    for (int n = 0; n < batch.selected(); n++) {
      int row = batch.row(n);
      double found = column.values()[row];
      values[row] = found != found || column.isNull(row) ? otherwise : found;
    }
    return new DoubleColumn(values.length, values, null);
  }

  private LongColumn filled(LongColumn column, Batch batch) {
    long[] values = new long[batch.rows()];
    for (int n = 0; n < batch.selected(); n++) {
      int row = batch.row(n);
      values[row] = column.isNull(row) ? (Long) constant : column.values()[row];
    }
    return new LongColumn(values.length, values, null);
  }

  private BooleanColumn filled(BooleanColumn column, Batch batch) {
    boolean[] values = new boolean[batch.rows()];
    for (int n = 0; n < batch.selected(); n++) {
      int row = batch.row(n);
      values[row] = column.isNull(row) ? (Boolean) constant : column.values()[row];
    }
    return new BooleanColumn(values.length, values, null);
  }

  private ColumnVector copied(ColumnVector column, Batch batch) {
    ColumnBuilder builder = ColumnBuilder.of(column.type());
    int next = 0;
    for (int n = 0; n < batch.selected(); n++) {
      int row = batch.row(n);
      for (; next < row; next++) {
        builder.appendNull();
      }
      builder.appendValue(column.isNull(row) ? constant : column.value(row));
      next++;
    }
    for (; next < batch.rows(); next++) {
      builder.appendNull();
    }
    return builder.build();
  }
}
