package io.drawbar.math;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Many exact sums as columns of doubles: what {@link ExactSums} and {@link KeyedExactSums} share.
 *
 * <p>The third column and the rests exist only once a sum needed them.
 */
final class ExactColumns {

  private static final int HAS_LOW = 1;
  private static final int HAS_RESTS = 2;
  private static final int CHUNK = 1024;

  private double[] high;
  private double[] middle;
  private double[] low;
  private double[] residual;
  private int size;

  /** Sorted, so that the encoding does not depend on hashes. */
  private TreeMap<Integer, Rest> rests;

  ExactColumns(int size) {
    this.size = size;
    high = new double[size];
    middle = new double[size];
  }

  int size() {
    return size;
  }

  void grow(int newSize) {
    if (newSize > high.length) {
      int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(16L, high.length * 3L / 2));
      capacity = Math.max(capacity, newSize);
      high = Arrays.copyOf(high, capacity);
      middle = Arrays.copyOf(middle, capacity);
      if (low != null) {
        low = Arrays.copyOf(low, capacity);
      }
    }
    size = Math.max(size, newSize);
  }

  void add(int index, double value) {
    if (!Expansion.fitsInline(value)) {
      Rest target = rest(index);
      target.add(value);
      settle(index, target);
      return;
    }
    double old = high[index];
    double sum = old + value;
    double error = Expansion.sumError(old, value, sum);
    high[index] = sum;
    if (error != 0) {
      addError(index, error);
    }
  }

  private void addError(int index, double first) {
    double old = middle[index];
    double sum = old + first;
    double second = Expansion.sumError(old, first, sum);
    middle[index] = sum;
    if (second != 0) {
      addSecondError(index, second);
    }
  }

  private void addSecondError(int index, double second) {
    if (low == null) {
      low = new double[high.length];
    }
    double old = low[index];
    double sum = old + second;
    double last = Expansion.sumError(old, second, sum);
    low[index] = sum;
    if (last != 0) {
      addRest(index, last);
    }
  }

  /**
   * Adds values to sums at random places, which is mostly waiting for memory. Whether a sum's error
   * is zero is hard to guess, and a wrong guess would end the waits for all that follow: so it is
   * added to the second double in any case, which changes nothing if it is.
   *
   * @param rows where the values are; null if they are the first ones
   */
  void addEach(int[] indices, double[] values, int[] rows, int count) {
    for (int n = 0; n < count; n++) {
      int index = Objects.checkIndex(indices[n], size);
      double value = values[rows == null ? n : rows[n]];
      if (!Expansion.fitsInline(value)) {
        add(index, value);
        continue;
      }
      double old = high[index];
      double sum = old + value;
      double error = Expansion.sumError(old, value, sum);
      high[index] = sum;
      old = middle[index];
      sum = old + error;
      double second = Expansion.sumError(old, error, sum);
      middle[index] = sum;
      if (second != 0) {
        addSecondError(index, second);
      }
    }
  }

  private void addRest(int index, double value) {
    Rest target = rest(index);
    target.add(value);
    settle(index, target);
  }

  void addProduct(int index, double a, double b) {
    double product = a * b;
    if (Expansion.fitsProduct(a, b, product)) {
      add(index, product);
      add(index, Expansion.productError(a, b, product));
      return;
    }
    Rest target = rest(index);
    target.addProduct(a, b);
    settle(index, target);
  }

  /** Adds one value to each of the first {@code count} sums. */
  void addAll(double[] values, int count) {
    if (!allFitInline(values, count)) {
      for (int i = 0; i < count; i++) {
        add(i, values[i]);
      }
      return;
    }
    if (low == null) {
      low = new double[high.length];
    }
    if (residual == null || residual.length < count) {
      residual = new double[high.length];
    }
    cascade(high, middle, low, values, residual, count);
    if (magnitude(residual, count) != 0) {
      for (int i = 0; i < count; i++) {
        if (residual[i] != 0) {
          addRest(i, residual[i]);
        }
      }
    }
  }

  private static boolean allFitInline(double[] values, int count) {
    // The sum bounds each magnitude; NaN fails the comparison as infinities do. A false alarm
    // costs a slow pass and no bit.
    return magnitude(values, count) < Expansion.INLINE_LIMIT;
  }

  /**
   * The sum of magnitudes, roughly: zero only if all are, and no smaller than any of them.
   *
   * <p>Eight accumulators, because a single one would wait for each addition to end: C2 keeps the
   * order of a floating reduction.
   */
  private static double magnitude(double[] values, int count) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int i = 0;
    for (; i < count - 7; i += 8) {
      s0 += Math.abs(values[i]);
      s1 += Math.abs(values[i + 1]);
      s2 += Math.abs(values[i + 2]);
      s3 += Math.abs(values[i + 3]);
      s4 += Math.abs(values[i + 4]);
      s5 += Math.abs(values[i + 5]);
      s6 += Math.abs(values[i + 6]);
      s7 += Math.abs(values[i + 7]);
    }
    for (; i < count; i++) {
      s0 += Math.abs(values[i]);
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  /** Three TwoSums an element without a branch: the form C2 turns into vector instructions. */
  private static void cascade(
      double[] high, double[] middle, double[] low, double[] values, double[] residual, int count) {
    for (int i = 0; i < count; i++) {
      double a = high[i];
      double b = values[i];
      double sum = a + b;
      double virtual = sum - a;
      double error = (a - (sum - virtual)) + (b - virtual);
      high[i] = sum;
      a = middle[i];
      sum = a + error;
      virtual = sum - a;
      double second = (a - (sum - virtual)) + (error - virtual);
      middle[i] = sum;
      a = low[i];
      sum = a + second;
      virtual = sum - a;
      residual[i] = (a - (sum - virtual)) + (second - virtual);
      low[i] = sum;
    }
  }

  void merge(ExactColumns other) {
    ExactColumns source = other == this ? copy() : other;
    addAll(source.high, size);
    addAll(source.middle, size);
    if (source.low != null) {
      addAll(source.low, size);
    }
    if (source.rests != null) {
      for (Map.Entry<Integer, Rest> entry : source.rests.entrySet()) {
        mergeRest(entry.getKey(), entry.getValue());
      }
    }
  }

  void subtract(ExactColumns other) {
    ExactColumns source = other.copy();
    negate(source.high);
    negate(source.middle);
    if (source.low != null) {
      negate(source.low);
    }
    TreeMap<Integer, Rest> sourceRests = source.rests;
    source.rests = null;
    merge(source);
    if (sourceRests != null) {
      for (Map.Entry<Integer, Rest> entry : sourceRests.entrySet()) {
        Rest target = rest(entry.getKey());
        target.subtract(entry.getValue());
        settle(entry.getKey(), target);
      }
    }
  }

  private static void negate(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = -values[i];
    }
  }

  private ExactColumns copy() {
    ExactColumns copy = new ExactColumns(0);
    copy.size = size;
    copy.high = high.clone();
    copy.middle = middle.clone();
    copy.low = low == null ? null : low.clone();
    if (rests != null) {
      copy.rests = new TreeMap<>();
      for (Map.Entry<Integer, Rest> entry : rests.entrySet()) {
        Rest rest = new Rest();
        rest.merge(entry.getValue());
        copy.rests.put(entry.getKey(), rest);
      }
    }
    return copy;
  }

  void mergeRest(int index, Rest other) {
    Rest target = rest(index);
    target.merge(other);
    settle(index, target);
  }

  double high(int index) {
    return high[index];
  }

  double middle(int index) {
    return middle[index];
  }

  double low(int index) {
    return low == null ? 0.0 : low[index];
  }

  /** The rest of one sum, or null. */
  Rest restOrNull(int index) {
    return rests == null ? null : rests.get(index);
  }

  double round(int index) {
    Rest rest = restOrNull(index);
    return rest == null
        ? Expansion.round(high[index], middle[index], low(index))
        : rest.round(high[index], middle[index], low(index));
  }

  BigDecimal exact(int index) {
    Rest rest = restOrNull(index);
    if (rest != null) {
      return rest.exact(high[index], middle[index], low(index));
    }
    return new BigDecimal(high[index])
        .add(new BigDecimal(middle[index]))
        .add(new BigDecimal(low(index)));
  }

  void encode(DataOutput out) throws IOException {
    boolean hasLow = low != null && magnitude(low, size) != 0;
    out.writeInt(size);
    out.writeByte((hasLow ? HAS_LOW : 0) | (rests != null ? HAS_RESTS : 0));
    write(high, out);
    write(middle, out);
    if (hasLow) {
      write(low, out);
    }
    if (rests != null) {
      out.writeInt(rests.size());
      for (Map.Entry<Integer, Rest> entry : rests.entrySet()) {
        out.writeInt(entry.getKey());
        entry.getValue().encode(out);
      }
    }
  }

  static ExactColumns decode(DataInput in, int expectedSize) throws IOException {
    int size = in.readInt();
    if (size != expectedSize) {
      throw new IOException("exact sums: " + size + " found, " + expectedSize + " expected");
    }
    int flags = in.readUnsignedByte();
    if (flags > (HAS_LOW | HAS_RESTS)) {
      throw new IOException("exact sums: unknown flags " + flags);
    }
    ExactColumns columns = new ExactColumns(size);
    double[] part = new double[size];
    int parts = (flags & HAS_LOW) == 0 ? 2 : 3;
    for (int i = 0; i < parts; i++) {
      read(in, part);
      columns.addAll(part, size);
    }
    if ((flags & HAS_RESTS) != 0) {
      columns.readRests(in);
    }
    return columns;
  }

  private void readRests(DataInput in) throws IOException {
    int count = in.readInt();
    if (count < 1 || count > size) {
      throw new IOException("exact sums: " + count + " rests of " + size + " sums");
    }
    int previous = -1;
    for (int i = 0; i < count; i++) {
      int index = in.readInt();
      if (index <= previous || index >= size) {
        throw new IOException("exact sums: rest at " + index + " after " + previous);
      }
      mergeRest(index, Rest.decode(in));
      previous = index;
    }
  }

  private void write(double[] column, DataOutput out) throws IOException {
    byte[] bytes = new byte[Math.min(size, CHUNK) * Double.BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    for (int from = 0; from < size; from += CHUNK) {
      int count = Math.min(CHUNK, size - from);
      buffer.asDoubleBuffer().put(column, from, count);
      out.write(bytes, 0, count * Double.BYTES);
    }
  }

  private static void read(DataInput in, double[] column) throws IOException {
    byte[] bytes = new byte[Math.min(column.length, CHUNK) * Double.BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    for (int from = 0; from < column.length; from += CHUNK) {
      int count = Math.min(CHUNK, column.length - from);
      in.readFully(bytes, 0, count * Double.BYTES);
      buffer.asDoubleBuffer().get(column, from, count);
    }
    for (double value : column) {
      if (!Double.isFinite(value)) {
        throw new IOException("exact sums: an inline part is " + value);
      }
    }
  }

  private Rest rest(int index) {
    Rest rest = restOrNull(index);
    return rest == null ? new Rest() : rest;
  }

  /** Keeps a rest only while it holds something. */
  private void settle(int index, Rest changed) {
    if (!changed.isEmpty()) {
      if (rests == null) {
        rests = new TreeMap<>();
      }
      rests.put(index, changed);
    } else if (rests != null) {
      rests.remove(index);
      if (rests.isEmpty()) {
        rests = null;
      }
    }
  }
}
