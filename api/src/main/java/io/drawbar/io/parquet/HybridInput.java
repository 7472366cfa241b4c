package io.drawbar.io.parquet;

import java.util.Arrays;

/**
 * Small numbers as the format has levels and places in dictionaries: runs of one number, and
 * numbers packed into bits, the low one first, in any order.
 */
final class HybridInput {
  private byte[] bytes;
  private int at;
  private int end;
  private int width;
  private long mask;
  private int left;
  private boolean isPacked;
  private long bit;

  /** The number of the current run. */
  private int value;

  /** Starts at bytes, of an array that goes on for eight more behind them. */
  void begin(byte[] bytes, int from, int to, int width) {
    if (width < 0 || width > 32 || from > to) {
      throw new DamageException("numbers are said to be of %s bits".formatted(width));
    }
    this.bytes = bytes;
    at = from;
    end = to;
    this.width = width;
    mask = (1L << width) - 1;
    left = 0;
  }

  /** Begins the next run, if the current one is used up. */
  private void run() {
    while (left == 0) {
      int header = varint();
      int count = header >>> 1;
      isPacked = (header & 1) != 0;
      if (isPacked) {
        long size = (long) count * width;
        if (count > Integer.MAX_VALUE / 8 || (size > end - at && count > 1 && !isLast(count))) {
          throw new DamageException(
              "%s packed numbers of %s bits where %s bytes are left"
                  .formatted(8L * count, width, end - at));
        }
        bit = 8L * at;
        // Some writers leave out the bytes behind the last number.
        long whole = width == 0 ? 8L * count : Math.min(8L * count, 8L * (end - at) / width);
        left = (int) whole;
        at = (int) Math.min(end, at + size);
      } else {
        left = count;
        value = fixed();
      }
    }
  }

  /** Whether only bytes behind the last number can be missing: fewer than those of a group. */
  private boolean isLast(int groups) {
    return (long) (groups - 1) * width < end - at;
  }

  private int fixed() {
    int size = (width + 7) / 8;
    if (size > end - at) {
      throw new DamageException("it ends in a run");
    }
    int number = (int) ((long) LittleEndian.LONG.get(bytes, at) & ((1L << 8 * size) - 1));
    at += size;
    if ((number & 0xFFFF_FFFFL) > mask) {
      throw new DamageException("%s is not of %s bits".formatted(number, width));
    }
    return number;
  }

  private int varint() {
    long number = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      if (at >= end) {
        throw new DamageException("fewer numbers are there than said");
      }
      byte b = bytes[at++];
      number |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        if (number >>> 32 == 0) {
          return (int) number;
        }
        break;
      }
    }
    throw new DamageException("a run is too long");
  }

  /**
   * Takes numbers that are equal.
   *
   * @return how many, at most so many; 0 if the next ones are packed
   */
  int equal(int most) {
    run();
    if (isPacked) {
      return 0;
    }
    int count = Math.min(most, left);
    left -= count;
    return count;
  }

  /** What {@link #equal} has taken. */
  int value() {
    return value;
  }

  /**
   * Takes packed numbers.
   *
   * @return how many, at most so many; at least one
   */
  int packed(int[] into, int from, int most) {
    int count = Math.min(most, left);
    byte[] source = bytes;
    long from64 = bit;
    int step = width;
    for (int i = 0; i < count; i++) {
      long word = (long) LittleEndian.LONG.get(source, (int) (from64 >>> 3));
      into[from + i] = (int) (word >>> (from64 & 7) & mask);
      from64 += step;
    }
    bit = from64;
    left -= count;
    return count;
  }

  /** Takes numbers. */
  void read(int[] into, int from, int count) {
    int done = 0;
    while (done < count) {
      int equal = equal(count - done);
      if (equal > 0) {
        Arrays.fill(into, from + done, from + done + equal, value);
        done += equal;
      } else {
        done += packed(into, from + done, count - done);
      }
    }
  }

  /** Passes over numbers. */
  void skip(int count) {
    int done = 0;
    while (done < count) {
      run();
      int some = Math.min(count - done, left);
      if (isPacked) {
        bit += (long) some * width;
      }
      left -= some;
      done += some;
    }
  }
}
