package io.drawbar.column;

import io.drawbar.type.DataType;
import io.drawbar.type.ListType;
import io.drawbar.type.VectorType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads columns in the byte form that {@link BatchCodec} describes; every length is checked against
 * the bytes that are there before anything is allocated.
 */
final class BatchDecoder {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private int at;

  BatchDecoder(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  /** Reads the number of rows. */
  int count() {
    need(4);
    int count = (int) INTS.get(bytes, at);
    at += 4;
    if (count < 0) {
      throw damaged(count);
    }
    return count;
  }

  /** Checks that nothing is left. */
  void checkEnd() {
    if (at != bytes.length) {
      throw new IllegalArgumentException(
          "a frame of %s bytes holds a batch that ends at %s".formatted(bytes.length, at));
    }
  }

  private void need(long length) {
    if (length < 0 || length > bytes.length - at) {
      throw damaged(length);
    }
  }

  private IllegalArgumentException damaged(long wanted) {
    return new IllegalArgumentException(
        "a damaged frame: %s wanted at byte %s of %s".formatted(wanted, at, bytes.length));
  }

  /** Reads a column of so many rows. */
  ColumnVector column(DataType type, int count) {
    need(1);
    if (bytes[at] == BatchCodec.ABSENT || bytes[at] == BatchCodec.SAME) {
      return alike(type, count, bytes[at++]);
    }
    boolean[] nulls = nulls(count);
    if (type instanceof VectorType vector) {
      return vectors(vector.size(), count, nulls);
    }
    if (type instanceof ListType list) {
      int[][] slices = slices(count);
      return new ListColumn(
          count, slices[0], slices[1], column(list.item(), total(slices[1])), nulls);
    }
    if (type == DataType.BOOLEAN) {
      need(count);
      boolean[] values = new boolean[count];
      for (int i = 0; i < count; i++) {
        values[i] = bytes[at++] != 0;
      }
      return new BooleanColumn(count, values, nulls);
    }
    if (type == DataType.LONG) {
      need(8L * count);
      long[] values = new long[count];
      ByteBuffer.wrap(bytes, at, 8 * count)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asLongBuffer()
          .get(values);
      at += 8 * count;
      return new LongColumn(count, values, nulls);
    }
    return type == DataType.DOUBLE
        ? new DoubleColumn(count, doubles(count), nulls)
        : strings(count, nulls);
  }

  /** A column whose rows are all the same. */
  private ColumnVector alike(DataType type, int count, byte form) {
    boolean isText = type == DataType.STRING;
    boolean isNumber = type == DataType.LONG || type == DataType.DOUBLE;
    if (count > BatchCodec.MOST_ALIKE || !isNumber && !(isText && form == BatchCodec.ABSENT)) {
      throw damaged(count);
    }
    boolean[] nulls = null;
    long bits = 0;
    if (form == BatchCodec.ABSENT) {
      nulls = new boolean[count];
      Arrays.fill(nulls, true);
    } else {
      need(8);
      bits = (long) LONGS.get(bytes, at);
      at += 8;
    }
    if (isText) {
      int[] none = new int[count];
      return new StringColumn(count, new byte[0], none, none, nulls);
    }
    if (type == DataType.LONG) {
      long[] values = new long[count];
      Arrays.fill(values, bits);
      return new LongColumn(count, values, nulls);
    }
    double[] values = new double[count];
    Arrays.fill(values, Double.longBitsToDouble(bits));
    return new DoubleColumn(count, values, nulls);
  }

  private ColumnVector vectors(int dimension, int count, boolean[] nulls) {
    need(1);
    byte form = bytes[at++];
    if (form == BatchCodec.SPARSE) {
      return sparse(dimension, count, nulls);
    }
    if (form != BatchCodec.DENSE || (long) dimension * count > (bytes.length - at) / 8) {
      throw damaged(form);
    }
    if (count == 0) {
      // An array of arrays would be allocated that no byte of the frame stands for.
      int[] none = new int[0];
      return new SparseVectorColumn(0, dimension, none, none, none, new double[0], nulls);
    }
    double[][] elements = new double[dimension][];
    for (int j = 0; j < dimension; j++) {
      elements[j] = doubles(count);
    }
    return new VectorColumn(count, elements, nulls);
  }

  private SparseVectorColumn sparse(int dimension, int count, boolean[] nulls) {
    int[][] slices = slices(count);
    int total = total(slices[1]);
    need(12L * total);
    int[] indices = new int[total];
    for (int i = 0; i < count; i++) {
      int before = -1;
      for (int k = slices[0][i]; k < slices[1][i]; k++, at += 4) {
        int index = (int) INTS.get(bytes, at);
        if (index <= before || index >= dimension) {
          throw damaged(index);
        }
        indices[k] = index;
        before = index;
      }
    }
    return new SparseVectorColumn(
        count, dimension, slices[0], slices[1], indices, doubles(total), nulls);
  }

  private boolean[] nulls(int count) {
    need(1);
    byte flag = bytes[at++];
    if (flag == BatchCodec.WITHOUT_NULLS) {
      return null;
    }
    int length = (int) ((count + 7L) >>> 3);
    need(length);
    boolean[] nulls = new boolean[count];
    for (int i = 0; i < count; i++) {
      nulls[i] = (bytes[at + (i >>> 3)] >> (i & 7) & 1) != 0;
    }
    at += length;
    return nulls;
  }

  private double[] doubles(int count) {
    need(8L * count);
    double[] values = new double[count];
    ByteBuffer.wrap(bytes, at, 8 * count)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asDoubleBuffer()
        .get(values);
    at += 8 * count;
    return values;
  }

  /** Reads lengths and turns them into starts and ends counted from 0. */
  private int[][] slices(int count) {
    need(4L * count);
    int[][] slices = new int[2][count];
    int end = 0;
    for (int i = 0; i < count; i++, at += 4) {
      int length = (int) INTS.get(bytes, at);
      if (length < 0 || length > Integer.MAX_VALUE - end) {
        throw damaged(length);
      }
      slices[0][i] = end;
      end += length;
      slices[1][i] = end;
    }
    return slices;
  }

  private static int total(int[] ends) {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  private StringColumn strings(int count, boolean[] nulls) {
    int[][] slices = slices(count);
    int total = total(slices[1]);
    need(total);
    for (int i = 0; i < count; i++) {
      slices[0][i] += at;
      slices[1][i] += at;
    }
    at += total;
    return new StringColumn(count, bytes, slices[0], slices[1], nulls);
  }
}
