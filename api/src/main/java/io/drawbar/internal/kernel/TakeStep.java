package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchBuilder;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The start of a stage of one task: the first rows, in the order of the data, of what {@link
 * CollectStep} has sent. They are one unit.
 *
 * @param blockRows the rows of a block
 */
public record TakeStep(Schema schema, int most, int blockRows) implements Step {
  private record Placed(Envelope frame, Batch rows) {}

  @Override
  public Operator open(TaskScope scope, Operator next) {
    return new Receiving(scope, next) {
      private final List<Placed> frames = new ArrayList<>();

      @Override
      public void batch(Batch batch) {
        scope.memory.hold(scope.frameBytes, "the first rows of each task");
        frames.add(new Placed(scope.frame, batch));
      }

      @Override
      public void endInput() throws IOException {
        frames.sort((a, b) -> Envelope.IN_ORDER.compare(a.frame(), b.frame()));
        Units units = new Units(scope, next);
        BatchBuilder block = new BatchBuilder(schema);
        int left = most;
        for (Placed placed : frames) {
          Batch rows = placed.rows();
          for (int row = 0; row < rows.rows() && left > 0; row++, left--) {
            block.append(rows, row);
            if (block.rows() == blockRows) {
              units.block(0, block.build());
            }
          }
        }
        if (block.rows() > 0) {
          units.block(0, block.build());
        }
        units.end();
      }
    };
  }

  @Override
  public String describe() {
    return "the first " + most + " rows";
  }
}
