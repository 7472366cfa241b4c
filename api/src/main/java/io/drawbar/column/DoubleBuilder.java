package io.drawbar.column;

import java.util.Arrays;

/** Grows a column of doubles. */
final class DoubleBuilder extends ColumnBuilder {
  private double[] values = new double[16];

  void put(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, grown(size));
    }
    values[size] = value;
  }

  @Override
  boolean equalsPresent(int index, ColumnVector other, int row) {
    return Double.doubleToLongBits(values[index])
        == Double.doubleToLongBits(((DoubleColumn) other).values()[row]);
  }

  @Override
  void appendPresent(ColumnVector from, int row) {
    put(((DoubleColumn) from).values()[row]);
  }

  @Override
  void appendAllPresent(ColumnVector from, int[] rows, int count) {
    double[] source = ((DoubleColumn) from).values();
    if (size + count > values.length) {
      values = Arrays.copyOf(values, roomFor(size, size + count));
    }
    if (rows == null) {
      System.arraycopy(source, 0, values, size, count);
    } else {
      for (int i = 0; i < count; i++) {
        values[size + i] = source[rows[i]];
      }
    }
    size += count;
  }

  @Override
  void appendPlaceholder() {
    put(0);
  }

  @Override
  void appendObject(Object value) {
    put(canonical((Double) value));
  }

  @Override
  long valueBytes() {
    return 8L * values.length;
  }

  @Override
  public ColumnVector build() {
    return new DoubleColumn(size, values, nullsOfAll());
  }
}
