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
  /**
   * A frame.
   *
   * @param rows null if it has been put down
   * @param number which of those put down it is
   */
  private record Placed(Envelope frame, Batch rows, int number) {}

  @Override
  public Operator open(TaskScope scope, Operator next) {
    return new Receiving(scope, next) {
      private final List<Placed> frames = new ArrayList<>();
      private SpilledRun spilled;

      @Override
      public void batch(Batch batch) throws IOException {
        scope.memory.keep(scope.frameBytes);
        if (!scope.memory.isFull()) {
          frames.add(new Placed(scope.frame, batch, 0));
          return;
        }
        scope.memory.release(scope.frameBytes);
        if (spilled == null) {
          spilled = new SpilledRun(scope, scope.spillFile());
        }
        frames.add(new Placed(scope.frame, null, spilled.batches()));
        spilled.add(batch);
      }

      @Override
      public void endInput() throws IOException {
        frames.sort((a, b) -> Envelope.IN_ORDER.compare(a.frame(), b.frame()));
        Units units = new Units(scope, next);
        BatchBuilder block = new BatchBuilder(schema);
        int left = most;
        for (Placed placed : frames) {
          if (left == 0) {
            break;
          }
          Batch rows = placed.rows();
          rows = rows == null ? spilled.batch(schema, placed.number()) : rows;
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
