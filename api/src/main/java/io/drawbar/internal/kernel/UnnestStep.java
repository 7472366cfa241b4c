package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.ListColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.expr.EvaluationException;
import io.drawbar.expr.Expr;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.List;

/**
 * One row for each item of a list; the row's other columns go along.
 *
 * @param outputs the columns; the one at {@code exploded} is the list itself
 * @param exploded which of the outputs holds the list
 * @param idColumn which of them is the id of the row, into which the number of the item is mixed,
 *     or -1
 */
public record UnnestStep(
    List<Expr> outputs, int exploded, int idColumn, Schema input, Schema output) implements Step {
  private static final int MOST_ROWS = 1 << 30;

  @Override
  public Operator open(TaskScope scope, Operator next) {
    Evaluator[] evaluators = ExpressionCompiler.compile(outputs, input);
    return new Forwarding(next) {
      @Override
      public void batch(Batch batch) throws IOException {
        ColumnVector[] columns = new ColumnVector[evaluators.length];
        for (int c = 0; c < columns.length; c++) {
          columns[c] = evaluators[c].evaluate(batch);
        }
        next.batch(unnest(batch, columns));
      }
    };
  }

  private static int total(Batch batch, ListColumn lists) {
    long total = 0;
    for (int n = 0; n < batch.selected(); n++) {
      total += length(lists, batch.row(n));
    }
    if (total > MOST_ROWS) {
      throw new EvaluationException(
          "explode makes %s rows of one block, more than 2^30; use a smaller drawbar.block.rows"
              .formatted(total));
    }
    return (int) total;
  }

  private Batch unnest(Batch batch, ColumnVector[] columns) {
    ListColumn lists = (ListColumn) columns[exploded];
    int total = total(batch, lists);
    int[] items = new int[total];
    int[] parents = new int[total];
    int at = 0;
    for (int n = 0; n < batch.selected(); n++) {
      int row = batch.row(n);
      int length = length(lists, row);
      for (int k = 0; k < length; k++) {
        items[at] = lists.starts()[row] + k;
        parents[at++] = row;
      }
    }
    ColumnVector[] out = new ColumnVector[columns.length];
    for (int c = 0; c < out.length; c++) {
      out[c] =
          c == exploded
              ? Gather.gather(lists.items(), items, total)
              : Gather.gather(columns[c], parents, total);
    }
    if (idColumn >= 0) {
      out[idColumn] = childIds(lists, items, parents, (LongColumn) out[idColumn]);
    }
    return Batch.of(output, total, out);
  }

  private static LongColumn childIds(
      ListColumn lists, int[] items, int[] parents, LongColumn parentIds) {
    long[] ids = new long[items.length];
    for (int i = 0; i < ids.length; i++) {
      int number = items[i] - lists.starts()[parents[i]];
      ids[i] = IdentifyStep.combine(parentIds.values()[i], number);
    }
    return new LongColumn(ids.length, ids, null);
  }

  private static int length(ListColumn lists, int row) {
    return lists.isNull(row) ? 0 : lists.ends()[row] - lists.starts()[row];
  }

  @Override
  public String describe() {
    return "explode to " + output;
  }
}
