package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchCodec;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.Arrays;

/** The end of a stage whose blocks come to the driver: each is a frame of its own. */
public record SendBlocksStep(Schema schema) implements Step {
  @Override
  public Operator open(TaskScope scope, Operator next) {
    return new Ending() {
      private final ExchangeOutbox outbox = scope.rowOutbox();
      private ColumnBuilder[] columns = builders();
      private int rows;

      private ColumnBuilder[] builders() {
        return schema.fields().stream()
            .map(field -> ColumnBuilder.of(field.type()))
            .toArray(ColumnBuilder[]::new);
      }

      @Override
      public void batch(Batch batch) {
        for (int c = 0; c < columns.length; c++) {
          columns[c].appendAll(batch.column(c), batch.selection(), batch.selected());
        }
        rows += batch.selected();
      }

      @Override
      public void endBlock() throws IOException {
        if (rows == 0) {
          return;
        }
        ColumnVector[] built =
            Arrays.stream(columns).map(ColumnBuilder::build).toArray(ColumnVector[]::new);
        Batch block = Batch.of(schema, rows, built);
        scope.report.rowsOut += rows;
        outbox.send(0, scope.unit, BatchCodec.encode(block, Envelope.BYTES));
        columns = builders();
        rows = 0;
      }

      @Override
      public void endInput() {
        // Every block has been sent at its end.
      }
    };
  }

  @Override
  public String describe() {
    return "send blocks of " + schema;
  }
}
