package io.drawbar.internal.kernel;

/** Sorts group numbers by (hash, key): a merge sort over an int array, no object a group. */
final class GroupOrder {
  private static final int SHORT = 16;

  private GroupOrder() {}

  static int[] sorted(Groups.View view, int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    sort(view, order, order.clone(), 0, count);
    return order;
  }

  /** Sorts {@code into[from..to)}, of which {@code spare} is a copy. */
  private static void sort(Groups.View view, int[] into, int[] spare, int from, int to) {
    if (to - from <= SHORT) {
      insertionSort(view, into, from, to);
      return;
    }
    int middle = (from + to) >>> 1;
    sort(view, spare, into, from, middle);
    sort(view, spare, into, middle, to);
    int left = from;
    int right = middle;
    for (int at = from; at < to; at++) {
      boolean takeLeft =
          right >= to || (left < middle && view.compare(spare[left], spare[right]) <= 0);
      into[at] = takeLeft ? spare[left++] : spare[right++];
    }
  }

  private static void insertionSort(Groups.View view, int[] order, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int group = order[i];
      int at = i;
      for (; at > from && view.compare(order[at - 1], group) > 0; at--) {
        order[at] = order[at - 1];
      }
      order[at] = group;
    }
  }
}
