package io.drawbar.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code hash64} and XXH64 as their definitions say, step by step, without a thought for speed:
 * what the kernel's hashing is held against.
 *
 * <p>XXH64 follows Y. Collet, "XXHash fast digest algorithm", section "XXH64 algorithm
 * description".
 */
public final class ReferenceHash {
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;

  private static final long START = 0x44726177626172L;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long MISSING = 0xA5A55A5A0F0FF0F0L;

  private ReferenceHash() {}

  /**
   * The hash of a key, or of a row: its values in order, each a Long, Double, Boolean, String, list
   * of such, vector or null.
   */
  public static long hash64(List<?> key) {
    long hash = START;
    for (Object value : key) {
      hash = stafford13(hash * GOLDEN + word(value));
    }
    return hash;
  }

  private static long word(Object value) {
    if (value == null) {
      return MISSING;
    }
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof Double number) {
      return number == 0 ? 0 : Double.doubleToLongBits(number);
    }
    if (value instanceof Boolean flag) {
      return flag ? 2 : 1;
    }
    if (value instanceof double[] vector) {
      return elements(vector);
    }
    if (value instanceof List<?> list) {
      return hash64(list);
    }
    return xxh64(((String) value).getBytes(StandardCharsets.UTF_8), 0);
  }

  /** Those that are not zero, each after its position: a vector is the same, sparse or not. */
  private static long elements(double[] vector) {
    long hash = START;
    for (int i = 0; i < vector.length; i++) {
      if (vector[i] != 0) {
        hash = stafford13(hash * GOLDEN + i);
        hash = stafford13(hash * GOLDEN + Double.doubleToLongBits(vector[i]));
      }
    }
    return hash;
  }

  /** Variant 13 of D. Stafford, "Better Bit Mixing", 2011. */
  static long stafford13(long value) {
    long z = value;
    z ^= z >>> 30;
    z *= 0xBF58476D1CE4E5B9L;
    z ^= z >>> 27;
    z *= 0x94D049BB133111EBL;
    z ^= z >>> 31;
    return z;
  }

  /** The XXH64 of some bytes. */
  public static long xxh64(byte[] bytes, long seed) {
    ByteBuffer input = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long hash = bytes.length >= 32 ? stripes(input, seed) : seed + PRIME_5;
    hash += bytes.length;
    while (input.remaining() >= 8) {
      hash ^= round(0, input.getLong());
      hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
    }
    if (input.remaining() >= 4) {
      hash ^= Integer.toUnsignedLong(input.getInt()) * PRIME_1;
      hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
    }
    while (input.hasRemaining()) {
      hash ^= Byte.toUnsignedLong(input.get()) * PRIME_5;
      hash = Long.rotateLeft(hash, 11) * PRIME_1;
    }
    hash = (hash ^ hash >>> 33) * PRIME_2;
    hash = (hash ^ hash >>> 29) * PRIME_3;
    return hash ^ hash >>> 32;
  }

  /** Takes all whole stripes of 32 bytes. */
  private static long stripes(ByteBuffer input, long seed) {
    long[] lanes = {seed + PRIME_1 + PRIME_2, seed + PRIME_2, seed, seed - PRIME_1};
    while (input.remaining() >= 32) {
      for (int lane = 0; lane < lanes.length; lane++) {
        lanes[lane] = round(lanes[lane], input.getLong());
      }
    }
    long hash =
        Long.rotateLeft(lanes[0], 1)
            + Long.rotateLeft(lanes[1], 7)
            + Long.rotateLeft(lanes[2], 12)
            + Long.rotateLeft(lanes[3], 18);
    for (long lane : lanes) {
      hash = (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }
    return hash;
  }

  private static long round(long lane, long input) {
    return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
  }
}
