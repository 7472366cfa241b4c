package io.drawbar.math;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;

/**
 * Sums of longs by dense group number, in 128 bits: partial sums never overflow, and only a total
 * that does not fit a long is an error, in whatever order the rows came.
 *
 * <p>A sum is {@code high * 2^64 + low}, with {@code low} unsigned. Not safe for use by several
 * threads.
 */
public final class KeyedLongSums {

  private long[] high = new long[0];
  private long[] low = new long[0];
  private int groups;

  /** No groups yet. */
  public KeyedLongSums() {}

  /** Makes room for groups 0 to {@code groups - 1}; new ones are zero; never shrinks. */
  public void grow(int groups) {
    if (groups < 0) {
      throw new IllegalArgumentException("groups is " + groups);
    }
    if (groups > low.length) {
      int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(16L, low.length * 3L / 2));
      capacity = Math.max(capacity, groups);
      high = Arrays.copyOf(high, capacity);
      low = Arrays.copyOf(low, capacity);
    }
    this.groups = Math.max(this.groups, groups);
  }

  /** The number of groups. */
  public int groups() {
    return groups;
  }

  /** Adds a value to a group. */
  public void add(int group, long value) {
    Objects.checkIndex(group, groups);
    long sum = low[group] + value;
    // The sign extension of the value, and the carry.
    high[group] += (value >> 63) + (Long.compareUnsigned(sum, value) < 0 ? 1 : 0);
    low[group] = sum;
  }

  /**
   * Adds the state of a group of another task.
   *
   * @throws ArithmeticException if the sum does not fit 128 bits, which no 2^64 rows can reach
   */
  public void addState(int group, long high, long low) {
    Objects.checkIndex(group, groups);
    long lowSum = this.low[group] + low;
    long carry = Long.compareUnsigned(lowSum, low) < 0 ? 1 : 0;
    long oldHigh = this.high[group];
    long highSum = oldHigh + high + carry;
    boolean overflow = ((oldHigh ^ highSum) & (high ^ highSum)) < 0;
    if (overflow) {
      throw new ArithmeticException(
          "sum does not fit 128 bits: "
              + value(oldHigh, this.low[group])
              + " + "
              + value(high, low));
    }
    this.low[group] = lowSum;
    this.high[group] = highSum;
  }

  /** The upper 64 bits of a group's sum, signed. */
  public long high(int group) {
    Objects.checkIndex(group, groups);
    return high[group];
  }

  /** The lower 64 bits of a group's sum, unsigned. */
  public long low(int group) {
    Objects.checkIndex(group, groups);
    return low[group];
  }

  /**
   * The sum of a group as a long.
   *
   * @throws ArithmeticException if it does not fit; the message says the sum
   */
  public long total(int group) {
    Objects.checkIndex(group, groups);
    if (!fitsLong(group)) {
      throw new ArithmeticException(
          "sum of longs does not fit a long: " + value(high[group], low[group]));
    }
    return low[group];
  }

  /** The sum of a group as a double, rounded once, half to even. */
  public double round(int group) {
    Objects.checkIndex(group, groups);
    if (fitsLong(group)) {
      return (double) low[group];
    }
    long upper = high[group];
    long lower = low[group];
    boolean negative = upper < 0;
    if (negative) {
      lower = -lower;
      upper = ~upper + (lower == 0 ? 1 : 0);
    }
    double magnitude = magnitude(upper, lower);
    return negative ? -magnitude : magnitude;
  }

  /** An unsigned 128-bit number that is not zero, rounded. */
  private static double magnitude(long upper, long lower) {
    long top = lower;
    int exponent = 0;
    if (upper != 0) {
      int shift = Long.numberOfLeadingZeros(upper);
      top = shift == 0 ? upper : upper << shift | lower >>> (64 - shift);
      exponent = 64 - shift;
      // The last of 64 bits stands for all dropped ones: 53 are kept, so it only breaks ties.
      if (lower << shift != 0) {
        top |= 1;
      }
    }
    return Math.scalb((double) (top >>> 1 | top & 1), exponent + 1);
  }

  private boolean fitsLong(int group) {
    return high[group] == low[group] >> 63;
  }

  private static BigInteger value(long high, long low) {
    BigInteger lower = new BigInteger(Long.toUnsignedString(low));
    return BigInteger.valueOf(high).shiftLeft(64).add(lower);
  }
}
