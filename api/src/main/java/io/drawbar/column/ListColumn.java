package io.drawbar.column;

import io.drawbar.type.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A column of lists: row {@code i} holds the items {@code starts[i]} to {@code ends[i] - 1}. */
public record ListColumn(int size, int[] starts, int[] ends, ColumnVector items, boolean[] nulls)
    implements ColumnVector {
  @Override
  public DataType type() {
    return DataType.listOf(items.type());
  }

  @Override
  public Object value(int row) {
    if (isNull(row)) {
      return null;
    }
    List<Object> list = new ArrayList<>();
    for (int i = starts[row]; i < ends[row]; i++) {
      list.add(items.value(i));
    }
    return Collections.unmodifiableList(list);
  }

  @Override
  public ColumnVector withNulls(boolean[] other) {
    return new ListColumn(size, starts, ends, items, other);
  }
}
