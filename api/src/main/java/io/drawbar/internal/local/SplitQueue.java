package io.drawbar.internal.local;

import io.drawbar.spi.Split;
import java.util.List;

/**
 * The splits of a stage, which its tasks take one after the other in the order of the data. So what
 * a task gets is in that order, too, and when one has failed, what nobody has taken comes after the
 * place where it did: the first failure in the data is always found.
 */
final class SplitQueue {
  private final List<Split> splits;
  private int next;

  SplitQueue(List<Split> splits) {
    this.splits = splits;
  }

  int size() {
    return splits.size();
  }

  /** The next split, or null if there is none. */
  synchronized Split take() {
    return next == splits.size() ? null : splits.get(next++);
  }

  /** Nobody gets what has not been taken. */
  synchronized void drop() {
    next = splits.size();
  }
}
