package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchCodec;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.Arrays;

/** Rows on their way to receivers, gathered into frames of some size. */
final class RowOutboxes {
  /** A frame is sent when it has so many bytes, about, or so many rows. */
  private static final long FRAME_BYTES = 1 << 20;

  /** Where many receivers share little memory, their frames are shorter, but not than this. */
  private static final long LEAST_BYTES = 1 << 14;

  private static final int FRAME_ROWS = 1 << 15;

  private final Schema schema;
  private final TaskScope scope;
  private final ExchangeOutbox outbox;
  private final ColumnBuilder[][] builders;
  private final long frameBytes;

  /** Of the batch at hand, the rows for each receiver. */
  private final int[][] chosen;

  private final int[] counts;

  /** The rows that wait, by receiver. */
  private final int[] pending;

  RowOutboxes(Schema schema, TaskScope scope) {
    this.schema = schema;
    this.scope = scope;
    outbox = scope.rowOutbox();
    int receivers = scope.context.receivers();
    long share = scope.memory.most() / 4 / receivers;
    frameBytes = Math.max(LEAST_BYTES, Math.min(share, FRAME_BYTES));
    builders = new ColumnBuilder[receivers][];
    chosen = new int[receivers][16];
    counts = new int[receivers];
    pending = new int[receivers];
    for (int receiver = 0; receiver < receivers; receiver++) {
      builders[receiver] = builders();
    }
  }

  private ColumnBuilder[] builders() {
    return schema.fields().stream()
        .map(f -> ColumnBuilder.of(f.type()))
        .toArray(ColumnBuilder[]::new);
  }

  /** Chooses a row of the batch at hand for a receiver. */
  void choose(int receiver, int row) {
    if (counts[receiver] == chosen[receiver].length) {
      chosen[receiver] = Arrays.copyOf(chosen[receiver], 2 * counts[receiver]);
    }
    chosen[receiver][counts[receiver]++] = row;
  }

  /** Copies the rows chosen of a batch, which may go then. */
  void take(Batch batch) throws IOException {
    for (int receiver = 0; receiver < counts.length; receiver++) {
      if (counts[receiver] > 0) {
        ColumnBuilder[] columns = builders[receiver];
        long bytes = 0;
        for (int c = 0; c < columns.length; c++) {
          columns[c].appendAll(batch.column(c), chosen[receiver], counts[receiver]);
          bytes += columns[c].heapBytes();
        }
        pending[receiver] += counts[receiver];
        counts[receiver] = 0;
        if (bytes >= frameBytes || pending[receiver] >= FRAME_ROWS) {
          send(receiver);
        }
      }
    }
  }

  private void send(int receiver) throws IOException {
    ColumnVector[] columns =
        Arrays.stream(builders[receiver]).map(ColumnBuilder::build).toArray(ColumnVector[]::new);
    Batch rows = Batch.of(schema, pending[receiver], columns);
    scope.report.rowsOut += rows.rows();
    outbox.send(receiver, 0, BatchCodec.encode(rows, Envelope.BYTES));
    builders[receiver] = builders();
    pending[receiver] = 0;
  }

  /** Sends what is left. */
  void flush() throws IOException {
    for (int receiver = 0; receiver < pending.length; receiver++) {
      if (pending[receiver] > 0) {
        send(receiver);
      }
    }
  }
}
