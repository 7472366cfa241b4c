package io.drawbar.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes columns in the byte form that {@link BatchCodec} describes. */
final class BatchEncoder {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int MOST_BYTES = Integer.MAX_VALUE - 16;

  private byte[] bytes;
  private int at;

  BatchEncoder(int headroom) {
    bytes = new byte[headroom + 256];
    at = headroom;
  }

  /** What has been written, behind the headroom. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, at);
  }

  private void reserve(long more) {
    if (bytes.length - at < more) {
      long wanted = Math.max(bytes.length * 3L / 2, at + more);
      if (at + more > MOST_BYTES) {
        throw tooLarge();
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, MOST_BYTES));
    }
  }

  void putInt(int value) {
    reserve(4);
    INTS.set(bytes, at, value);
    at += 4;
  }

  private static IllegalArgumentException tooLarge() {
    return new IllegalArgumentException(
        "a batch takes more than 2 GiB encoded; use a smaller drawbar.block.rows");
  }

  private void putByte(byte value) {
    reserve(1);
    bytes[at++] = value;
  }

  /** Writes so many of the rows of a column, those numbered. */
  void column(ColumnVector column, int[] rows, int count) {
    if (count > 1 && count <= BatchCodec.MOST_ALIKE && putAlike(column, rows, count)) {
      return;
    }
    putNulls(column, rows, count);
    if (column instanceof BooleanColumn booleans) {
      reserve(count);
      for (int i = 0; i < count; i++) {
        bytes[at++] = (byte) (booleans.values()[rows[i]] && !column.isNull(rows[i]) ? 1 : 0);
      }
    } else if (column instanceof LongColumn longs) {
      reserve(8L * count);
      for (int i = 0; i < count; i++, at += 8) {
        LONGS.set(bytes, at, column.isNull(rows[i]) ? 0 : longs.values()[rows[i]]);
      }
    } else if (column instanceof DoubleColumn doubles) {
      putDoubles(doubles.values(), column, rows, count);
    } else if (column instanceof StringColumn strings) {
      putStrings(strings, rows, count);
    } else if (column instanceof VectorColumn vectors) {
      putByte(BatchCodec.DENSE);
      for (double[] element : vectors.elements()) {
        putDoubles(element, column, rows, count);
      }
    } else if (column instanceof SparseVectorColumn vectors) {
      putByte(BatchCodec.SPARSE);
      putSparse(vectors, rows, count);
    } else {
      putLists((ListColumn) column, rows, count);
    }
  }

  /** Writes a column whose rows are all the same, if they are; it ends at the first that is not. */
  private boolean putAlike(ColumnVector column, int[] rows, int count) {
    boolean isLong = column instanceof LongColumn;
    if (!isLong && !(column instanceof DoubleColumn) && !(column instanceof StringColumn)) {
      return false;
    }
    boolean absent = column.isNull(rows[0]);
    if (!absent && column instanceof StringColumn) {
      return false;
    }
    long first = absent ? 0 : bits(column, rows[0]);
    for (int i = 1; i < count; i++) {
      if (column.isNull(rows[i]) != absent || !absent && bits(column, rows[i]) != first) {
        return false;
      }
    }
    putByte(absent ? BatchCodec.ABSENT : BatchCodec.SAME);
    if (!absent) {
      reserve(8);
      LONGS.set(bytes, at, first);
      at += 8;
    }
    return true;
  }

  private static long bits(ColumnVector column, int row) {
    return column instanceof LongColumn longs
        ? longs.values()[row]
        : Double.doubleToLongBits(((DoubleColumn) column).values()[row]);
  }

  private void putNulls(ColumnVector column, int[] rows, int count) {
    int any = 0;
    for (int i = 0; i < count && any == 0; i++) {
      any = column.isNull(rows[i]) ? 1 : 0;
    }
    int length = any == 0 ? 0 : (count + 7) >>> 3;
    reserve(1L + length);
    bytes[at++] = any == 0 ? BatchCodec.WITHOUT_NULLS : BatchCodec.WITH_NULLS;
    Arrays.fill(bytes, at, at + length, (byte) 0);
    for (int i = 0; any != 0 && i < count; i++) {
      if (column.isNull(rows[i])) {
        bytes[at + (i >>> 3)] |= (byte) (1 << (i & 7));
      }
    }
    at += length;
  }

  private void putDoubles(double[] values, ColumnVector column, int[] rows, int count) {
    reserve(8L * count);
    if (column.nulls() == null) {
      for (int i = 0; i < count; i++) {
        LONGS.set(bytes, at + 8 * i, Double.doubleToLongBits(values[rows[i]]));
      }
      at += 8 * count;
      return;
    }
    for (int i = 0; i < count; i++, at += 8) {
      double value = column.isNull(rows[i]) ? 0 : values[rows[i]];
      LONGS.set(bytes, at, Double.doubleToLongBits(value));
    }
  }

  private void putStrings(StringColumn strings, int[] rows, int count) {
    reserve(4L * count);
    long total = 0;
    for (int i = 0; i < count; i++, at += 4) {
      int length = length(strings, rows[i]);
      INTS.set(bytes, at, length);
      total += length;
    }
    reserve(total);
    for (int i = 0; i < count; i++) {
      int length = length(strings, rows[i]);
      System.arraycopy(
          strings.bytes(), length == 0 ? 0 : strings.starts()[rows[i]], bytes, at, length);
      at += length;
    }
  }

  private static int length(StringColumn strings, int row) {
    return strings.isNull(row) ? 0 : strings.ends()[row] - strings.starts()[row];
  }

  private void putSparse(SparseVectorColumn vectors, int[] rows, int count) {
    reserve(4L * count);
    long total = 0;
    for (int i = 0; i < count; i++, at += 4) {
      int row = rows[i];
      int length = vectors.isNull(row) ? 0 : vectors.ends()[row] - vectors.starts()[row];
      INTS.set(bytes, at, length);
      total += length;
    }
    reserve(12 * total);
    int valueAt = at + (int) (4 * total);
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      int end = vectors.isNull(row) ? 0 : vectors.ends()[row];
      for (int k = end == 0 ? 0 : vectors.starts()[row]; k < end; k++, at += 4, valueAt += 8) {
        INTS.set(bytes, at, vectors.indices()[k]);
        LONGS.set(bytes, valueAt, Double.doubleToLongBits(vectors.values()[k]));
      }
    }
    at = valueAt;
  }

  private void putLists(ListColumn lists, int[] rows, int count) {
    reserve(4L * count);
    long total = 0;
    for (int i = 0; i < count; i++, at += 4) {
      int length = lists.isNull(rows[i]) ? 0 : lists.ends()[rows[i]] - lists.starts()[rows[i]];
      INTS.set(bytes, at, length);
      total += length;
    }
    if (total > MOST_BYTES) {
      throw tooLarge();
    }
    int[] items = new int[(int) total];
    int n = 0;
    for (int i = 0; i < count; i++) {
      for (int k = lists.starts()[rows[i]];
          !lists.isNull(rows[i]) && k < lists.ends()[rows[i]];
          k++) {
        items[n++] = k;
      }
    }
    column(lists.items(), items, n);
  }
}
