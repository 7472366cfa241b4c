package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.spi.Unit;
import java.io.IOException;

/**
 * The second half of an aggregation, and the start of a stage: merges partial results as they come
 * and gives the groups. When memory is full, the groups so far are put down as a sorted run of
 * partial results, which changes no result, because these merge exactly.
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
      private final Units units = new Units(scope, next);
      private final SortedRuns runs =
          new SortedRuns(scope, spec.partial(), spec.rank(), Integer.MAX_VALUE);
      private Groups groups = new Groups(spec);
      private long held;

      @Override
      public void batch(Batch partial) throws IOException {
        groups.merge(partial);
        long now = groups.heapBytes() + (long) RowSort.BYTES * groups.count();
        scope.memory.keep(now - held);
        held = now;
        if (scope.memory.isFull() || groups.areLarge()) {
          spill();
        }
      }

      private void spill() throws IOException {
        if (groups.count() > 0) {
          Groups.View view = groups.view();
          runs.add(view.sorted(), held, view::partial);
        }
        groups = new Groups(spec);
        scope.memory.release(held);
        held = 0;
      }

      @Override
      public void endInput() throws IOException {
        if (!runs.isEmpty()) {
          spill();
          new MergedGroups(spec, runs.merge(), order, blockRows).emit(units);
        } else {
          if (spec.keys().isEmpty()) {
            groups.addTheOneGroup();
          }
          Groups.View view = groups.view();
          if (order == OutputOrder.OBSERVED) {
            inOrder(view);
          } else {
            asTheyAre(view);
          }
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
        units.blocks(
            view.sorted(), blockRows, group -> Unit.ofHash(view.hash(group)), view::result);
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
