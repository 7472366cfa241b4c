package io.drawbar.column;

import io.drawbar.type.Row;
import io.drawbar.type.Schema;

/** Grows a {@link Batch} row by row. */
public final class BatchBuilder {
  private final Schema schema;
  private ColumnBuilder[] columns;
  private int rows;

  public BatchBuilder(Schema schema) {
    this.schema = schema;
    clear();
  }

  /** The number of rows so far. */
  public int rows() {
    return rows;
  }

  /** How many bytes of heap the rows take. */
  public long heapBytes() {
    long bytes = 0;
    for (ColumnBuilder column : columns) {
      bytes += column.heapBytes();
    }
    return bytes;
  }

  /** Adds a row of a batch with the same columns; {@code row} is an index into its columns. */
  public void append(Batch batch, int row) {
    for (int c = 0; c < columns.length; c++) {
      columns[c].append(batch.column(c), row);
    }
    rows++;
  }

  /** Adds a row given as objects. */
  public void append(Row row) {
    for (int c = 0; c < columns.length; c++) {
      columns[c].appendValue(row.value(c));
    }
    rows++;
  }

  /** The batch of all rows added; the builder is empty afterwards. */
  public Batch build() {
    ColumnVector[] built = new ColumnVector[columns.length];
    for (int c = 0; c < built.length; c++) {
      built[c] = columns[c].build();
    }
    int count = rows;
    clear();
    return Batch.of(schema, count, built);
  }

  private void clear() {
    columns = new ColumnBuilder[schema.size()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = ColumnBuilder.of(schema.field(c).type());
    }
    rows = 0;
  }
}
