package io.drawbar.internal.kernel;

import io.drawbar.column.BatchBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.spi.Unit;
import java.io.IOException;
import java.util.Arrays;

/**
 * The groups of partial results that come in the order of their keys: a block of them at a time.
 */
final class MergedGroups {
  private static final int AT_ONCE = 1 << 12;

  private final AggregateSpec spec;
  private final RunMerge merge;
  private final OutputOrder order;
  private final int blockRows;
  private final BatchBuilder partial;

  /** The groups of the block at hand, of which some partial results may still be in the builder. */
  private Groups groups;

  private int count;
  private int unit;

  MergedGroups(AggregateSpec spec, RunMerge merge, OutputOrder order, int blockRows) {
    this.spec = spec;
    this.merge = merge;
    this.order = order;
    this.blockRows = blockRows;
    partial = new BatchBuilder(spec.partial());
    groups = new Groups(spec);
  }

  /** Hands on all groups. */
  void emit(Units units) throws IOException {
    ColumnVector[] last = null;
    int lastRow = 0;
    long lastHash = 0;
    while (merge.next()) {
      ColumnVector[] columns = merge.columns();
      boolean again = last != null && lastHash == merge.rank() && isSame(last, lastRow, columns);
      if (!again) {
        int here = order == OutputOrder.OBSERVED ? Unit.ofHash(merge.rank()) : 0;
        if (count == blockRows || here != unit) {
          flush(units);
        }
        unit = here;
        count++;
      }
      partial.append(merge.batch(), merge.row());
      if (partial.rows() == AT_ONCE) {
        groups.merge(partial.build());
      }
      last = columns;
      lastRow = merge.row();
      lastHash = merge.rank();
    }
    flush(units);
  }

  private boolean isSame(ColumnVector[] last, int lastRow, ColumnVector[] columns) {
    for (int k = 0; k < spec.keys().size(); k++) {
      if (ColumnOrder.compare(last[k], lastRow, columns[k], merge.row()) != 0) {
        return false;
      }
    }
    return true;
  }

  private void flush(Units units) throws IOException {
    if (count == 0) {
      return;
    }
    groups.merge(partial.build());
    int[] all = new int[count];
    Arrays.setAll(all, group -> group); // as they came
    units.begin(unit); // an error in making the batch is one of this unit
    units.block(unit, groups.view().result(all, count));
    groups = new Groups(spec);
    count = 0;
  }
}
