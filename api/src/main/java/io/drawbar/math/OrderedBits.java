package io.drawbar.math;

/** Numbers as 64 bits that, read as unsigned numbers, have their order. */
public final class OrderedBits {
  private OrderedBits() {}

  /** The bits of a number that is not NaN; -0.0 has those of 0.0. */
  public static long of(double value) {
    long bits = Double.doubleToRawLongBits(value + 0.0);
    // Negative numbers descend as their bits ascend: all bits turned; else the sign alone.
    return bits ^ ((bits >> 63) | Long.MIN_VALUE);
  }

  /** The bits of a whole number. */
  public static long of(long value) {
    return value ^ Long.MIN_VALUE;
  }

  /** The number of some bits; never -0.0. */
  public static double toDouble(long ordered) {
    return Double.longBitsToDouble(ordered ^ ((~ordered >> 63) | Long.MIN_VALUE));
  }

  /** The whole number of some bits. */
  public static long toLong(long ordered) {
    return ordered ^ Long.MIN_VALUE;
  }
}
