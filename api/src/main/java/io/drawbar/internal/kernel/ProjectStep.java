package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.expr.Expr;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.List;

/** Computes columns from columns, row by row. */
public record ProjectStep(List<Expr> outputs, Schema input, Schema output) implements Step {
  @Override
  public Operator open(TaskScope scope, Operator next) {
    Evaluator[] evaluators = ExpressionCompiler.compile(outputs, input);
    return new Forwarding(next) {
      private ColumnVector[] kept = new ColumnVector[0];
      private Batch last;
      private Batch projected;

      @Override
      public void batch(Batch batch) throws IOException {
        // The same columns of the same batch, written anew, are the same batch again.
        ColumnVector[] columns = batch == last ? kept : new ColumnVector[evaluators.length];
        for (int c = 0; c < evaluators.length; c++) {
          ColumnVector column = evaluators[c].evaluate(batch);
          if (column != columns[c]) {
            columns = columns == kept ? kept.clone() : columns;
            columns[c] = column;
          }
        }
        if (columns != kept) {
          kept = columns;
          last = batch;
          projected = batch.withColumns(output, columns);
        }
        next.batch(projected);
      }
    };
  }

  @Override
  public String describe() {
    return "select " + output;
  }
}
