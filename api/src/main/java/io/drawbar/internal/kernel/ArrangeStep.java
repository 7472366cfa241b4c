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
      private final SortedRows rows =
          new SortedRows(scope, schema, HashRank.of(all), Integer.MAX_VALUE);

      @Override
      public void batch(Batch batch) throws IOException {
        rows.add(batch, scope.frameBytes);
      }

      @Override
      public void endInput() throws IOException {
        Units units = new Units(scope, next);
        if (rows.areInMemory()) {
          RowBuffer buffer = rows.buffer();
          units.blocks(
              rows.sorted(), blockRows, row -> Unit.ofHash(buffer.rank(row)), buffer::batch);
        } else {
          RunMerge merge = rows.merge();
          units.blocks(merge, schema, blockRows, () -> Unit.ofHash(merge.rank()));
        }
        units.end();
      }
    };
  }

  @Override
  public String describe() {
    return "put in order of content";
  }
}
