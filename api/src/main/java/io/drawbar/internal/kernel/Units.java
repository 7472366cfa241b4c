package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchBuilder;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;

/**
 * Hands rows on in units and blocks where a task has put them in order: the start of what follows
 * an exchange.
 */
final class Units {
  private final TaskScope scope;
  private final Operator next;
  private long unit = -1;
  private long rowsOfUnit;

  Units(TaskScope scope, Operator next) {
    this.scope = scope;
    this.next = next;
  }

  /** Makes a batch of rows that are known by their numbers. */
  interface Rows {
    /** The batch of the first so many of these numbers. */
    Batch batch(int[] numbers, int count) throws IOException;
  }

  /**
   * Hands rows on, cut into blocks, none of which has rows of two units.
   *
   * @param sorted their numbers, in the order of the rows, by ascending unit
   * @param blockRows the rows of a block
   * @param unitOf the unit of a row by its number
   */
  void blocks(int[] sorted, int blockRows, IntUnaryOperator unitOf, Rows rows) throws IOException {
    int[] block = new int[Math.min(blockRows, sorted.length)];
    for (int at = 0; at < sorted.length; ) {
      int of = unitOf.applyAsInt(sorted[at]);
      int count = 0;
      while (count < block.length && at < sorted.length && unitOf.applyAsInt(sorted[at]) == of) {
        block[count++] = sorted[at++];
      }
      begin(of); // an error in making the batch is one of this unit
      block(of, rows.batch(block, count));
    }
  }

  /**
   * Hands on the rows of a merge, which are in order, likewise.
   *
   * @param unit that of the row at hand
   */
  void blocks(RunMerge merge, Schema schema, int blockRows, IntSupplier unit) throws IOException {
    BatchBuilder block = new BatchBuilder(schema);
    int of = 0;
    while (merge.next()) {
      int here = unit.getAsInt();
      if (block.rows() > 0 && (here != of || block.rows() == blockRows)) {
        block(of, block.build());
      }
      of = here;
      block.append(merge.batch(), merge.row());
    }
    if (block.rows() > 0) {
      block(of, block.build());
    }
  }

  /** Hands on a block of a unit; units come in ascending order. */
  void block(long of, Batch rows) throws IOException {
    begin(of);
    rowsOfUnit += rows.selected();
    scope.report.largestUnit = Math.max(scope.report.largestUnit, rowsOfUnit);
    next.batch(rows);
    next.endBlock();
    scope.block++;
    scope.report.blocks++;
  }

  /** Begins a unit, unless it is the one at hand. */
  void begin(long of) throws IOException {
    if (of != unit) {
      endUnit();
      unit = of;
      rowsOfUnit = 0;
      scope.unit = of;
      scope.block = 0;
      scope.report.leaves++;
      next.beginUnit(of);
    }
  }

  private void endUnit() throws IOException {
    if (unit >= 0) {
      next.endUnit();
    }
  }

  /** Ends the last unit, and the input. */
  void end() throws IOException {
    endUnit();
    next.endSplit();
    next.endInput();
  }
}
