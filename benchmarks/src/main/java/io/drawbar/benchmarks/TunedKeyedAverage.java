package io.drawbar.benchmarks;

import java.util.List;

/** Averages in a hash table of primitive arrays for each thread, merged by ranges of the hash. */
final class TunedKeyedAverage {
  private static final double[] POWERS = {1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

  private static final int FIRST_BITS = 16;

  private TunedKeyedAverage() {}

  static double[] run(Input input) {
    List<Table> tables = LineChunks.read(input.file(Readings.FILE), () -> new Table(FIRST_BITS));
    int size = tables.stream().mapToInt(table -> table.size).sum() / tables.size();
    List<double[]> answers =
        LineChunks.parallel(
            range -> {
              // In full size from the start: keys come in order of their hash, and would crowd.
              Table all = new Table(Integer.SIZE - Integer.numberOfLeadingZeros(2 * size));
              tables.forEach(table -> all.addRange(table, range));
              return all.answer();
            });
    double[] answer = new double[2];
    for (double[] each : answers) {
      answer[0] += each[0];
      answer[1] += each[1];
    }
    return answer;
  }

  /** Open addressing by the upper bits of a multiplied key. */
  private static final class Table implements LineChunks.Reader {
    private int bits;
    private long[] keys;
    private double[] sums;
    private int[] counts;
    private int size;

    Table(int bits) {
      allocate(bits);
    }

    private void allocate(int wanted) {
      bits = wanted;
      keys = new long[1 << bits];
      sums = new double[1 << bits];
      counts = new int[1 << bits];
      size = 0;
    }

    @Override
    public void read(byte[] buffer, int from, int to) {
      int at = from;
      if (buffer[at] == 's') {
        at = after(buffer, at, '\n');
      }
      while (at < to) {
        long key = 0;
        for (byte digit; (digit = buffer[at]) != ','; at++) {
          key = 10 * key + digit - '0';
        }
        at = after(buffer, at + 1, ',');
        boolean negative = buffer[at] == '-';
        at += negative ? 1 : 0;
        long digits = 0;
        int point = 0;
        for (byte digit; (digit = buffer[at]) != '\n'; at++) {
          if (digit == '.') {
            point = at + 1;
          } else {
            digits = 10 * digits + digit - '0';
          }
        }
        double value = point == 0 ? digits : digits / POWERS[at - point];
        add(key, negative ? -value : value, 1);
        at++;
      }
    }

    private static int after(byte[] buffer, int from, char wanted) {
      int at = from;
      while (buffer[at] != wanted) {
        at++;
      }
      return at + 1;
    }

    private static long hash(long key) {
      return key * 0x9E3779B97F4A7C15L;
    }

    void add(long key, double sum, int count) {
      int mask = keys.length - 1;
      int slot = (int) (hash(key) >>> 64 - bits);
      while (counts[slot] != 0) {
        if (keys[slot] == key) {
          sums[slot] += sum;
          counts[slot] += count;
          return;
        }
        slot = slot + 1 & mask;
      }
      keys[slot] = key;
      sums[slot] = sum;
      counts[slot] = count;
      if (++size * 2 > keys.length) {
        grow();
      }
    }

    private void grow() {
      long[] oldKeys = keys;
      double[] oldSums = sums;
      int[] oldCounts = counts;
      allocate(bits + 1);
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldCounts[i] != 0) {
          add(oldKeys[i], oldSums[i], oldCounts[i]);
        }
      }
    }

    /** Adds a core's share of another's keys, by lower bits than those that make the slot. */
    void addRange(Table other, int range) {
      for (int i = 0; i < other.keys.length; i++) {
        if (other.counts[i] != 0
            && (int) ((hash(other.keys[i]) >>> 8 & 0xFFFF) * ByHand.CORES >>> 16) == range) {
          add(other.keys[i], other.sums[i], other.counts[i]);
        }
      }
    }

    double[] answer() {
      double sum = 0;
      for (int i = 0; i < keys.length; i++) {
        if (counts[i] != 0) {
          sum += sums[i] / counts[i];
        }
      }
      return new double[] {size, sum};
    }
  }
}
