package io.drawbar.column;

import java.util.Arrays;
import java.util.List;

/** Grows a column of lists, whose items are a column of their own. */
final class ListBuilder extends ColumnBuilder {
  private final ColumnBuilder items;
  private int[] starts = new int[16];
  private int[] ends = new int[16];

  ListBuilder(ColumnBuilder items) {
    this.items = items;
  }

  private void close(int start) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, grown(size));
      ends = Arrays.copyOf(ends, starts.length);
    }
    starts[size] = start;
    ends[size] = items.size();
  }

  @Override
  boolean equalsPresent(int index, ColumnVector other, int row) {
    ListColumn column = (ListColumn) other;
    int length = ends[index] - starts[index];
    boolean equal = length == column.ends()[row] - column.starts()[row];
    for (int i = 0; i < length && equal; i++) {
      equal = items.holds(starts[index] + i, column.items(), column.starts()[row] + i);
    }
    return equal;
  }

  @Override
  void appendPresent(ColumnVector from, int row) {
    ListColumn column = (ListColumn) from;
    int start = items.size();
    for (int i = column.starts()[row]; i < column.ends()[row]; i++) {
      items.append(column.items(), i);
    }
    close(start);
  }

  @Override
  void appendPlaceholder() {
    close(items.size());
  }

  @Override
  void appendObject(Object value) {
    int start = items.size();
    for (Object item : (List<?>) value) {
      items.appendValue(item);
    }
    close(start);
  }

  @Override
  long valueBytes() {
    return 8L * starts.length + items.heapBytes();
  }

  @Override
  public ColumnVector build() {
    return new ListColumn(size, starts, ends, items.build(), nullsOfAll());
  }
}
