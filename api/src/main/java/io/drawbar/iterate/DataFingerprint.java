package io.drawbar.iterate;

import io.drawbar.column.Batch;
import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.ListColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.type.VectorType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A fingerprint of rows that does not depend on their order: the sum, modulo 2^128, of a hash of
 * each row's values. Equal multisets of rows have equal fingerprints, in whatever order, files and
 * blocks they come; a row that is there twice counts twice.
 *
 * <p>It tells data apart that differs by accident, with all of its bits. It is no defence against
 * somebody who looks for data with a given fingerprint, as no sum is.
 *
 * <p>A row's hash has two lanes of 64 bits; each value goes into both by a multiplication and a
 * rotation, and the lanes are mixed at the end (variant 13 of D. Stafford, "Better Bit Mixing",
 * 2011). A DOUBLE counts by its bits, with one NaN and two zeros; the type of a column and nulls
 * count, its name does not; a vector counts the same whether it is stored dense or sparse. A merge
 * is an addition of integers: exact, without an order.
 */
public final class DataFingerprint implements Partial<DataFingerprint> {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long FIRST = 0x9E3779B97F4A7C15L;
  private static final long SECOND = 0xC2B2AE3D27D4EB4FL;
  private static final long INFINITY = 0x7FF0_0000_0000_0000L;
  private static final long NULL = 0x5A0D3B1F6E9C2477L;

  private long rows;
  private long high;
  private long low;

  private long[] first = new long[0];
  private long[] second = new long[0];
  private long[] values = new long[0];
  private long[] others = new long[0];

  /** The fingerprint of no rows. */
  public DataFingerprint() {}

  /** The number of rows. */
  public long rows() {
    return rows;
  }

  /** Adds the rows of a batch that count, with all its columns. */
  public void add(Batch batch) {
    add(batch, 1);
  }

  /**
   * Adds each row of a batch that counts so many times.
   *
   * @param times at least 0
   */
  public void add(Batch batch, long times) {
    int count = batch.selected();
    if (first.length < count) {
      first = new long[count];
      second = new long[count];
      values = new long[count];
      others = new long[count];
    }
    Arrays.fill(first, 0, count, FIRST);
    Arrays.fill(second, 0, count, SECOND);
    for (int c = 0; c < batch.schema().size(); c++) {
      column(batch.column(c), batch);
    }
    long sumHigh = 0;
    long sumLow = 0;
    for (int n = 0; n < count; n++) {
      long a = mix(first[n] + Long.rotateLeft(second[n], 23));
      long b = mix(second[n] ^ a);
      sumLow += b;
      // A carry: the sum is one number of 128 bits.
      sumHigh += a + (Long.compareUnsigned(sumLow, b) < 0 ? 1 : 0);
    }
    addTimes(sumHigh, sumLow, times);
    rows += count * times;
  }

  private void addTimes(long otherHigh, long otherLow, long times) {
    // The product of two unsigned longs, of which times is not negative.
    long upper = Math.multiplyHigh(otherLow, times) + (otherLow < 0 ? times : 0);
    add(otherHigh * times + upper, otherLow * times);
  }

  private void add(long otherHigh, long otherLow) {
    low += otherLow;
    high += otherHigh + (Long.compareUnsigned(low, otherLow) < 0 ? 1 : 0);
  }

  private void column(ColumnVector column, Batch batch) {
    int count = batch.selected();
    if (column instanceof VectorColumn || column instanceof SparseVectorColumn) {
      vectors(column, batch);
      return;
    }
    if (column instanceof DoubleColumn doubles) {
      doubles(doubles.values(), batch);
    } else if (column instanceof LongColumn longs) {
      for (int n = 0; n < count; n++) {
        values[n] = longs.values()[batch.row(n)] + 3;
      }
    } else {
      for (int n = 0; n < count; n++) {
        int row = batch.row(n);
        values[n] = column.isNull(row) ? NULL : value(column, row);
      }
    }
    absent(column.nulls(), batch);
    fold(values, values, count);
  }

  private void doubles(double[] numbers, Batch batch) {
    for (int n = 0; n < batch.selected(); n++) {
      values[n] = Double.doubleToLongBits(numbers[batch.row(n)]) + 4;
    }
  }

  /*
   * A vector is two sums over its elements, of their bits times an odd key of the element: multilinear
   * hashing (J. L. Carter, M. N. Wegman, 1979; O. Kaser, D. Lemire, "Strongly Universal String Hashing
   * is Fast", 2014). An element of 0.0 adds nothing, so that a sparse vector is as good as a dense one.
   */
  private void vectors(ColumnVector column, Batch batch) {
    int count = batch.selected();
    long dimension = ((VectorType) column.type()).size();
    Arrays.fill(values, 0, count, dimension);
    Arrays.fill(others, 0, count, dimension);
    if (column instanceof VectorColumn dense) {
      for (int j = 0; j < dimension; j++) {
        element(dense.elements()[j], batch, key(j, FIRST), key(j, SECOND));
      }
    } else {
      SparseVectorColumn sparse = (SparseVectorColumn) column;
      for (int n = 0; n < count; n++) {
        stored(sparse, batch.row(n), n);
      }
    }
    for (int n = 0; column.nulls() != null && n < count; n++) {
      if (column.isNull(batch.row(n))) {
        values[n] = NULL;
        others[n] = NULL;
      }
    }
    fold(values, others, count);
  }

  private void element(double[] numbers, Batch batch, long key, long otherKey) {
    int count = batch.selected();
    int[] selection = batch.selection();
    if (selection == null && !hasNaN(numbers, count)) {
      element(numbers, values, others, count, key, otherKey);
      return;
    }
    for (int n = 0; n < count; n++) {
      long bits = spread(numbers[batch.row(n)]);
      values[n] += bits * key;
      others[n] += bits * otherKey;
    }
  }

  /** The same without looking for NaN, of which there are many by their raw bits. */
  private static void element(
      double[] numbers, long[] sums, long[] otherSums, int count, long key, long otherKey) {
    for (int n = 0; n < count; n++) {
      long bits = Double.doubleToRawLongBits(numbers[n]);
      bits ^= bits >>> 32;
      sums[n] += bits * key;
      otherSums[n] += bits * otherKey;
    }
  }

  private static boolean hasNaN(double[] numbers, int count) {
    long below = 0;
    for (int n = 0; n < count; n++) {
      below |= INFINITY - (Double.doubleToRawLongBits(numbers[n]) & Long.MAX_VALUE);
    }
    return below < 0;
  }

  private void stored(SparseVectorColumn sparse, int row, int n) {
    for (int k = sparse.starts()[row]; !sparse.isNull(row) && k < sparse.ends()[row]; k++) {
      long bits = spread(sparse.values()[k]);
      values[n] += bits * key(sparse.indices()[k], FIRST);
      others[n] += bits * key(sparse.indices()[k], SECOND);
    }
  }

  /** The bits of a number, those of small whole numbers not only at the top; 0 for 0.0. */
  private static long spread(double number) {
    long bits = Double.doubleToLongBits(number);
    return bits ^ bits >>> 32;
  }

  private static long key(int element, long seed) {
    return mix(element * seed + seed) | 1;
  }

  private void absent(boolean[] nulls, Batch batch) {
    for (int n = 0; nulls != null && n < batch.selected(); n++) {
      values[n] = nulls[batch.row(n)] ? NULL : values[n];
    }
  }

  private void fold(long[] one, long[] two, int count) {
    for (int n = 0; n < count; n++) {
      first[n] = Long.rotateLeft((first[n] ^ one[n]) * FIRST, 29);
    }
    for (int n = 0; n < count; n++) {
      second[n] = Long.rotateLeft((second[n] + two[n]) * SECOND, 37) ^ two[n];
    }
  }

  private static long value(ColumnVector column, int row) {
    if (column instanceof StringColumn texts) {
      return text(texts.bytes(), texts.starts()[row], texts.ends()[row]);
    }
    if (column instanceof BooleanColumn flags) {
      return flags.values()[row] ? 2 : 1;
    }
    if (!(column instanceof ListColumn lists)) {
      return vector((double[]) column.value(row));
    }
    ColumnVector items = lists.items();
    long hash = lists.ends()[row] - lists.starts()[row] + 7L;
    for (int i = lists.starts()[row]; i < lists.ends()[row]; i++) {
      long item = items.isNull(i) ? NULL : item(items, i);
      hash = mix(hash * FIRST + item);
    }
    return hash;
  }

  /** A vector in a list. */
  private static long vector(double[] elements) {
    long hash = elements.length;
    for (int j = 0; j < elements.length; j++) {
      hash += spread(elements[j]) * key(j, FIRST);
    }
    return mix(hash);
  }

  private static long item(ColumnVector items, int row) {
    if (items instanceof LongColumn longs) {
      return longs.values()[row];
    }
    if (items instanceof DoubleColumn doubles) {
      return Double.doubleToLongBits(doubles.values()[row]);
    }
    return value(items, row);
  }

  private static long text(byte[] bytes, int from, int to) {
    long hash = (to - from) * FIRST + 6;
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      hash = mix(hash * SECOND + (long) LONGS.get(bytes, at));
    }
    long rest = 0;
    for (; at < to; at++) {
      rest = rest << 8 | bytes[at] & 0xFF;
    }
    return mix(hash * SECOND + rest);
  }

  private static long mix(long value) {
    long x = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }

  /** Adds the rows of another, which stays as it is. */
  @Override
  public void merge(DataFingerprint other) {
    rows += other.rows;
    add(other.high, other.low);
  }

  /** Forgets all rows. */
  public void clear() {
    rows = 0;
    high = 0;
    low = 0;
  }

  /** Writes 24 bytes. */
  @Override
  public void encode(DataOutput out) throws IOException {
    out.writeLong(rows);
    out.writeLong(high);
    out.writeLong(low);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IOException if the number of rows is negative
   */
  public static DataFingerprint decode(DataInput in) throws IOException {
    DataFingerprint fingerprint = new DataFingerprint();
    fingerprint.rows = in.readLong();
    fingerprint.high = in.readLong();
    fingerprint.low = in.readLong();
    if (fingerprint.rows < 0) {
      throw new IOException("fingerprint of " + fingerprint.rows + " rows");
    }
    return fingerprint;
  }

  /** The fingerprint: 32 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}
