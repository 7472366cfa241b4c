package io.drawbar.quality;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How often each value is there, of those values whose hashes are lowest (Z. Bar-Yossef et al.,
 * "Counting distinct elements in a data stream", 2002).
 *
 * <p>A value among the lowest of all is among the lowest of any part, so it is never given up
 * anywhere, and its count is exact. What is kept in the end is therefore a function of the values
 * alone, whoever merged what. As long as there are no more values than fit, that is all of them; of
 * more, how many there are follows from how dense the lowest hashes are, with a standard error of
 * {@code 1 / sqrt(kept - 2)}.
 *
 * <p>Values are numbers, or texts of which the first bytes are kept. Values with the same hash of
 * 63 bits count as one.
 */
final class ValueCounts {
  /** The bytes of a text that are kept: one more than are shown, to tell whether there are more. */
  static final int LONGEST = 101;

  private static final double HASHES = 0x1p63;
  private static final byte[] NO_TEXT = {};

  private final int most;
  private int size;

  /** Hashes above are not among the lowest any more. */
  private long ceiling = Long.MAX_VALUE;

  /** An open table, in which a count of 0 is a free place. */
  private long[] hashes = new long[16];

  private long[] counts = new long[16];
  private long[] numbers;
  private byte[][] texts;

  /** No values yet: numbers. */
  static ValueCounts ofNumbers(int most) {
    ValueCounts values = new ValueCounts(most);
    values.numbers = new long[16];
    return values;
  }

  /** No values yet: texts. */
  static ValueCounts ofTexts(int most) {
    ValueCounts values = new ValueCounts(most);
    values.texts = new byte[16][];
    return values;
  }

  private ValueCounts(int most) {
    this.most = most;
  }

  boolean isOfTexts() {
    return texts != null;
  }

  /** Hashes above need not be added. */
  long ceiling() {
    return ceiling;
  }

  /** Begins anew, without what another one, to which this will be added, has no place for. */
  void clear(long highest) {
    int capacity = Math.max(16, Integer.highestOneBit(4 * size));
    ceiling = highest;
    size = 0;
    if (capacity == hashes.length) {
      Arrays.fill(counts, 0);
      return;
    }
    hashes = new long[capacity];
    counts = new long[capacity];
    numbers = numbers == null ? null : new long[capacity];
    texts = texts == null ? null : new byte[capacity][];
  }

  /** Counts a number. */
  void add(long number, long count) {
    add(ValueHash.of(number), number, count);
  }

  private void add(long hash, long number, long count) {
    if (hash > ceiling) {
      return;
    }
    int place = place(hash);
    // Of numbers that share a hash the least stands for all.
    if (counts[place] == 0 || number < numbers[place]) {
      numbers[place] = number;
    }
    counts[place] += count;
    endAdding(place, hash, count);
  }

  /** Counts a text. */
  void add(byte[] bytes, int from, int to) {
    long hash = ValueHash.of(bytes, from, to);
    if (hash <= ceiling) {
      add(hash, bytes, from, Math.min(to, from + LONGEST), 1);
    }
  }

  private void add(long hash, byte[] bytes, int from, int to, long count) {
    if (hash > ceiling) {
      return;
    }
    int place = place(hash);
    if (counts[place] == 0 || isLess(bytes, from, to, texts[place])) {
      texts[place] = from == to ? NO_TEXT : Arrays.copyOfRange(bytes, from, to);
    }
    counts[place] += count;
    endAdding(place, hash, count);
  }

  private static boolean isLess(byte[] bytes, int from, int to, byte[] text) {
    return Arrays.compareUnsigned(bytes, from, to, text, 0, text.length) < 0;
  }

  /** The place of a hash, or the free one where it belongs. */
  private int place(long hash) {
    int place = (int) hash & (hashes.length - 1);
    while (counts[place] != 0 && hashes[place] != hash) {
      place = (place + 1) & (hashes.length - 1);
    }
    return place;
  }

  private void endAdding(int place, long hash, long count) {
    if (counts[place] != count) {
      return;
    }
    hashes[place] = hash;
    if (++size >= 2 * most) {
      prune();
    } else if (2 * size > hashes.length) {
      rebuild(2 * hashes.length, ceiling);
    }
  }

  /** Keeps the lowest alone. */
  private void prune() {
    if (size <= most) {
      return;
    }
    long[] ascending = ascending();
    rebuild(hashes.length, ascending[most - 1]);
  }

  private long[] ascending() {
    long[] ascending = new long[size];
    int n = 0;
    for (int place = 0; place < hashes.length; place++) {
      if (counts[place] != 0) {
        ascending[n++] = hashes[place];
      }
    }
    Arrays.sort(ascending);
    return ascending;
  }

  private void rebuild(int capacity, long highest) {
    long[] oldHashes = hashes;
    long[] oldCounts = counts;
    long[] oldNumbers = numbers;
    byte[][] oldTexts = texts;
    hashes = new long[capacity];
    counts = new long[capacity];
    numbers = oldNumbers == null ? null : new long[capacity];
    texts = oldTexts == null ? null : new byte[capacity][];
    ceiling = highest;
    size = 0;
    for (int old = 0; old < oldHashes.length; old++) {
      if (oldCounts[old] != 0 && oldHashes[old] <= highest) {
        int place = place(oldHashes[old]);
        hashes[place] = oldHashes[old];
        counts[place] = oldCounts[old];
        if (texts == null) {
          numbers[place] = oldNumbers[old];
        } else {
          texts[place] = oldTexts[old];
        }
        size++;
      }
    }
  }

  /** Whether each value that was added is kept. */
  boolean isComplete() {
    prune();
    return ceiling == Long.MAX_VALUE;
  }

  /** How many values there are: exact if all are kept, else estimated. */
  long distinct() {
    if (isComplete()) {
      return size;
    }
    long[] ascending = ascending();
    return (long) StrictMath.rint((most - 1) * (HASHES / ascending[most - 1]));
  }

  /** The standard error of the number of values, as a share of it. */
  double error() {
    return isComplete() ? 0 : 1 / StrictMath.sqrt(most - 2);
  }

  /** Of the values that are kept, the share that is there once; NaN of none. */
  double single() {
    prune();
    long once = Arrays.stream(counts).filter(count -> count == 1).count();
    return (double) once / size;
  }

  /** Takes one value after the other. */
  interface Visitor {
    /** A number that is kept, or a text's first bytes, and how often it is there. */
    void value(long number, byte[] text, long count);
  }

  /** Shows what is kept, in no order. */
  void visit(Visitor visitor) {
    prune();
    for (int place = 0; place < hashes.length; place++) {
      if (counts[place] != 0) {
        visitor.value(
            numbers == null ? 0 : numbers[place],
            texts == null ? NO_TEXT : texts[place],
            counts[place]);
      }
    }
  }

  void merge(ValueCounts other) {
    if (other.ceiling < ceiling) {
      // What is above has been given up there, and would be here in the end.
      rebuild(hashes.length, other.ceiling);
    }
    for (int place = 0; place < other.hashes.length; place++) {
      if (other.counts[place] == 0) {
        continue;
      }
      if (texts == null) {
        add(other.hashes[place], other.numbers[place], other.counts[place]);
      } else {
        byte[] text = other.texts[place];
        add(other.hashes[place], text, 0, text.length, other.counts[place]);
      }
    }
  }

  void encode(DataOutput out) throws IOException {
    prune();
    out.writeLong(ceiling);
    out.writeInt(size);
    for (int place = 0; place < hashes.length; place++) {
      if (counts[place] != 0) {
        out.writeLong(hashes[place]);
        out.writeLong(counts[place]);
        if (texts == null) {
          out.writeLong(numbers[place]);
        } else {
          out.writeByte(texts[place].length);
          out.write(texts[place]);
        }
      }
    }
  }

  /** Adds what {@link #encode} wrote. */
  void addDecoded(DataInput in) throws IOException {
    long highest = in.readLong();
    int stored = in.readInt();
    if (highest < 0 || stored < 0 || stored > most) {
      throw new IOException("%s values of %s, with hashes to %s".formatted(stored, most, highest));
    }
    ceiling = highest;
    byte[] text = new byte[LONGEST];
    for (int k = 0; k < stored; k++) {
      long hash = in.readLong();
      long count = in.readLong();
      if (hash < 0 || hash > highest || count <= 0) {
        throw new IOException("value %s of %s is there %s times".formatted(k, stored, count));
      }
      if (texts == null) {
        add(hash, in.readLong(), count);
      } else {
        int length = in.readUnsignedByte();
        if (length > LONGEST) {
          throw new IOException("a text of %s bytes".formatted(length));
        }
        in.readFully(text, 0, length);
        add(hash, text, 0, length, count);
      }
    }
  }
}
