package io.drawbar.column;

import io.drawbar.type.DataType;

/** A column of whole numbers. */
public record LongColumn(int size, long[] values, boolean[] nulls) implements ColumnVector {
  @Override
  public DataType type() {
    return DataType.LONG;
  }

  @Override
  public Object value(int row) {
    return isNull(row) ? null : (Object) values[row];
  }

  @Override
  public ColumnVector withNulls(boolean[] other) {
    return new LongColumn(size, values, other);
  }
}
