package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.LongColumn;
import java.io.IOException;

/**
 * Mixes the number of a union's branch into the ids of its rows: equal places of different branches
 * are different rows.
 */
public record SaltStep(int column, int branch) implements Step {
  @Override
  public Operator open(TaskScope scope, Operator next) {
    return new Forwarding(next) {
      @Override
      public void batch(Batch batch) throws IOException {
        ColumnVector[] columns = batch.columns();
        long[] ids = ((LongColumn) columns[column]).values();
        long[] salted = new long[batch.rows()];
        for (int n = 0; n < batch.selected(); n++) {
          int row = batch.row(n);
          salted[row] = IdentifyStep.combine(ids[row], branch);
        }
        columns[column] = new LongColumn(batch.rows(), salted, null);
        next.batch(batch.withColumns(batch.schema(), columns));
      }
    };
  }

  @Override
  public String describe() {
    return "ids of branch " + branch;
  }
}
