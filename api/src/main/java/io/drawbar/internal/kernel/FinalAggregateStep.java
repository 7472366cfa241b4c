package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.spi.Unit;
import java.io.IOException;

/**
 * The second half of an aggregation, and the start of a stage: merges partial results as they come
 * and gives the groups.
 *
 * @param order whether the order of groups is looked at: then it is (hash, key), a unit for each
 *     value of the hash's top bits
 * @param blockRows the rows of a block
 */
public record FinalAggregateStep(AggregateSpec spec, OutputOrder order, int blockRows)
    implements Step {
  @Override
  public Operator open(TaskScope scope, Operator next) {
    return new Receiving(scope, next) {
      private final Groups groups = new Groups(spec);
      private final Units units = new Units(scope, next);
      private long held;

      @Override
      public void batch(Batch partial) {
        groups.merge(partial);
        long now = groups.heapBytes();
        scope.memory.hold(now - held, "groups");
        held = now;
      }

      @Override
      public void endInput() throws IOException {
        if (spec.keys().isEmpty()) {
          groups.addTheOneGroup();
        }
        Groups.View view = groups.view();
        if (order == OutputOrder.OBSERVED) {
          inOrder(view);
        } else {
          asTheyAre(view);
        }
        units.end();
      }

      private void asTheyAre(Groups.View view) throws IOException {
        int[] block = new int[Math.min(blockRows, groups.count())];
        for (int at = 0; at < groups.count(); ) {
          int count = 0;
          while (count < block.length && at < groups.count()) {
            block[count++] = at++;
          }
          units.block(0, view.result(block, count));
        }
      }

      private void inOrder(Groups.View view) throws IOException {
        int[] sorted = RowSort.sorted(groups.count(), view::compare);
        units.blocks(sorted, blockRows, group -> Unit.ofHash(view.hash(group)), view::result);
      }
    };
  }

  @Override
  public String describe() {
    return "merge partial aggregates "
        + spec.describe()
        + (order == OutputOrder.OBSERVED ? ", in order of (hash, key)" : "");
  }
}
