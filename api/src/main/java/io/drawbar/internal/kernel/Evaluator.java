package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;

/**
 * A compiled expression: one column from a batch. Only rows that count are computed; the column may
 * use scratch space of the evaluator and is valid until its next call.
 */
interface Evaluator {
  ColumnVector evaluate(Batch batch);
}
