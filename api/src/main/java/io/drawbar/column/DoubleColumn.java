package io.drawbar.column;

import io.drawbar.type.DataType;

/** A column of floating numbers. */
public record DoubleColumn(int size, double[] values, boolean[] nulls) implements ColumnVector {
  @Override
  public DataType type() {
    return DataType.DOUBLE;
  }

  @Override
  public Object value(int row) {
    return isNull(row) ? null : (Object) values[row];
  }

  @Override
  public ColumnVector withNulls(boolean[] other) {
    return new DoubleColumn(size, values, other);
  }
}
