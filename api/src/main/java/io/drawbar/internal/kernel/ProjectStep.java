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
      @Override
      public void batch(Batch batch) throws IOException {
        ColumnVector[] columns = new ColumnVector[evaluators.length];
        for (int c = 0; c < columns.length; c++) {
          columns[c] = evaluators[c].evaluate(batch);
        }
        next.batch(batch.withColumns(output, columns));
      }
    };
  }

  @Override
  public String describe() {
    return "select " + output;
  }
}
