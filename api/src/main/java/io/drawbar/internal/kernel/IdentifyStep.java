package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.LongColumn;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.Arrays;

/**
 * Adds the ids of rows as a last column.
 *
 * @param by what an id is made of
 * @param content the columns that are a row's content, by position
 * @param blockRows the rows of a block as read
 * @param output the columns with the id
 */
public record IdentifyStep(By by, int[] content, int blockRows, Schema output) implements Step {
  /** What an id is made of. */
  public enum By {
    /** File, leaf and ordinal. */
    PLACE,
    /** The row's content and its number among its equals, which stand together. */
    CONTENT
  }

  @Override
  public Operator open(TaskScope scope, Operator next) {
    return by == By.PLACE ? new ByPlace(scope, next) : new ByContent(next);
  }

  @Override
  public String describe() {
    return by == By.PLACE ? "ids by place" : "ids by content";
  }

  static long combine(long id, long number) {
    return Hashing.mix(id * Hashing.GOLDEN + number);
  }

  private Batch with(Batch batch, long[] ids) {
    ColumnVector[] columns = Arrays.copyOf(batch.columns(), output.size());
    columns[columns.length - 1] = new LongColumn(batch.rows(), ids, null);
    return batch.withColumns(output, columns);
  }

  private final class ByPlace extends Forwarding {
    private final TaskScope scope;

    ByPlace(TaskScope scope, Operator next) {
      super(next);
      this.scope = scope;
    }

    @Override
    public void batch(Batch batch) throws IOException {
      long[] ids = new long[batch.rows()];
      long base = combine(Hashing.ofNothing(), scope.unit);
      for (int row = 0; row < ids.length; row++) {
        ids[row] = combine(base, scope.block * blockRows + row);
      }
      next.batch(with(batch, ids));
    }
  }

  private final class ByContent extends Forwarding {
    private ColumnVector[] last;
    private int lastRow;
    private long number;

    ByContent(Operator next) {
      super(next);
    }

    @Override
    public void beginUnit(long unit) throws IOException {
      last = null;
      super.beginUnit(unit);
    }

    @Override
    public void batch(Batch batch) throws IOException {
      ColumnVector[] columns = KeyColumns.of(batch, content);
      long[] hashes = new long[batch.selected()];
      Hashing.hash(batch, columns, hashes);
      long[] ids = new long[batch.rows()];
      for (int n = 0; n < batch.selected(); n++) {
        int row = batch.row(n);
        boolean again = last != null && RowOrder.compareWhole(last, lastRow, columns, row) == 0;
        number = again ? number + 1 : 0;
        ids[row] = combine(hashes[n], number);
        last = columns;
        lastRow = row;
      }
      if (batch.selected() > 0) {
        keep(batch);
      }
      next.batch(with(batch, ids));
    }

    /** The batch goes; its last row is compared with the next one. */
    private void keep(Batch batch) {
      int[] only = {lastRow};
      last = Arrays.stream(last).map(c -> copy(c, only)).toArray(ColumnVector[]::new);
      lastRow = 0;
    }

    private ColumnVector copy(ColumnVector column, int[] only) {
      ColumnBuilder builder = ColumnBuilder.of(column.type());
      builder.appendAll(column, only, 1);
      return builder.build();
    }
  }
}
