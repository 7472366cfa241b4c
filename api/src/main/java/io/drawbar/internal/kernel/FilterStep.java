package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BooleanColumn;
import io.drawbar.expr.Expr;
import io.drawbar.type.Schema;
import java.io.IOException;

/** Narrows the selection to the rows for which a condition is true; copies nothing. */
public record FilterStep(Expr condition, Schema input) implements Step {
  @Override
  public Operator open(TaskScope scope, Operator next) {
    Evaluator evaluator = ExpressionCompiler.compile(condition, input);
    return new Forwarding(next) {
      @Override
      public void batch(Batch batch) throws IOException {
        BooleanColumn verdict = (BooleanColumn) evaluator.evaluate(batch);
        int[] selection = new int[batch.selected()];
        int kept = 0;
        for (int n = 0; n < batch.selected(); n++) {
          int row = batch.row(n);
          if (verdict.values()[row] && !verdict.isNull(row)) {
            selection[kept++] = row;
          }
        }
        next.batch(batch.select(selection, kept));
      }
    };
  }

  @Override
  public String describe() {
    return "where " + condition;
  }
}
