package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.expr.JoinKind;
import io.drawbar.spi.Unit;
import java.io.IOException;
import java.util.Arrays;

/**
 * Rows of two sides with the same keys, where not all have room in memory: both come in order, and
 * only the right rows of one key are held together. The rows that come out are those, and in the
 * order, of {@link JoinStep}.
 */
final class SpilledJoin {
  private final JoinStep join;
  private final Units units;
  private final int[] added;
  private final Partners partners;
  private RunMerge left;
  private RunMerge right;
  private boolean hasRight;

  /** The left row at hand; its batch stays as it is when the merge goes on. */
  private Batch batch;

  private ColumnVector[] columns;
  private int row;
  private long hash;

  /** The block at hand. */
  private ColumnBuilder[] block;

  private int count;
  private long unit;

  SpilledJoin(TaskScope scope, JoinStep join, Units units) {
    this.join = join;
    this.units = units;
    added = join.right().addedTo(join.left(), join.output());
    partners = new Partners(scope, join.right().schema());
    block = RowBuffer.builders(join.output());
  }

  /** Joins rows in order of (hash, key, rest of the row). */
  void join(RunMerge leftRows, RunMerge rightRows) throws IOException {
    left = leftRows;
    right = rightRows;
    hasRight = right.next();
    boolean found = false;
    boolean hasLeft = left.next();
    while (hasLeft) {
      boolean isKnown = columns != null && hash == left.rank() && isSameKey();
      batch = left.batch();
      columns = left.columns();
      row = left.row();
      hash = left.rank();
      if (!isKnown) {
        found = find();
      }
      long same = 1;
      hasLeft = left.next();
      while (hasLeft
          && hash == left.rank()
          && RowOrder.compareWhole(columns, row, left.columns(), left.row()) == 0) {
        same++;
        hasLeft = left.next();
      }
      emitAll(found, same);
    }
    flush();
  }

  private boolean isSameKey() {
    for (int key : join.left().keys()) {
      if (ColumnOrder.compare(columns[key], row, left.columns()[key], left.row()) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Moves to the right rows with the key of the left row at hand, and gathers them. */
  private boolean find() throws IOException {
    partners.clear();
    while (hasRight && compareKeys() > 0) {
      hasRight = right.next();
    }
    boolean adds = join.kind() == JoinKind.INNER || join.kind() == JoinKind.LEFT;
    boolean found = false;
    while (hasRight && compareKeys() == 0) {
      found = true;
      if (adds) {
        partners.add(right);
      }
      hasRight = right.next();
    }
    return found;
  }

  /** By hash, then by key; a null of the left is before all, and equals nothing. */
  private int compareKeys() {
    int result = Long.compareUnsigned(hash, right.rank());
    int[] leftKeys = join.left().keys();
    int[] rightKeys = join.right().keys();
    for (int k = 0; k < leftKeys.length && result == 0; k++) {
      result =
          ColumnOrder.compare(
              columns[leftKeys[k]], row, right.columns()[rightKeys[k]], right.row());
    }
    return result;
  }

  private void emitAll(boolean found, long same) throws IOException {
    if (join.order() == OutputOrder.OBSERVED && Unit.ofHash(hash) != unit) {
      flush();
      unit = Unit.ofHash(hash);
    }
    JoinKind kind = join.kind();
    boolean alone = kind == JoinKind.SEMI ? found : !found && kind != JoinKind.INNER;
    if (alone) {
      for (long i = 0; i < same; i++) {
        emit(null, 0);
      }
    } else if (found && (kind == JoinKind.INNER || kind == JoinKind.LEFT)) {
      partners.each(
          (partner, partnerRow) -> {
            for (long i = 0; i < same; i++) {
              emit(partner, partnerRow);
            }
          });
    }
  }

  private void emit(Batch partner, int partnerRow) throws IOException {
    for (int c = 0; c < columns.length; c++) {
      block[c].append(columns[c], row);
    }
    for (int c = columns.length; c < block.length; c++) {
      if (partner == null) {
        block[c].appendNull();
      } else {
        block[c].append(partner.column(added[c - columns.length]), partnerRow);
      }
    }
    if (++count == join.blockRows()) {
      flush();
    }
  }

  private void flush() throws IOException {
    if (count == 0) {
      return;
    }
    ColumnVector[] built =
        Arrays.stream(block).map(ColumnBuilder::build).toArray(ColumnVector[]::new);
    Batch rows = Batch.of(join.output(), count, built);
    block = RowBuffer.builders(join.output());
    count = 0;
    units.block(unit, rows);
  }
}
