package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.type.Schema;
import java.util.Arrays;

/** The first rows by an order, of all that are added. */
final class TopRows {
  private static final int FEW = 1 << 11;

  private final RowOrder order;
  private final int most;
  private final RowBuffer buffer;
  private final RowBuffer spare;
  private boolean usesSpare;

  TopRows(Schema schema, RowOrder order, int most, TaskMemory memory) {
    this.order = order;
    this.most = most;
    buffer = new RowBuffer(schema, new int[0], memory, "sorted rows");
    spare = new RowBuffer(schema, new int[0], memory, "sorted rows");
  }

  void add(Batch batch) {
    buffer().add(batch);
    if (buffer().rows() / 2 >= Math.max(most, FEW)) {
      prune();
    }
  }

  /** Keeps no more than can be among the first. */
  private void prune() {
    int[] first = sorted();
    RowBuffer full = buffer();
    usesSpare = !usesSpare;
    buffer().add(full.batch(first, first.length));
    full.clear();
  }

  /** Where the rows are. */
  RowBuffer buffer() {
    return usesSpare ? spare : buffer;
  }

  /** The numbers of the first rows in the buffer, in order. */
  int[] sorted() {
    int[] sorted = buffer().sorted(order);
    return sorted.length > most ? Arrays.copyOf(sorted, most) : sorted;
  }
}
