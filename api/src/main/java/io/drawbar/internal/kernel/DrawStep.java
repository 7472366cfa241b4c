package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.Arrays;

/**
 * Adds numbers from 0 to less than 1 as a last column, drawn by a hash.
 *
 * @param by what the hash is of besides the seed
 * @param columns the ids, or the columns whose values are hashed, by position
 * @param output the columns with the new one
 */
public record DrawStep(By by, int[] columns, long seed, Schema output) implements Step {
  /** What a number is drawn by. */
  public enum By {
    /** The id of the row. */
    ROW,
    /** The values of columns. */
    VALUES
  }

  /** Where draws with a seed start. */
  static long start(long seed) {
    return Hashing.mix(seed * Hashing.GOLDEN + Hashing.ofNothing());
  }

  /** The number that a hash draws: 53 bits, as many as a double has, so that 1 is never reached. */
  static double draw(long start, long hash) {
    return (IdentifyStep.combine(start, hash) >>> 11) * 0x1p-53;
  }

  @Override
  public Operator open(TaskScope scope, Operator next) {
    long start = start(seed);
    return new Forwarding(next) {
      @Override
      public void batch(Batch batch) throws IOException {
        double[] drawn = new double[batch.rows()];
        if (by == By.ROW) {
          long[] ids = ((LongColumn) batch.column(columns[0])).values();
          for (int n = 0; n < batch.selected(); n++) {
            int row = batch.row(n);
            drawn[row] = draw(start, ids[row]);
          }
        } else {
          long[] hashes = new long[batch.selected()];
          Hashing.hash(batch, KeyColumns.of(batch, columns), hashes);
          for (int n = 0; n < batch.selected(); n++) {
            drawn[batch.row(n)] = draw(start, hashes[n]);
          }
        }
        ColumnVector[] all = Arrays.copyOf(batch.columns(), output.size());
        all[all.length - 1] = new DoubleColumn(batch.rows(), drawn, null);
        next.batch(batch.withColumns(output, all));
      }
    };
  }

  @Override
  public String describe() {
    return by == By.ROW ? "draw by id" : "draw by values";
  }
}
