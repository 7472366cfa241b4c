package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.StringColumn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A key in 64 bits: a whole number as it is, the bits of a double that is canonical, a text of up
 * to seven bytes with its length; of anything else the hash. Equal keys have equal words.
 */
final class KeyWords {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int SHORT = 7;

  /** What is in the top byte of the word of a text that is longer. */
  private static final int LONGER = 0xFF;

  private KeyWords() {}

  /** Whether a word of a column that has no null at the row says all of the key. */
  static boolean isKey(ColumnVector column, long word) {
    return column instanceof LongColumn
        || column instanceof DoubleColumn
        || column instanceof StringColumn && word >>> 56 != LONGER;
  }

  /**
   * The words of the rows that count.
   *
   * @param words gets one for each, by its number among the rows that count
   */
  static void of(Batch batch, ColumnVector[] columns, long[] hashes, long[] words) {
    int count = batch.selected();
    if (columns.length == 1 && columns[0] instanceof LongColumn longs && longs.nulls() == null) {
      for (int n = 0; n < count; n++) {
        words[n] = longs.values()[batch.row(n)];
      }
    } else if (columns.length == 1 && columns[0] instanceof StringColumn texts) {
      for (int n = 0; n < count; n++) {
        words[n] = of(texts, batch.row(n), hashes[n]);
      }
    } else {
      for (int n = 0; n < count; n++) {
        words[n] = of(columns, batch.row(n), hashes[n]);
      }
    }
  }

  static long of(ColumnVector[] columns, int row, long hash) {
    if (columns.length != 1 || columns[0].isNull(row)) {
      return hash;
    }
    if (columns[0] instanceof LongColumn longs) {
      return longs.values()[row];
    }
    if (columns[0] instanceof DoubleColumn doubles) {
      return Double.doubleToLongBits(doubles.values()[row]);
    }
    return columns[0] instanceof StringColumn texts ? of(texts, row, hash) : hash;
  }

  private static long of(StringColumn texts, int row, long hash) {
    if (texts.isNull(row)) {
      return hash;
    }
    int from = texts.starts()[row];
    int length = texts.ends()[row] - from;
    if (length > SHORT) {
      return (long) LONGER << 56 | hash >>> 8;
    }
    return (long) length << 56 | bytes(texts.bytes(), from, length);
  }

  /** Up to seven bytes, the first one lowest. */
  private static long bytes(byte[] bytes, int from, int length) {
    if (from <= bytes.length - Long.BYTES) {
      return (long) LONGS.get(bytes, from) & (1L << 8 * length) - 1;
    }
    long word = 0;
    for (int i = length - 1; i >= 0; i--) {
      word = word << 8 | bytes[from + i] & 0xFF;
    }
    return word;
  }
}
