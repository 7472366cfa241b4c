package io.drawbar.internal.kernel;

import java.util.Arrays;

/**
 * Sorts numbers of rows by the ranks of the rows, and by the rows where ranks are the same: a merge
 * sort that moves ranks and numbers together, so that it seldom looks elsewhere; no object a row.
 */
final class RowSort {
  /** What an array of ranks, one of numbers, and the copies to merge from take of heap a row. */
  static final int BYTES = 2 * (Long.BYTES + Integer.BYTES);

  private static final int SHORT = 16;

  /** Compares rows of the same rank by their numbers. */
  @FunctionalInterface
  interface Order {
    int compare(int a, int b);
  }

  private final Order order;

  private RowSort(Order order) {
    this.order = order;
  }

  /**
   * The numbers from 0 to {@code count - 1} in order; equals keep theirs.
   *
   * @param ranks of the rows, unsigned
   */
  static int[] sorted(long[] ranks, int count, Order order) {
    long[] keys = new long[count];
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      keys[i] = ranks[i] ^ Long.MIN_VALUE; // signed, which compares faster
      rows[i] = i;
    }
    new RowSort(order).sort(keys, rows, keys.clone(), rows.clone(), 0, count);
    return rows;
  }

  /** Sorts the rows from {@code from} to before {@code to}; the spare arrays are copies. */
  private void sort(long[] keys, int[] rows, long[] spareKeys, int[] spare, int from, int to) {
    if (to - from <= SHORT) {
      insertionSort(keys, rows, from, to);
      return;
    }
    int middle = (from + to) >>> 1;
    sort(spareKeys, spare, keys, rows, from, middle);
    sort(spareKeys, spare, keys, rows, middle, to);
    if (!isAfter(spareKeys[middle - 1], spare[middle - 1], spareKeys[middle], spare[middle])) {
      System.arraycopy(spareKeys, from, keys, from, to - from);
      System.arraycopy(spare, from, rows, from, to - from);
      return;
    }
    int left = from;
    int right = middle;
    for (int at = from; at < to; at++) {
      boolean takeRight =
          left >= middle
              || right < to
                  && isAfter(spareKeys[left], spare[left], spareKeys[right], spare[right]);
      int taken = takeRight ? right++ : left++;
      keys[at] = spareKeys[taken];
      rows[at] = spare[taken];
    }
  }

  private boolean isAfter(long key, int row, long otherKey, int other) {
    return key == otherKey ? order.compare(row, other) > 0 : key > otherKey;
  }

  private void insertionSort(long[] keys, int[] rows, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      long key = keys[i];
      int row = rows[i];
      int at = i;
      for (; at > from && isAfter(keys[at - 1], rows[at - 1], key, row); at--) {
        keys[at] = keys[at - 1];
        rows[at] = rows[at - 1];
      }
      keys[at] = key;
      rows[at] = row;
    }
  }

  /** The first of some numbers. */
  static int[] first(int[] sorted, int most) {
    return sorted.length > most ? Arrays.copyOf(sorted, most) : sorted;
  }
}
