package io.drawbar.column;

import io.drawbar.error.DrawbarException;
import io.drawbar.text.Utf8;
import java.util.Arrays;

/** Grows a column of strings, one after the other. */
final class TextBuilder extends ColumnBuilder {
  private static final int MOST_BYTES = Integer.MAX_VALUE - 16;

  private byte[] bytes = new byte[64];
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private int used;

  private void reserve(long more) {
    if (bytes.length - used < more) {
      if (more > MOST_BYTES - used) {
        throw new DrawbarException(
            "a column has more than 2 GiB of text in one task or block; use more tasks"
                + " (drawbar.parallelism) or a smaller drawbar.block.rows");
      }
      long wanted = Math.max(used * 3L / 2, used + more) + 16;
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, MOST_BYTES));
    }
  }

  void put(byte[] from, int start, int end) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, grown(size));
      ends = Arrays.copyOf(ends, starts.length);
    }
    int length = end - start;
    reserve(length);
    System.arraycopy(from, start, bytes, used, length);
    starts[size] = used;
    used += length;
    ends[size] = used;
  }

  @Override
  boolean equalsPresent(int index, ColumnVector other, int row) {
    StringColumn column = (StringColumn) other;
    // Texts follow each other: one look at memory, not two. What is asked for comes first, since
    // its length is known before the other is fetched.
    return Utf8.equals(
        column.bytes(),
        column.starts()[row],
        column.ends()[row],
        bytes,
        index == 0 ? 0 : ends[index - 1],
        ends[index]);
  }

  @Override
  void appendPresent(ColumnVector from, int row) {
    StringColumn column = (StringColumn) from;
    put(column.bytes(), column.starts()[row], column.ends()[row]);
  }

  @Override
  void appendPlaceholder() {
    put(bytes, 0, 0);
  }

  @Override
  void appendObject(Object value) {
    byte[] text = Utf8.encode((String) value);
    put(text, 0, text.length);
  }

  @Override
  long valueBytes() {
    return bytes.length + 8L * starts.length;
  }

  @Override
  public ColumnVector build() {
    return new StringColumn(size, bytes, starts, ends, nullsOfAll());
  }
}
