package io.drawbar.io.parquet;

import io.drawbar.column.ColumnVector;
import io.drawbar.column.LongColumn;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.ValuesReader;

/** Whole numbers, of 32 and 64 bits. */
final class LongValues extends ValueColumn {
  /** What is stored. */
  enum Stored {
    INT32,
    UNSIGNED_INT32,
    INT64
  }

  private final Stored stored;
  private final int width;

  /** What a number is multiplied by: units of time become finer ones. */
  private final long factor;

  private long[] values = {};
  private long[] dictionary = {};
  private byte[] bytes;
  private int from;
  private int to;

  LongValues(ColumnDescriptor leaf, Stored stored, long factor) {
    super(leaf);
    this.stored = stored;
    this.factor = factor;
    width = stored == Stored.INT64 ? 8 : 4;
  }

  private void decode(byte[] source, int at, long[] into, int index, int count) {
    switch (stored) {
      case INT64 ->
          ByteBuffer.wrap(source, at, count * 8)
              .order(ByteOrder.LITTLE_ENDIAN)
              .asLongBuffer()
              .get(into, index, count);
      case INT32 -> {
        for (int i = 0; i < count; i++) {
          into[index + i] = (int) LittleEndian.INT.get(source, at + 4 * i);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          into[index + i] = (int) LittleEndian.INT.get(source, at + 4 * i) & 0xFFFF_FFFFL;
        }
      }
    }
    if (factor != 1) {
      multiply(into, index, count);
    }
  }

  private void multiply(long[] into, int index, int count) {
    for (int i = index; i < index + count; i++) {
      long product = into[i] * factor;
      if (product / factor != into[i]) {
        throw new ValueRangeException(
            -1,
            "the time %s is beyond what a LONG holds in a unit %s times finer"
                .formatted(into[i], factor));
      }
      into[i] = product;
    }
  }

  @Override
  void takeDictionary(byte[] source, int start, int end, int count) {
    checkSize(count, width, start, end);
    dictionary = new long[count];
    decode(source, start, dictionary, 0, count);
  }

  @Override
  void beginPlain(byte[] source, int start, int end) {
    bytes = source;
    from = start;
    to = end;
  }

  @Override
  void plain(int at, int count) {
    checkSize(count, width, from, to);
    decode(bytes, from, values, at, count);
    from += count * width;
  }

  @Override
  void skipPlain(int count) {
    checkSize(count, width, from, to);
    from += count * width;
  }

  @Override
  void repeat(int place, int at, int count) {
    Arrays.fill(values, at, at + count, dictionary[place]);
  }

  @Override
  void pick(int[] places, int at, int count) {
    check(places, count);
    long[] from64 = dictionary;
    long[] into = values;
    for (int i = 0; i < count; i++) {
      into[at + i] = from64[places[i]];
    }
  }

  @Override
  void other(ValuesReader reader, int at, int count) {
    for (int i = at; i < at + count; i++) {
      values[i] =
          switch (stored) {
            case INT64 -> reader.readLong();
            case INT32 -> reader.readInteger();
            case UNSIGNED_INT32 -> reader.readInteger() & 0xFFFF_FFFFL;
          };
    }
    if (factor != 1) {
      multiply(values, at, count);
    }
  }

  @Override
  void reserve(int count) {
    if (values.length < count) {
      values = Arrays.copyOf(values, count);
    }
  }

  @Override
  void spread(boolean[] nulls, int at, int present, int count) {
    int last = at + present - 1;
    for (int i = at + count - 1; i > last; i--) {
      if (!nulls[i]) {
        values[i] = values[last--];
      }
    }
  }

  @Override
  ColumnVector vector(int size, boolean[] nulls) {
    return new LongColumn(size, values, nulls);
  }
}
