package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.type.Schema;
import java.util.Arrays;

/** Rows that a task holds until it has them all, as columns, each with the hash of its key. */
final class RowBuffer {
  private final Schema schema;
  private final int[] keys;
  private final TaskMemory memory;
  private final String holder;
  private ColumnBuilder[] builders;
  private ColumnVector[] columns;
  private long[] hashes = new long[64];
  private int rows;
  private long held;

  /**
   * An empty buffer.
   *
   * @param keys the columns that are hashed, by position
   * @param holder what the rows are held for, for messages
   */
  RowBuffer(Schema schema, int[] keys, TaskMemory memory, String holder) {
    this.schema = schema;
    this.keys = keys;
    this.memory = memory;
    this.holder = holder;
    clear();
  }

  int rows() {
    return rows;
  }

  /** Forgets all rows. */
  void clear() {
    builders =
        schema.fields().stream().map(f -> ColumnBuilder.of(f.type())).toArray(ColumnBuilder[]::new);
    columns = null;
    rows = 0;
    memory.release(held);
    held = 0;
  }

  /** Adds the rows of a batch that count. */
  void add(Batch batch) {
    int count = batch.selected();
    if (rows + count > hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.max(rows + count, hashes.length + (hashes.length >> 1)));
    }
    ColumnVector[] keyColumns = new ColumnVector[keys.length];
    for (int k = 0; k < keys.length; k++) {
      keyColumns[k] = batch.column(keys[k]);
    }
    long[] more = new long[count];
    Hashing.hash(batch, keyColumns, more);
    System.arraycopy(more, 0, hashes, rows, count);
    for (int c = 0; c < builders.length; c++) {
      builders[c].appendAll(batch.column(c), batch.selection(), count);
    }
    rows += count;
    columns = null;
    long now = 8L * hashes.length;
    for (ColumnBuilder builder : builders) {
      now += builder.heapBytes();
    }
    memory.hold(now - held, holder);
    held = now;
  }

  /** The columns of all rows; nothing is added afterwards. */
  ColumnVector[] columns() {
    if (columns == null) {
      columns = Arrays.stream(builders).map(ColumnBuilder::build).toArray(ColumnVector[]::new);
    }
    return columns;
  }

  long hash(int row) {
    return hashes[row];
  }

  /** Some of the rows as a batch. */
  Batch batch(int[] numbers, int count) {
    ColumnVector[] picked = new ColumnVector[builders.length];
    for (int c = 0; c < picked.length; c++) {
      picked[c] = Gather.gather(columns()[c], numbers, count);
    }
    return Batch.of(schema, count, picked);
  }

  /** The numbers of the rows, by an order. */
  int[] sorted(RowOrder order) {
    ColumnVector[] all = columns();
    return RowSort.sorted(rows, (a, b) -> order.compare(all, a, all, b));
  }

  /** The numbers of the rows by (hash, key, rest of the row). */
  int[] sortedByHash() {
    ColumnVector[] all = columns();
    RowOrder order = RowOrder.ascending(keys);
    return RowSort.sorted(
        rows,
        (a, b) -> {
          int byHash = Long.compareUnsigned(hashes[a], hashes[b]);
          return byHash != 0 ? byHash : order.compare(all, a, all, b);
        });
  }
}
