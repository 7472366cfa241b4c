package io.drawbar.io;

import io.drawbar.column.ColumnVector;
import io.drawbar.column.StringColumn;
import io.drawbar.error.DrawbarException;
import io.drawbar.type.DataType;
import java.util.Arrays;

/** Texts, with what was escaped decoded. */
final class JsonStringColumn extends JsonColumn {
  private byte[] bytes = new byte[FIRST];
  private int used;
  private int[] starts = new int[FIRST];
  private int[] ends = new int[FIRST];

  JsonStringColumn() {
    super(DataType.STRING);
  }

  @Override
  void begin() {
    super.begin();
    used = 0;
  }

  @Override
  void grow(int capacity) {
    starts = Arrays.copyOf(starts, capacity);
    ends = Arrays.copyOf(ends, capacity);
  }

  @Override
  void put(JsonScanner in) throws BadTextException {
    if (in.next() != '"') {
      throw mismatch(in, type);
    }
    in.string();
    int length = in.tokenTo() - in.tokenFrom();
    if (bytes.length - used < length) {
      if (length > MOST_BYTES - used) {
        throw new DrawbarException(
            "a block has more than 2 GiB of text in a column; use a smaller drawbar.block.rows");
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(MOST_BYTES, Math.max(2L * used, used + length)));
    }
    starts[size] = used;
    if (in.isEscaped()) {
      used = JsonText.decode(in.bytes(), in.tokenFrom(), in.tokenTo(), bytes, used);
    } else {
      System.arraycopy(in.bytes(), in.tokenFrom(), bytes, used, length);
      used += length;
    }
    ends[size] = used;
  }

  @Override
  void omit() {
    starts[size] = used;
    ends[size] = used;
  }

  @Override
  ColumnVector column() {
    return new StringColumn(size, bytes, starts, ends, nullsIfAny());
  }
}
