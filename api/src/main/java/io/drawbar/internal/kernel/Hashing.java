package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.ListColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.column.VectorColumn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * {@code hash64(key)}: part of the contract, because rows that have crossed a keyed operator are
 * ordered by it. It is a function of the values alone: h starts at {@value #SEED}; each column
 * makes it {@code mix(h * 0x9E3779B97F4A7C15 + v)}, where v is the value itself (LONG), its bits
 * with one zero and one NaN (DOUBLE), 1 or 2 (BOOLEAN), the XXH64 of its bytes (STRING), or {@value
 * #NULL} (null); a list is hashed so from its items, a vector from the positions and values of the
 * elements that are not zero.
 *
 * <p>{@code mix} is variant 13 of D. Stafford, "Better Bit Mixing", 2011; XXH64 is by Y. Collet,
 * 2012.
 */
final class Hashing {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long SEED = 0x44726177626172L; // "Drawbar"
  static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long NULL = 0xA5A5_5A5A_0F0F_F0F0L;

  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P1_PLUS_P2 = 0x60EA27EEADC0B5D6L; // modulo 2^64
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;

  private Hashing() {}

  /** The hash of no columns at all: of the one key of a global aggregate. */
  static long ofNothing() {
    return SEED;
  }

  /**
   * The hashes of the rows that count.
   *
   * @param hashes gets one for each, by its number among the rows that count
   */
  static void hash(Batch batch, ColumnVector[] keys, long[] hashes) {
    Arrays.fill(hashes, 0, batch.selected(), SEED);
    for (ColumnVector key : keys) {
      if (key.nulls() == null && key instanceof LongColumn longs) {
        hash(batch, longs, hashes);
      } else if (key.nulls() == null && key instanceof StringColumn strings) {
        hash(batch, strings, hashes);
      } else {
        for (int n = 0; n < batch.selected(); n++) {
          hashes[n] = mix(hashes[n] * GOLDEN + valueHash(key, batch.row(n)));
        }
      }
    }
  }

  /** As {@link #valueHash}, with what is known of the column outside the loop. */
  private static void hash(Batch batch, LongColumn longs, long[] hashes) {
    long[] values = longs.values();
    for (int n = 0; n < batch.selected(); n++) {
      hashes[n] = mix(hashes[n] * GOLDEN + values[batch.row(n)]);
    }
  }

  private static void hash(Batch batch, StringColumn strings, long[] hashes) {
    byte[] bytes = strings.bytes();
    int[] starts = strings.starts();
    int[] ends = strings.ends();
    for (int n = 0; n < batch.selected(); n++) {
      int row = batch.row(n);
      hashes[n] = mix(hashes[n] * GOLDEN + xxh64(bytes, starts[row], ends[row]));
    }
  }

  private static long valueHash(ColumnVector column, int row) {
    if (column.isNull(row)) {
      return NULL;
    }
    if (column instanceof LongColumn longs) {
      return longs.values()[row];
    }
    if (column instanceof StringColumn strings) {
      return xxh64(strings.bytes(), strings.starts()[row], strings.ends()[row]);
    }
    if (column instanceof DoubleColumn doubles) {
      return Double.doubleToLongBits(doubles.values()[row] + 0.0);
    }
    if (column instanceof VectorColumn vectors) {
      return VectorHash.hash(vectors, row);
    }
    if (column instanceof SparseVectorColumn vectors) {
      return VectorHash.hash(vectors, row);
    }
    if (column instanceof ListColumn lists) {
      long hash = SEED;
      for (int i = lists.starts()[row]; i < lists.ends()[row]; i++) {
        hash = mix(hash * GOLDEN + valueHash(lists.items(), i));
      }
      return hash;
    }
    return ((BooleanColumn) column).values()[row] ? 2 : 1;
  }

  static long mix(long h) {
    long x = (h ^ (h >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }

  static long xxh64(byte[] bytes, int from, int to) {
    int at = from;
    long h;
    if (to - from >= 32) {
      long v1 = P1_PLUS_P2;
      long v2 = P2;
      long v3 = 0;
      long v4 = -P1;
      for (; at <= to - 32; at += 32) {
        v1 = round(v1, (long) LONGS.get(bytes, at));
        v2 = round(v2, (long) LONGS.get(bytes, at + 8));
        v3 = round(v3, (long) LONGS.get(bytes, at + 16));
        v4 = round(v4, (long) LONGS.get(bytes, at + 24));
      }
      h =
          Long.rotateLeft(v1, 1)
              + Long.rotateLeft(v2, 7)
              + Long.rotateLeft(v3, 12)
              + Long.rotateLeft(v4, 18);
      h = (h ^ round(0, v1)) * P1 + P4;
      h = (h ^ round(0, v2)) * P1 + P4;
      h = (h ^ round(0, v3)) * P1 + P4;
      h = (h ^ round(0, v4)) * P1 + P4;
    } else {
      h = P5;
    }
    h += to - from;
    for (; at <= to - 8; at += 8) {
      h = Long.rotateLeft(h ^ round(0, (long) LONGS.get(bytes, at)), 27) * P1 + P4;
    }
    if (at <= to - 4) {
      h = Long.rotateLeft(h ^ ((int) INTS.get(bytes, at) & 0xFFFFFFFFL) * P1, 23) * P2 + P3;
      at += 4;
    }
    for (; at < to; at++) {
      h = Long.rotateLeft(h ^ (bytes[at] & 0xFF) * P5, 11) * P1;
    }
    h = (h ^ (h >>> 33)) * P2;
    h = (h ^ (h >>> 29)) * P3;
    return h ^ (h >>> 32);
  }

  private static long round(long lane, long input) {
    return Long.rotateLeft(lane + input * P2, 31) * P1;
  }
}
