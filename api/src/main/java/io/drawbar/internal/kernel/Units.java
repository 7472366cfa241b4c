package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import java.io.IOException;

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

  /** Hands on a block of a unit; units come in ascending order. */
  void block(long of, Batch rows) throws IOException {
    if (of != unit) {
      endUnit();
      unit = of;
      rowsOfUnit = 0;
      scope.unit = of;
      scope.block = 0;
      scope.report.leaves++;
      next.beginUnit(of);
    }
    rowsOfUnit += rows.selected();
    scope.report.largestUnit = Math.max(scope.report.largestUnit, rowsOfUnit);
    next.batch(rows);
    next.endBlock();
    scope.block++;
    scope.report.blocks++;
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
