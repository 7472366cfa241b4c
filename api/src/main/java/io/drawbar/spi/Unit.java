package io.drawbar.spi;

/**
 * The units of determinism as numbers whose order is the order of the data: leaves of a source, or,
 * once rows have crossed a keyed operator, the top {@value #HASH_BITS} bits of their key's hash.
 */
public final class Unit {
  /** How many bits of a hash name its unit. */
  public static final int HASH_BITS = 12;

  /** The number of units after a keyed operator. */
  public static final int HASH_UNITS = 1 << HASH_BITS;

  private Unit() {}

  /**
   * The unit of a leaf.
   *
   * @param file the position of its file in the source, from 0
   * @param leaf its ordinal in the file, from 0
   */
  public static long leaf(int file, long leaf) {
    if (file < 0 || leaf < 0 || leaf >= 1L << 32) {
      throw new IllegalArgumentException(
          "file %s, leaf %s: a file has at most 2^32 leaves; use a larger drawbar.leaf.bytes"
              .formatted(file, leaf));
    }
    return (long) file << 32 | leaf;
  }

  /** The file of a leaf's unit. */
  public static int file(long unit) {
    return (int) (unit >>> 32);
  }

  /** The ordinal of a leaf in its file. */
  public static long ordinal(long unit) {
    return unit & 0xFFFFFFFFL;
  }

  /** The unit of a hash. */
  public static int ofHash(long hash) {
    return (int) (hash >>> (64 - HASH_BITS));
  }
}
