package io.drawbar.quality;

import io.drawbar.math.OrderedBits;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How many numbers are in which range: numbers whose first bits ({@link OrderedBits}) are the same
 * are in one.
 *
 * <p>How many first bits: all 64 as long as there are no more different numbers than bins, so that
 * each is a bin of its own; else as many as leave no more bins than there may be. That is a
 * function of the numbers alone: bins of a part are never more than those of the whole, so no part
 * is ever coarser. Ranges are narrow where numbers are: they follow their size, their common first
 * bits, and are not widened by a few numbers that are far away.
 */
final class NumberBins {
  private final int most;
  private int bits = Long.SIZE;
  private int size;

  /** An open table of first bits, the others 0; a count of 0 is a free place. */
  private long[] keys = new long[16];

  private long[] counts = new long[16];

  NumberBins(int most) {
    this.most = most;
  }

  /** How many first bits are kept as yet. */
  int bits() {
    return bits;
  }

  /** Counts a number that is finite and not zero. */
  void add(double number, long count) {
    add(OrderedBits.of(number), count);
  }

  private void add(long ordered, long count) {
    long key = ordered & (-1L << (Long.SIZE - bits));
    int mask = keys.length - 1;
    int place = (int) ((key * 0x9E3779B97F4A7C15L) >>> 40) & mask;
    while (counts[place] != 0 && keys[place] != key) {
      place = (place + 1) & mask;
    }
    if (counts[place] == 0) {
      keys[place] = key;
      size++;
    }
    counts[place] += count;
    if (size >= 2 * most) {
      settle();
    } else if (2 * size > keys.length) {
      rebuild(2 * keys.length);
    }
  }

  /** Makes it as coarse as it has to be. */
  private void settle() {
    if (size <= most) {
      return;
    }
    long[] ascending = ascending();
    // How many neighbours in order agree on so many first bits, and on no more.
    int[] agreeing = new int[Long.SIZE + 1];
    for (int i = 1; i < ascending.length; i++) {
      agreeing[Long.numberOfLeadingZeros(ascending[i - 1] ^ ascending[i])]++;
    }
    int bins = 1;
    int kept = 0;
    while (bins + agreeing[kept] <= most) {
      bins += agreeing[kept++];
    }
    coarsen(kept);
  }

  /** Keeps so many first bits, if there are more now. */
  void coarsen(int kept) {
    if (kept < bits) {
      bits = kept;
      rebuild(keys.length);
    }
  }

  private void rebuild(int capacity) {
    long[] oldKeys = keys;
    long[] oldCounts = counts;
    keys = new long[capacity];
    counts = new long[capacity];
    size = 0;
    for (int place = 0; place < oldKeys.length; place++) {
      if (oldCounts[place] != 0) {
        add(oldKeys[place], oldCounts[place]);
      }
    }
  }

  private long[] ascending() {
    long[] ascending = new long[size];
    int n = 0;
    for (int place = 0; place < keys.length; place++) {
      if (counts[place] != 0) {
        ascending[n++] = keys[place] ^ Long.MIN_VALUE;
      }
    }
    Arrays.sort(ascending);
    for (int i = 0; i < n; i++) {
      ascending[i] ^= Long.MIN_VALUE;
    }
    return ascending;
  }

  private long count(long key) {
    int mask = keys.length - 1;
    int place = (int) ((key * 0x9E3779B97F4A7C15L) >>> 40) & mask;
    while (keys[place] != key || counts[place] == 0) {
      place = (place + 1) & mask;
    }
    return counts[place];
  }

  /** The ranges, ascending. */
  Distribution.Range[] ranges() {
    settle();
    long[] ascending = ascending();
    long others = bits == Long.SIZE ? 0 : -1L >>> bits;
    Distribution.Range[] ranges = new Distribution.Range[size];
    for (int i = 0; i < size; i++) {
      double low = OrderedBits.toDouble(ascending[i]);
      double high = OrderedBits.toDouble(ascending[i] | others);
      ranges[i] = new Distribution.Range(low, high, count(ascending[i]));
    }
    return ranges;
  }

  /** Begins anew, no finer than another one, to which this will be added. */
  void clear(int kept) {
    int capacity = Math.max(16, Integer.highestOneBit(4 * size));
    bits = kept;
    size = 0;
    if (capacity == keys.length) {
      Arrays.fill(counts, 0);
    } else {
      keys = new long[capacity];
      counts = new long[capacity];
    }
  }

  void merge(NumberBins other) {
    coarsen(other.bits);
    for (int place = 0; place < other.keys.length; place++) {
      if (other.counts[place] != 0) {
        add(other.keys[place], other.counts[place]);
      }
    }
  }

  void encode(DataOutput out) throws IOException {
    settle();
    out.writeByte(bits);
    out.writeInt(size);
    for (int place = 0; place < keys.length; place++) {
      if (counts[place] != 0) {
        out.writeLong(keys[place]);
        out.writeLong(counts[place]);
      }
    }
  }

  /** Adds what {@link #encode} wrote. */
  void addDecoded(DataInput in) throws IOException {
    int kept = in.readUnsignedByte();
    int stored = in.readInt();
    if (kept < 1 || kept > Long.SIZE || stored < 0 || stored > most) {
      throw new IOException("%s bins of %s by %s bits".formatted(stored, most, kept));
    }
    coarsen(kept);
    for (int k = 0; k < stored; k++) {
      long key = in.readLong();
      long count = in.readLong();
      if (count <= 0) {
        throw new IOException("bin %s of %s has %s numbers".formatted(k, stored, count));
      }
      add(key, count);
    }
  }
}
