package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnVector;
import io.drawbar.type.DataType;

/** Values of which each row has one. Each is computed for the rows that it is wanted for alone. */
final class Branches {
  private Branches() {}

  /** The rows of a batch that still count, in its order; in the array given if that is enough. */
  private static int[] rowsOf(Batch batch, int[] before) {
    int count = batch.selected();
    int[] rows = before.length < count ? new int[count] : before;
    for (int n = 0; n < count; n++) {
      rows[n] = batch.row(n);
    }
    return rows;
  }

  /** The batch with some of its rows alone. */
  private static Batch some(Batch batch, int[] rows, int count) {
    return count == batch.selected() ? batch : batch.select(rows, count);
  }

  /** The value of the first condition that is true. */
  static final class FirstTrue implements Evaluator {
    private final Evaluator[] conditions;
    private final Evaluator[] outcomes;
    private final Picked picked;
    private int[] open = new int[0];
    private int[] chosen = new int[0];

    /**
     * Conditions and outcomes.
     *
     * @param outcomes one for each condition, and one for rows for which none is true
     */
    FirstTrue(Evaluator[] conditions, Evaluator[] outcomes, DataType type) {
      this.conditions = conditions;
      this.outcomes = outcomes;
      picked = new Picked(type);
    }

    @Override
    public ColumnVector evaluate(Batch batch) {
      picked.begin(batch.rows());
      open = rowsOf(batch, open);
      int left = batch.selected();
      chosen = chosen.length < left ? new int[left] : chosen;
      for (int c = 0; c < conditions.length && left > 0; c++) {
        BooleanColumn verdict = (BooleanColumn) conditions[c].evaluate(some(batch, open, left));
        int yes = 0;
        int no = 0;
        for (int n = 0; n < left; n++) {
          int row = open[n];
          if (verdict.values()[row] && !verdict.isNull(row)) {
            chosen[yes++] = row;
          } else {
            open[no++] = row;
          }
        }
        take(outcomes[c], batch, chosen, yes);
        left = no;
      }
      take(outcomes[conditions.length], batch, open, left);
      return picked.column();
    }

    private void take(Evaluator outcome, Batch batch, int[] rows, int count) {
      if (count > 0) {
        picked.take(outcome.evaluate(some(batch, rows, count)), rows, count);
      }
    }
  }

  /** The first value that is not null. */
  static final class FirstPresent implements Evaluator {
    private final Evaluator[] values;
    private final Picked picked;
    private int[] open = new int[0];
    private int[] present = new int[0];

    FirstPresent(Evaluator[] values, DataType type) {
      this.values = values;
      picked = new Picked(type);
    }

    @Override
    public ColumnVector evaluate(Batch batch) {
      picked.begin(batch.rows());
      open = rowsOf(batch, open);
      int left = batch.selected();
      present = present.length < left ? new int[left] : present;
      for (int v = 0; v < values.length && left > 0; v++) {
        ColumnVector column = values[v].evaluate(some(batch, open, left));
        int found = 0;
        int missing = 0;
        for (int n = 0; n < left; n++) {
          int row = open[n];
          if (column.isNull(row)) {
            open[missing++] = row;
          } else {
            present[found++] = row;
          }
        }
        picked.take(column, present, found);
        left = missing;
      }
      for (int n = 0; n < left; n++) {
        picked.leave(open[n]);
      }
      return picked.column();
    }
  }
}
