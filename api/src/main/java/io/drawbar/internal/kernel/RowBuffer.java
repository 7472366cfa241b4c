package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.type.Schema;
import java.util.Arrays;

/** Rows that a task holds in memory, as columns, each with its rank. */
final class RowBuffer {
  /** A column holds little more: its texts are in one array. */
  private static final long MOST_BYTES = 1 << 30;

  private final Schema schema;
  private final RowRank rank;
  private final TaskMemory memory;
  private ColumnBuilder[] builders;
  private ColumnVector[] columns;
  private long[] ranks;
  private int rows;
  private long held;
  private boolean isLong;

  /**
   * An empty buffer.
   *
   * @param rank what the order of rows begins with
   * @param memory what they are counted in, and not held against
   */
  RowBuffer(Schema schema, RowRank rank, TaskMemory memory) {
    this.schema = schema;
    this.rank = rank;
    this.memory = memory;
    clear();
  }

  int rows() {
    return rows;
  }

  /** Whether it is time to begin another one, even if there is memory left. */
  boolean isLong() {
    return isLong;
  }

  /** What the rows take, and what sorting them will take. */
  long heapBytes() {
    return held;
  }

  /** Forgets all rows. */
  void clear() {
    builders = builders(schema);
    columns = null;
    ranks = new long[16];
    rows = 0;
    isLong = false;
    memory.release(held);
    held = 0;
  }

  static ColumnBuilder[] builders(Schema schema) {
    return schema.fields().stream()
        .map(f -> ColumnBuilder.of(f.type()))
        .toArray(ColumnBuilder[]::new);
  }

  /** Adds the rows of a batch that count. */
  void add(Batch batch) {
    int count = batch.selected();
    if (rows + count > ranks.length) {
      ranks = Arrays.copyOf(ranks, Math.max(rows + count, ranks.length + (ranks.length >> 1)));
    }
    long[] more = new long[count];
    rank.ranks(batch, more);
    System.arraycopy(more, 0, ranks, rows, count);
    for (int c = 0; c < builders.length; c++) {
      builders[c].appendAll(batch.column(c), batch.selection(), count);
    }
    rows += count;
    columns = null;
    long now = 8L * ranks.length + (long) RowSort.BYTES * rows;
    for (ColumnBuilder builder : builders) {
      now += builder.heapBytes();
      isLong |= builder.heapBytes() > MOST_BYTES;
    }
    memory.keep(now - held);
    held = now;
  }

  /** The columns of all rows; nothing is added afterwards. */
  ColumnVector[] columns() {
    if (columns == null) {
      columns = Arrays.stream(builders).map(ColumnBuilder::build).toArray(ColumnVector[]::new);
    }
    return columns;
  }

  /** The rank of a row: its hash, in an order by hash. */
  long rank(int row) {
    return ranks[row];
  }

  /** Some of the rows as a batch. */
  Batch batch(int[] numbers, int count) {
    ColumnVector[] picked = new ColumnVector[builders.length];
    for (int c = 0; c < picked.length; c++) {
      picked[c] = Gather.gather(columns()[c], numbers, count);
    }
    return Batch.of(schema, count, picked);
  }

  /** The numbers of the rows in order. */
  int[] sorted() {
    ColumnVector[] all = columns();
    return RowSort.sorted(ranks, rows, (a, b) -> rank.compare(all, a, all, b));
  }
}
