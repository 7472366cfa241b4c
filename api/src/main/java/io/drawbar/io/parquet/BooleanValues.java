package io.drawbar.io.parquet;

import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnVector;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.ValuesReader;

/** Truth values. */
final class BooleanValues extends ValueColumn {
  private boolean[] values = {};
  private byte[] bytes;
  private long bit;
  private long end;

  BooleanValues(ColumnDescriptor leaf) {
    super(leaf);
  }

  @Override
  void takeDictionary(byte[] source, int from, int to, int count) {
    throw new DamageException("a dictionary of truth values");
  }

  @Override
  void beginPlain(byte[] source, int from, int to) {
    bytes = source;
    bit = 8L * from;
    end = 8L * to;
  }

  @Override
  void plain(int at, int count) {
    skipPlain(count);
    long first = bit - count;
    for (int i = 0; i < count; i++) {
      long here = first + i;
      values[at + i] = (bytes[(int) (here >>> 3)] >>> (here & 7) & 1) != 0;
    }
  }

  @Override
  void skipPlain(int count) {
    if (count > end - bit) {
      throw new DamageException("%s bits where %s are left".formatted(count, end - bit));
    }
    bit += count;
  }

  @Override
  void repeat(int value, int at, int count) {
    Arrays.fill(values, at, at + count, value != 0);
  }

  @Override
  void pick(int[] bits, int at, int count) {
    for (int i = 0; i < count; i++) {
      values[at + i] = bits[i] != 0;
    }
  }

  @Override
  void other(ValuesReader reader, int at, int count) {
    for (int i = at; i < at + count; i++) {
      values[i] = reader.readBoolean();
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
    return new BooleanColumn(size, values, nulls);
  }
}
