package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.expr.Literal;

/** The same value in each row; the column grows to the longest batch and is kept. */
final class Constant implements Evaluator {
  private final Literal literal;
  private ColumnVector column;

  Constant(Literal literal) {
    this.literal = literal;
  }

  @Override
  public ColumnVector evaluate(Batch batch) {
    if (column == null || column.size() < batch.rows()) {
      ColumnBuilder builder = ColumnBuilder.of(literal.type());
      for (int i = 0; i < batch.rows(); i++) {
        builder.appendValue(literal.value());
      }
      column = builder.build();
    }
    return column;
  }
}
