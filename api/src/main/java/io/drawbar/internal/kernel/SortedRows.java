package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.stream.IntStream;

/**
 * Rows that a task puts in order, or the first of them: in memory, and when that is full in sorted
 * runs in a file. The order is total, so that nobody sees which it was.
 */
final class SortedRows {
  private static final int FEW = 1 << 11;

  private final TaskScope scope;
  private final Schema schema;
  private final RowRank rank;
  private final int most;
  private final SortedRuns runs;
  private RowBuffer buffer;

  /**
   * No rows.
   *
   * @param most how many are wanted, at most; the first ones
   */
  SortedRows(TaskScope scope, Schema schema, RowRank rank, int most) {
    this.scope = scope;
    this.schema = schema;
    this.rank = rank;
    this.most = most;
    runs = new SortedRuns(scope, schema, rank, most);
    buffer = new RowBuffer(schema, rank, scope.memory);
  }

  /**
   * Adds the rows of a batch that count, and puts rows down when memory is full.
   *
   * @param bytes what the rows take, about
   */
  void add(Batch batch, long bytes) throws IOException {
    for (Batch some : scope.memory.pieces(batch, bytes)) {
      keep(some);
      if (scope.memory.isFull() || buffer.isLong()) {
        spill();
      }
    }
  }

  /** Adds the rows of a batch that count, whether there is room or not. */
  void keep(Batch batch) {
    buffer.add(batch);
    if (buffer.rows() / 2 >= Math.max(most, FEW)) {
      prune();
    }
  }

  /** Keeps no more than can be among the first. */
  private void prune() {
    int[] first = RowSort.first(buffer.sorted(), most);
    RowBuffer fewer = new RowBuffer(schema, rank, scope.memory);
    fewer.add(buffer.batch(first, first.length));
    buffer.clear();
    buffer = fewer;
  }

  /** Puts down what is in memory. */
  void spill() throws IOException {
    if (buffer.rows() > 0) {
      runs.add(RowSort.first(buffer.sorted(), most), buffer.heapBytes(), buffer::batch);
      buffer.clear();
    }
  }

  /** Puts down what is in memory as it is, in a run of somebody else's. */
  void spillUnsorted(SpilledRun into) throws IOException {
    int rows = buffer.rows();
    long batches = 1 + buffer.heapBytes() / SortedRuns.MOST_BATCH_BYTES;
    int batchRows = (int) Math.max(1, rows / batches);
    for (int from = 0; from < rows; from += batchRows) {
      int[] some = IntStream.range(from, Math.min(rows, from + batchRows)).toArray();
      into.add(buffer.batch(some, some.length));
    }
    buffer.clear();
  }

  /** Whether nothing has been put down. */
  boolean areInMemory() {
    return runs.isEmpty();
  }

  /** The rows that are in memory. */
  RowBuffer buffer() {
    return buffer;
  }

  /** The numbers of the first rows in memory, in order. */
  int[] sorted() {
    return RowSort.first(buffer.sorted(), most);
  }

  /** All rows, in order; there are no more. */
  RunMerge merge() throws IOException {
    spill();
    return runs.merge();
  }
}
