package io.drawbar.column;

import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.List;

/**
 * Some rows as columns. A filter keeps the columns and narrows the <em>selection</em>: kernels work
 * on the rows it names, in its order. A batch handed to an operator is valid until the call
 * returns; who keeps rows copies them, unless the batch is {@link #lasting}.
 */
public final class Batch {
  private final Schema schema;
  private final int rows;
  private final ColumnVector[] columns;
  private final int[] selection;
  private final int selected;
  private final boolean isLasting;

  private Batch(
      Schema schema,
      int rows,
      ColumnVector[] columns,
      int[] selection,
      int selected,
      boolean isLasting) {
    this.isLasting = isLasting;
    this.schema = schema;
    this.rows = rows;
    this.columns = columns;
    this.selection = selection;
    this.selected = selected;
  }

  /**
   * A batch in which every row counts.
   *
   * @param rows the number of rows; each column has as many
   */
  public static Batch of(Schema schema, int rows, ColumnVector... columns) {
    if (columns.length != schema.size()) {
      throw new IllegalArgumentException(
          "%s columns for a schema of %s".formatted(columns.length, schema.size()));
    }
    return new Batch(schema, rows, columns, null, rows, false);
  }

  /**
   * The same batch, of which nothing is ever written again: who keeps its rows need not copy them.
   */
  public Batch lasting() {
    return new Batch(schema, rows, columns, selection, selected, true);
  }

  /** Whether nothing of it is ever written again. */
  public boolean isLasting() {
    return isLasting;
  }

  /**
   * The same rows, of which only some count.
   *
   * @param selection indices of rows, ascending
   * @param selected how many of them are used
   */
  public Batch select(int[] selection, int selected) {
    return new Batch(schema, rows, columns, selection, selected, false);
  }

  /** The same rows and selection with other columns; lasting if this is, and they are of it. */
  public Batch withColumns(Schema schema, ColumnVector... columns) {
    return new Batch(schema, rows, columns, selection, selected, isLasting && hasAll(columns));
  }

  private boolean hasAll(ColumnVector[] some) {
    for (ColumnVector column : some) {
      int at = 0;
      while (at < columns.length && columns[at] != column) {
        at++;
      }
      if (at == columns.length) {
        return false;
      }
    }
    return true;
  }

  /** The same rows and selection with these of its columns, in this order. */
  public Batch project(List<String> names) {
    Schema wanted = new Schema(names.stream().map(schema::field).toList());
    return withColumns(wanted, names.stream().map(this::column).toArray(ColumnVector[]::new));
  }

  /** The columns' names and types. */
  public Schema schema() {
    return schema;
  }

  /** The number of rows held, selected or not: the length of each column. */
  public int rows() {
    return rows;
  }

  /** The number of rows that count. */
  public int selected() {
    return selected;
  }

  /**
   * The rows that count, ascending; null when all do. The first {@link #selected()} entries are
   * used.
   */
  public int[] selection() {
    return selection;
  }

  /** The index into the columns of the n-th row that counts. */
  public int row(int n) {
    return selection == null ? n : selection[n];
  }

  /** The column at a position of the schema. */
  public ColumnVector column(int index) {
    return columns[index];
  }

  /** The column of that name; fails as {@link Schema#indexOf} does. */
  public ColumnVector column(String name) {
    return columns[schema.indexOf(name)];
  }

  /** The columns, in the order of the schema, in an array of the caller's. */
  public ColumnVector[] columns() {
    return columns.clone();
  }

  /** About how many bytes of heap the columns take, selected or not. */
  public long heapBytes() {
    return HeapBytes.of(this);
  }

  /** The row at an index into the columns, as objects. */
  public Row rowAt(int index) {
    Object[] values = new Object[columns.length];
    for (int c = 0; c < columns.length; c++) {
      values[c] = columns[c].value(index);
    }
    return Row.of(schema, values);
  }

  /** Adds the rows that count to a list, as objects. */
  public void copyTo(List<Row> list) {
    for (int n = 0; n < selected; n++) {
      list.add(rowAt(row(n)));
    }
  }
}
