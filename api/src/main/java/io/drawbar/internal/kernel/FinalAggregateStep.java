package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.spi.Unit;
import java.io.IOException;

/**
 * The second half of an aggregation, and the start of a stage: merges partial results as they come
 * and gives the groups in the order of (hash, key), a unit for each value of the hash's top bits.
 *
 * @param blockRows the rows of a block
 */
public record FinalAggregateStep(AggregateSpec spec, int blockRows) implements Step {
  @Override
  public Operator open(TaskScope scope, Operator next) {
    return new Forwarding(next) {
      private final Groups groups = new Groups(spec);

      @Override
      public void batch(Batch partial) {
        groups.merge(partial);
      }

      @Override
      public void endInput() throws IOException {
        if (spec.keys().isEmpty()) {
          groups.addTheOneGroup();
        }
        Groups.View view = groups.view();
        int[] order = GroupOrder.sorted(view, groups.count());
        for (int from = 0; from < order.length; ) {
          from = unit(view, order, from);
        }
        next.endSplit();
        next.endInput();
      }

      /** Gives the groups of one unit; returns where the next unit begins. */
      private int unit(Groups.View view, int[] order, int from) throws IOException {
        int unit = Unit.ofHash(view.hash(order[from]));
        scope.unit = unit;
        scope.block = 0;
        next.beginUnit(unit);
        int at = from;
        while (at < order.length && Unit.ofHash(view.hash(order[at])) == unit) {
          int[] block = new int[Math.min(blockRows, order.length - at)];
          int count = 0;
          while (count < block.length && Unit.ofHash(view.hash(order[at + count])) == unit) {
            block[count] = order[at + count];
            count++;
          }
          next.batch(view.result(block, count));
          next.endBlock();
          scope.block++;
          scope.report.blocks++;
          at += count;
        }
        scope.report.leaves++;
        next.endUnit();
        return at;
      }
    };
  }

  @Override
  public String describe() {
    return "merge partial aggregates " + spec.describe() + ", in order of (hash, key)";
  }
}
