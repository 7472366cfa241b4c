package io.drawbar.column;

import java.util.Arrays;

/** Grows a column of booleans. */
final class BooleanBuilder extends ColumnBuilder {
  private boolean[] values = new boolean[16];

  void put(boolean value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, grown(size));
    }
    values[size] = value;
  }

  @Override
  boolean equalsPresent(int index, ColumnVector other, int row) {
    return values[index] == ((BooleanColumn) other).values()[row];
  }

  @Override
  void appendPresent(ColumnVector from, int row) {
    put(((BooleanColumn) from).values()[row]);
  }

  @Override
  void appendPlaceholder() {
    put(false);
  }

  @Override
  void appendObject(Object value) {
    put((Boolean) value);
  }

  @Override
  long valueBytes() {
    return values.length;
  }

  @Override
  public ColumnVector build() {
    return new BooleanColumn(size, values, nullsOfAll());
  }
}
