package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchBuilder;
import io.drawbar.column.BatchCodec;
import io.drawbar.type.Schema;
import java.io.IOException;

/**
 * The end of a stage: sends rows in order to the driver, or to the one task of the next stage. A
 * frame may hold rows of several units, as long as they follow each other in one split: it is
 * placed by the first.
 *
 * @param most how many rows a task sends at most; the first ones
 */
public record CollectStep(Schema schema, int most) implements Step {
  private static final int FRAME_ROWS = 1 << 14;

  /** With so many bytes, about, a frame is sent after the batch at hand. */
  private static final long FRAME_BYTES = 1 << 22;

  @Override
  public Operator open(TaskScope scope, Operator next) {
    return new Ending() {
      private final ExchangeOutbox outbox = scope.rowOutbox();
      private final BatchBuilder rows = new BatchBuilder(schema);
      private long firstUnit;
      private long unit;
      private int left = most;

      @Override
      public void beginUnit(long begun) {
        unit = begun;
      }

      @Override
      public void batch(Batch batch) throws IOException {
        for (int n = 0; n < batch.selected() && left > 0; n++, left--) {
          if (rows.rows() == 0) {
            firstUnit = unit;
          }
          rows.append(batch, batch.row(n));
          if (rows.rows() == FRAME_ROWS) {
            flush();
          }
        }
        if (rows.heapBytes() >= FRAME_BYTES) {
          flush();
        }
      }

      @Override
      public void endSplit() throws IOException {
        flush();
      }

      @Override
      public void endInput() throws IOException {
        flush();
      }

      private void flush() throws IOException {
        if (rows.rows() > 0) {
          scope.report.rowsOut += rows.rows();
          outbox.send(0, firstUnit, BatchCodec.encode(rows.build(), Envelope.BYTES));
        }
      }
    };
  }

  @Override
  public String describe() {
    return (most < Integer.MAX_VALUE ? "the first " + most + " rows of each task: " : "collect ")
        + schema;
  }
}
