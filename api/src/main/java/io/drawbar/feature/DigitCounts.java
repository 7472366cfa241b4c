package io.drawbar.feature;

import io.drawbar.iterate.Partial;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** How often each digit is there, and how many values of each element are not there. */
final class DigitCounts implements Partial<DigitCounts> {
  private final long[] counts;
  private final long[] nulls;
  private final long[] notNumbers;
  private final long[] infinities;

  /**
   * Nothing yet.
   *
   * @param counters how many counters there are
   * @param elements how many elements
   */
  DigitCounts(int counters, int elements) {
    counts = new long[counters];
    nulls = new long[elements];
    notNumbers = new long[elements];
    infinities = new long[elements];
  }

  long count(int counter) {
    return counts[counter];
  }

  long nulls(int element) {
    return nulls[element];
  }

  long notNumbers(int element) {
    return notNumbers[element];
  }

  long infinities(int element) {
    return infinities[element];
  }

  void add(int counter) {
    counts[counter]++;
  }

  void addNull(int element) {
    nulls[element]++;
  }

  void addNotNumber(int element) {
    notNumbers[element]++;
  }

  void addInfinity(int element) {
    infinities[element]++;
  }

  void clearDefects() {
    Arrays.fill(nulls, 0);
    Arrays.fill(notNumbers, 0);
    Arrays.fill(infinities, 0);
  }

  void addDefects(DigitCounts other) {
    add(nulls, other.nulls);
    add(notNumbers, other.notNumbers);
    add(infinities, other.infinities);
  }

  @Override
  public void merge(DigitCounts other) {
    add(counts, other.counts);
    addDefects(other);
  }

  private static void add(long[] to, long[] from) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }

  /** Counters that are not 0, each with its number: few, where values are few. */
  @Override
  public void encode(DataOutput out) throws IOException {
    for (int i = 0; i < nulls.length; i++) {
      out.writeLong(nulls[i]);
      out.writeLong(notNumbers[i]);
      out.writeLong(infinities[i]);
    }
    out.writeInt((int) Arrays.stream(counts).filter(count -> count != 0).count());
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 0) {
        out.writeInt(i);
        out.writeLong(counts[i]);
      }
    }
  }

  static DigitCounts decode(DataInput in, int counters, int elements) throws IOException {
    DigitCounts found = new DigitCounts(counters, elements);
    for (int i = 0; i < elements; i++) {
      found.nulls[i] = count(in);
      found.notNumbers[i] = count(in);
      found.infinities[i] = count(in);
    }
    int stored = in.readInt();
    if (stored < 0 || stored > counters) {
      throw new IOException("%s of %s counters".formatted(stored, counters));
    }
    int last = -1;
    for (int k = 0; k < stored; k++) {
      int counter = in.readInt();
      if (counter <= last || counter >= counters) {
        throw new IOException("counter %s of %s after %s".formatted(counter, counters, last));
      }
      found.counts[counter] = count(in);
      last = counter;
    }
    return found;
  }

  private static long count(DataInput in) throws IOException {
    long count = in.readLong();
    if (count < 0) {
      throw new IOException("a count is " + count);
    }
    return count;
  }
}
