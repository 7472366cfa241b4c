package io.drawbar.benchmarks;

import java.util.Arrays;
import java.util.List;

/** Words counted byte by byte into a hash table of primitive arrays for each thread. */
final class TunedWordCount {

  /** What each byte is in lower case, and 0 if it is not part of a word. */
  private static final byte[] LETTERS = letters();

  private TunedWordCount() {}

  private static byte[] letters() {
    byte[] letters = new byte[256];
    for (int i = 0; i < 128; i++) {
      boolean upper = i >= 'A' && i <= 'Z';
      boolean word = upper || i >= 'a' && i <= 'z' || i >= '0' && i <= '9' || i == '_';
      letters[i] = (byte) (!word ? 0 : upper ? i + 32 : i);
    }
    return letters;
  }

  static double[] run(Input input) {
    List<Table> tables = LineChunks.read(input.file(Words.FILE), Table::new);
    Table all = tables.get(0);
    for (Table table : tables.subList(1, tables.size())) {
      all.addAll(table);
    }
    return all.answer();
  }

  /** Open addressing; the words' bytes lie side by side in one array. */
  private static final class Table implements LineChunks.Reader {
    private int[] hashes = new int[1 << 16];
    private int[] starts = new int[1 << 16];
    private int[] lengths = new int[1 << 16];
    private long[] counts = new long[1 << 16];
    private byte[] bytes = new byte[1 << 20];
    private int used;
    private int size;

    @Override
    public void read(byte[] buffer, int from, int to) {
      int at = from;
      while (at < to) {
        int start = at;
        int hash = 0;
        byte letter;
        while (at < to && (letter = LETTERS[buffer[at] & 0xFF]) != 0) {
          buffer[at++] = letter;
          hash = 31 * hash + letter;
        }
        if (at > start) {
          add(buffer, start, at - start, hash, 1);
        }
        at++;
      }
    }

    void add(byte[] source, int start, int length, int hash, long count) {
      int mask = hashes.length - 1;
      int slot = slot(hash) & mask;
      while (counts[slot] != 0) {
        if (hashes[slot] == hash
            && lengths[slot] == length
            && Arrays.equals(
                bytes, starts[slot], starts[slot] + length, source, start, start + length)) {
          counts[slot] += count;
          return;
        }
        slot = slot + 1 & mask;
      }
      if (used + length > bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * bytes.length);
      }
      System.arraycopy(source, start, bytes, used, length);
      put(slot, hash, used, length, count);
      used += length;
      if (++size * 2 > hashes.length) {
        grow();
      }
    }

    /** The hash of a string is weak in its low bits. */
    private static int slot(int hash) {
      return hash * 0x9E3779B1 >>> 8;
    }

    private void put(int slot, int hash, int start, int length, long count) {
      hashes[slot] = hash;
      starts[slot] = start;
      lengths[slot] = length;
      counts[slot] = count;
    }

    private void grow() {
      int[] oldHashes = hashes;
      int[] oldStarts = starts;
      int[] oldLengths = lengths;
      long[] oldCounts = counts;
      int capacity = 2 * hashes.length;
      hashes = new int[capacity];
      starts = new int[capacity];
      lengths = new int[capacity];
      counts = new long[capacity];
      for (int i = 0; i < oldCounts.length; i++) {
        if (oldCounts[i] != 0) {
          int slot = slot(oldHashes[i]) & capacity - 1;
          while (counts[slot] != 0) {
            slot = slot + 1 & capacity - 1;
          }
          put(slot, oldHashes[i], oldStarts[i], oldLengths[i], oldCounts[i]);
        }
      }
    }

    void addAll(Table other) {
      for (int i = 0; i < other.counts.length; i++) {
        if (other.counts[i] != 0) {
          add(other.bytes, other.starts[i], other.lengths[i], other.hashes[i], other.counts[i]);
        }
      }
    }

    double[] answer() {
      double sum = 0;
      for (int i = 0; i < counts.length; i++) {
        sum += (double) Words.weight(hashes[i]) * counts[i];
      }
      return new double[] {size, sum};
    }
  }
}
