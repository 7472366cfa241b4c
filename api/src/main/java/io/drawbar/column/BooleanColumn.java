package io.drawbar.column;

import io.drawbar.type.DataType;

/** A column of truth values. */
public record BooleanColumn(int size, boolean[] values, boolean[] nulls) implements ColumnVector {
  @Override
  public DataType type() {
    return DataType.BOOLEAN;
  }

  @Override
  public Object value(int row) {
    return isNull(row) ? null : (Object) values[row];
  }

  @Override
  public ColumnVector withNulls(boolean[] other) {
    return new BooleanColumn(size, values, other);
  }
}
