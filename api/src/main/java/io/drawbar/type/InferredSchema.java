package io.drawbar.type;

import java.util.ArrayList;
import java.util.List;

/**
 * What has been seen in files whose columns nobody had declared. Printed, it is the Java to paste
 * into a program, as comments below it what the types come of.
 *
 * @param schema the columns that can be read by their names in the files; numbers and truth values
 *     without a null are required
 * @param rows how many rows can be read
 * @param columns all columns seen that can be read, those within objects of JSON too, in order of
 *     appearance
 * @param notes what cannot be read, what is read otherwise than one may think, and what to do
 * @param code a record, and the call that reads it
 */
public record InferredSchema(
    Schema schema, long rows, List<Column> columns, List<String> notes, String code) {

  /**
   * A column, and what its type comes of.
   *
   * @param name in the files; of a field within objects of JSON the path, {@code address.city}
   * @param type the least type that takes every value without loss
   * @param nulls how many rows have no value
   * @param decidedAt the first row that made it that type, as {@code file:line}, or {@code file,
   *     byte n} far inside of large files; empty if all are null
   * @param seen the value there, and how many there are of which kind
   */
  public record Column(String name, DataType type, long nulls, String decidedAt, String seen) {
    /** Whether a row has no value. */
    public boolean isNullable() {
      return nulls > 0;
    }
  }

  /** Copies the lists. */
  public InferredSchema {
    columns = List.copyOf(columns);
    notes = List.copyOf(notes);
  }

  @Override
  public String toString() {
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.of("column", "type", "nulls", "decided at", "seen"));
    for (Column column : columns) {
      String type = column.type() + (column.isNullable() ? ", nullable" : "");
      String nulls = String.valueOf(column.nulls());
      cells.add(List.of(column.name(), type, nulls, column.decidedAt(), column.seen()));
    }
    int[] widths = new int[4];
    for (List<String> row : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder(code).append("// ");
    text.append(rows == 1 ? "1 row" : rows + " rows").append('\n');
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder("// ");
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i));
        if (i < widths.length) {
          line.append(" ".repeat(widths[i] - row.get(i).length() + 2));
        }
      }
      text.append(comment(line.toString().stripTrailing())).append('\n');
    }
    notes.forEach(note -> text.append(comment("// Note: " + note)).append('\n'));
    return text.toString();
  }

  /** What compiles as one line of comment, whatever stood in the files: no line end, no escape. */
  private static String comment(String line) {
    return line.replaceAll("\\p{Cntrl}", " ").replace("\\", "\\\\");
  }
}
