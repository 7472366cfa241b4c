package io.drawbar.internal.kernel;

/** Sorts numbers of rows: a merge sort over an int array, no object a row. */
final class RowSort {
  private static final int SHORT = 16;

  /** Compares rows by their numbers. */
  @FunctionalInterface
  interface Order {
    int compare(int a, int b);
  }

  private RowSort() {}

  /** The numbers from 0 to {@code count - 1} in order; equals keep theirs. */
  static int[] sorted(int count, Order order) {
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = i;
    }
    sort(order, rows, rows.clone(), 0, count);
    return rows;
  }

  /** Sorts {@code into[from..to)}, of which {@code spare} is a copy. */
  private static void sort(Order order, int[] into, int[] spare, int from, int to) {
    if (to - from <= SHORT) {
      insertionSort(order, into, from, to);
      return;
    }
    int middle = (from + to) >>> 1;
    sort(order, spare, into, from, middle);
    sort(order, spare, into, middle, to);
    if (order.compare(spare[middle - 1], spare[middle]) <= 0) {
      System.arraycopy(spare, from, into, from, to - from);
      return;
    }
    int left = from;
    int right = middle;
    for (int at = from; at < to; at++) {
      boolean takeLeft =
          right >= to || (left < middle && order.compare(spare[left], spare[right]) <= 0);
      into[at] = takeLeft ? spare[left++] : spare[right++];
    }
  }

  private static void insertionSort(Order order, int[] rows, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int row = rows[i];
      int at = i;
      for (; at > from && order.compare(rows[at - 1], row) > 0; at--) {
        rows[at] = rows[at - 1];
      }
      rows[at] = row;
    }
  }
}
