package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.List;

/**
 * The rows of several sorted runs, in order, one after the other: a heap of the runs by the row
 * that each is at.
 */
final class RunMerge {
  /** A run on its way through a merge. */
  private final class Place {
    private final SpilledRun run;
    private int number;
    private Batch batch;
    private ColumnVector[] columns;
    private long[] ranks = new long[0];
    private int row = -1;
    private int rowBytes;

    Place(SpilledRun run) {
      this.run = run;
    }

    /** Moves to the next row; false at the end. */
    boolean next() throws IOException {
      if (batch != null && ++row < batch.rows()) {
        return true;
      }
      if (number == run.batches()) {
        return false;
      }
      batch = run.batch(schema, number);
      rowBytes = run.bytes(number++) / Math.max(1, batch.rows());
      columns = batch.columns();
      ranks = ranks.length < batch.rows() ? new long[batch.rows()] : ranks;
      rank.ranks(batch, ranks);
      row = 0;
      return true;
    }

    boolean isAfter(Place other) {
      int order = Long.compareUnsigned(ranks[row], other.ranks[other.row]);
      return (order != 0 ? order : rank.compare(columns, row, other.columns, other.row)) > 0;
    }
  }

  private final Schema schema;
  private final RowRank rank;

  /** The first is at the row at hand, once there is one. */
  private final Place[] heap;

  private int places;
  private int left;
  private boolean hasBegun;

  /**
   * A merge before its first row.
   *
   * @param runs each in the order of the rank, with a row at least in each batch
   * @param most how many rows there are at most; the first ones
   */
  RunMerge(Schema schema, RowRank rank, List<SpilledRun> runs, int most) {
    this.schema = schema;
    this.rank = rank;
    left = most;
    heap = runs.stream().map(Place::new).toArray(Place[]::new);
  }

  /** Moves to the next row; false at the end. */
  boolean next() throws IOException {
    if (left == 0) {
      return false;
    }
    left--;
    if (!hasBegun) {
      begin();
    } else if (heap[0].next()) {
      sink(0);
    } else {
      heap[0] = heap[--places];
      heap[places] = null;
      if (places > 0) {
        sink(0);
      }
    }
    return places > 0;
  }

  private void begin() throws IOException {
    hasBegun = true;
    for (Place place : heap.clone()) {
      if (place.next()) {
        heap[places++] = place;
      }
    }
    for (int at = places / 2 - 1; at >= 0; at--) {
      sink(at);
    }
  }

  private void sink(int from) {
    Place sinking = heap[from];
    int at = from;
    for (int child = 2 * at + 1; child < places; child = 2 * at + 1) {
      if (child + 1 < places && heap[child].isAfter(heap[child + 1])) {
        child++;
      }
      if (!sinking.isAfter(heap[child])) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = sinking;
  }

  /** The batch that has the row at hand; it stays as it is when others follow. */
  Batch batch() {
    return heap[0].batch;
  }

  /** Its columns. */
  ColumnVector[] columns() {
    return heap[0].columns;
  }

  /** The row at hand. */
  int row() {
    return heap[0].row;
  }

  /** Its rank. */
  long rank() {
    return heap[0].ranks[heap[0].row];
  }

  /** About how many bytes it takes. */
  int rowBytes() {
    return heap[0].rowBytes;
  }
}
