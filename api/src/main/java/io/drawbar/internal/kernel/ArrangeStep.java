package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.spi.Unit;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.stream.IntStream;

/**
 * The start of a stage: gives the rows that come by (hash of the row, row), a unit for each value
 * of the hash's top bits.
 *
 * @param blockRows the rows of a block
 */
public record ArrangeStep(Schema schema, int blockRows) implements Step {
  @Override
  public Operator open(TaskScope scope, Operator next) {
    int[] all = IntStream.range(0, schema.size()).toArray();
    return new Receiving(scope, next) {
      private final RowBuffer rows = new RowBuffer(schema, all, scope.memory, "rows put in order");

      @Override
      public void batch(Batch batch) {
        rows.add(batch);
      }

      @Override
      public void endInput() throws IOException {
        Units units = new Units(scope, next);
        int[] order = rows.sortedByHash();
        units.blocks(order, blockRows, row -> Unit.ofHash(rows.hash(row)), rows::batch);
        units.end();
      }
    };
  }

  @Override
  public String describe() {
    return "put in order of content";
  }
}
