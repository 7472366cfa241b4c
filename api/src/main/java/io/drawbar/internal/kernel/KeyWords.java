package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A key in one word of 64 bits: a whole number as it is, the bits of a double that is canonical, of
 * anything else the hash. The key of one text has two: its last eight bytes, and what is before
 * them with the length, which is all of a text of up to 15 bytes; of a longer one the hash. Equal
 * keys have equal words.
 */
final class KeyWords {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int SHORT = 15;

  /** In place of the length in the second word of a text that is longer, or null. */
  private static final long LONGER = 0xFF;

  /** By length, which of the last eight bytes before the end of a text are its own. */
  private static final long[] LAST = new long[SHORT + 1];

  /** Likewise of the eight before those. */
  private static final long[] BEFORE = new long[SHORT + 1];

  static {
    for (int length = 1; length <= SHORT; length++) {
      LAST[length] = -1L << 8 * Math.max(0, Long.BYTES - length);
      BEFORE[length] = length <= Long.BYTES ? 0 : -1L << 8 * (2 * Long.BYTES - length);
    }
  }

  private KeyWords() {}

  /** Whether keys have two words. */
  static boolean areTwo(List<Field> keys) {
    return keys.size() == 1 && keys.get(0).type() == DataType.STRING;
  }

  /** Whether the words of a key without a null say all of it. */
  static boolean areKey(ColumnVector column, long second) {
    return column instanceof LongColumn
        || column instanceof DoubleColumn
        || column instanceof StringColumn && second != LONGER;
  }

  /**
   * The words of the rows that count.
   *
   * @param words gets the first one for each, by its number among the rows that count
   * @param seconds likewise, if there are two
   */
  static void of(Batch batch, ColumnVector[] columns, long[] hashes, long[] words, long[] seconds) {
    int count = batch.selected();
    if (columns.length == 1 && columns[0] instanceof LongColumn longs && longs.nulls() == null) {
      for (int n = 0; n < count; n++) {
        words[n] = longs.values()[batch.row(n)];
      }
    } else if (columns.length == 1 && columns[0] instanceof StringColumn texts) {
      of(batch, texts, hashes, words, seconds);
    } else {
      for (int n = 0; n < count; n++) {
        words[n] = first(columns, batch.row(n), hashes[n]);
      }
    }
  }

  private static void of(
      Batch batch, StringColumn texts, long[] hashes, long[] words, long[] seconds) {
    int count = batch.selected();
    byte[] bytes = texts.bytes();
    int[] starts = texts.starts();
    int[] ends = texts.ends();
    boolean[] nulls = texts.nulls();
    for (int n = 0; n < count; n++) {
      int row = batch.row(n);
      int to = ends[row];
      int length = to - starts[row];
      if (nulls != null && nulls[row] || length > SHORT) {
        words[n] = hashes[n];
        seconds[n] = LONGER;
      } else if (to >= 2 * Long.BYTES) {
        words[n] = (long) LONGS.get(bytes, to - Long.BYTES) & LAST[length];
        seconds[n] = (long) LONGS.get(bytes, to - 2 * Long.BYTES) & BEFORE[length] | length;
      } else {
        words[n] = upTo(bytes, to, length);
        seconds[n] = upTo(bytes, to - Long.BYTES, length - Long.BYTES) | length;
      }
    }
  }

  /** Up to eight bytes before an index, the last one highest. */
  private static long upTo(byte[] bytes, int to, int length) {
    long word = 0;
    for (int i = 0; i < Math.min(length, Long.BYTES); i++) {
      word |= (bytes[to - 1 - i] & 0xFFL) << 56 - 8 * i;
    }
    return word;
  }

  /** The first word of a row's key. */
  static long first(ColumnVector[] columns, int row, long hash) {
    if (columns.length != 1 || columns[0].isNull(row)) {
      return hash;
    }
    if (columns[0] instanceof LongColumn longs) {
      return longs.values()[row];
    }
    if (columns[0] instanceof DoubleColumn doubles) {
      return Double.doubleToLongBits(doubles.values()[row]);
    }
    if (columns[0] instanceof StringColumn texts) {
      int length = texts.ends()[row] - texts.starts()[row];
      return length > SHORT ? hash : upTo(texts.bytes(), texts.ends()[row], length);
    }
    return hash;
  }

  /** The second word of a row's key, if it has one. */
  static long second(ColumnVector[] columns, int row) {
    if (columns.length != 1 || !(columns[0] instanceof StringColumn texts)) {
      return 0;
    }
    int length = texts.isNull(row) ? SHORT + 1 : texts.ends()[row] - texts.starts()[row];
    int before = texts.ends()[row] - Long.BYTES;
    return length > SHORT ? LONGER : upTo(texts.bytes(), before, length - Long.BYTES) | length;
  }
}
