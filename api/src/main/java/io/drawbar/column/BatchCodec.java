package io.drawbar.column;

import io.drawbar.type.DataType;
import io.drawbar.type.ListType;
import io.drawbar.type.Schema;
import io.drawbar.type.VectorType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The byte form of a batch: what crosses an engine. Little-endian and columnar; only the rows that
 * count are written, so equal rows in equal order and of one form give equal bytes.
 *
 * <p>Layout: number of rows (int); then for each column a flag byte (1 if nulls follow), a null
 * bitmap ({@code (rows + 7) / 8} bytes), and the values: booleans a byte each; longs and doubles 8
 * bytes each; a string column its lengths (int each) and then its bytes; vectors a byte for their
 * form (0 dense, 1 sparse) and then one array of doubles an element or, of sparse ones, their
 * lengths (int each), the indices of what is stored (int each) and the values; lists their lengths
 * (int each) and then the items as a column of their own. The schema is not in the frame: both ends
 * have it from the plan.
 *
 * <p>Decoding checks every length against the bytes that are there before it allocates.
 */
public final class BatchCodec {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final byte DENSE = 0;
  private static final byte SPARSE = 1;

  /** Flags of a column whose rows are all the same. */
  private static final byte SAME = 2;

  private static final byte ABSENT = 3;
  private static final int MOST_ALIKE = 1 << 16;

  private BatchCodec() {}

  /**
   * Encodes the rows that count.
   *
   * @param headroom bytes to leave free at the front for the caller's own header
   */
  public static byte[] encode(Batch batch, int headroom) {
    Writer writer = new Writer(headroom);
    int count = batch.selected();
    int[] rows = batch.selection();
    if (rows == null) {
      rows = new int[count];
      Arrays.setAll(rows, i -> i);
    }
    writer.putInt(count);
    for (int c = 0; c < batch.schema().size(); c++) {
      writer.column(batch.column(c), rows, count);
    }
    return Arrays.copyOf(writer.bytes, writer.at);
  }

  /**
   * Decodes a batch.
   *
   * @param offset where the encoded batch starts; it ends where the array does
   * @throws IllegalArgumentException if the bytes are not a batch of that schema
   */
  public static Batch decode(Schema schema, byte[] bytes, int offset) {
    Reader reader = new Reader(bytes, offset);
    int count = reader.count(0);
    ColumnVector[] columns = new ColumnVector[schema.size()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = reader.column(schema.field(c).type(), count);
    }
    if (reader.at != bytes.length) {
      throw new IllegalArgumentException(
          "a frame of %s bytes holds a batch that ends at %s".formatted(bytes.length, reader.at));
    }
    return Batch.of(schema, count, columns);
  }

  private static final class Writer {
    private byte[] bytes;
    private int at;

    Writer(int headroom) {
      bytes = new byte[headroom + 256];
      at = headroom;
    }

    private void reserve(long more) {
      if (bytes.length - at < more) {
        long wanted = Math.max(bytes.length * 3L / 2, at + more);
        if (at + more > Integer.MAX_VALUE - 16) {
          throw new IllegalArgumentException(
              "a batch takes more than 2 GiB encoded; use a smaller drawbar.block.rows");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 16));
      }
    }

    private void putInt(int value) {
      reserve(4);
      INTS.set(bytes, at, value);
      at += 4;
    }

    private void putByte(byte value) {
      reserve(1);
      bytes[at++] = value;
    }

    private void column(ColumnVector column, int[] rows, int count) {
      if (count > 1 && count <= MOST_ALIKE && putAlike(column, rows, count)) {
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
        putByte(DENSE);
        for (double[] element : vectors.elements()) {
          putDoubles(element, column, rows, count);
        }
      } else if (column instanceof SparseVectorColumn vectors) {
        putByte(SPARSE);
        putSparse(vectors, rows, count);
      } else {
        putLists((ListColumn) column, rows, count);
      }
    }

    /**
     * Writes a column whose rows are all the same, if they are; it ends at the first that is not.
     */
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
      putByte(absent ? ABSENT : SAME);
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
      bytes[at++] = (byte) any;
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
      int[] items = new int[Math.toIntExact(total)];
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

  private static final class Reader {
    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes, int at) {
      this.bytes = bytes;
      this.at = at;
    }

    /** Reads a count of things that take at least {@code each} bytes apiece. */
    private int count(int each) {
      need(4);
      int count = (int) INTS.get(bytes, at);
      at += 4;
      if (count < 0 || (long) count * each > bytes.length - at) {
        throw damaged(count);
      }
      return count;
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

    private ColumnVector column(DataType type, int count) {
      need(1);
      if (bytes[at] == ABSENT || bytes[at] == SAME) {
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
      if (count > MOST_ALIKE || !isNumber && !(isText && form == ABSENT)) {
        throw damaged(count);
      }
      boolean[] nulls = null;
      long bits = 0;
      if (form == ABSENT) {
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
      if (form == SPARSE) {
        return sparse(dimension, count, nulls);
      }
      if (form != DENSE || (long) dimension * count > (bytes.length - at) / 8) {
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
      if (flag == 0) {
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
}
