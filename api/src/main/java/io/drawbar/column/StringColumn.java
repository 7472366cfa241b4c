package io.drawbar.column;

import io.drawbar.text.Utf8;
import io.drawbar.type.DataType;

/**
 * A column of text: row {@code i} is {@code bytes[starts[i]..ends[i])} in UTF-8. Slices may overlap
 * or leave gaps, so a parser hands out its read buffer and {@code split} its input.
 */
public record StringColumn(int size, byte[] bytes, int[] starts, int[] ends, boolean[] nulls)
    implements ColumnVector {
  @Override
  public DataType type() {
    return DataType.STRING;
  }

  @Override
  public Object value(int row) {
    return isNull(row) ? null : Utf8.toString(bytes, starts[row], ends[row]);
  }

  @Override
  public ColumnVector withNulls(boolean[] other) {
    return new StringColumn(size, bytes, starts, ends, other);
  }
}
