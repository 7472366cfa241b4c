package io.drawbar;

import io.drawbar.text.DecimalFormatter;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;

/** Rows as people look at them. */
final class Table {
  private static final int WIDEST = 40;

  private Table() {}

  /**
   * The rows in columns.
   *
   * @param more whether there are more rows than these
   */
  static String of(Schema schema, List<Row> rows, boolean more) {
    List<String[]> lines = new ArrayList<>();
    lines.add(schema.names().stream().map(Table::cut).toArray(String[]::new));
    for (Row row : rows) {
      String[] cells = new String[schema.size()];
      for (int c = 0; c < cells.length; c++) {
        cells[c] = cut(text(row.value(c)));
      }
      lines.add(cells);
    }
    int[] widths = new int[schema.size()];
    for (String[] cells : lines) {
      for (int c = 0; c < cells.length; c++) {
        widths[c] = Math.max(widths[c], cells[c].codePointCount(0, cells[c].length()));
      }
    }
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < lines.size(); line++) {
      append(text, schema, lines.get(line), widths);
      if (line == 0) {
        for (int c = 0; c < widths.length; c++) {
          text.append(c == 0 ? "" : "  ").append("-".repeat(widths[c]));
        }
        text.append('\n');
      }
    }
    return text.append(more ? "...\n" : "").toString();
  }

  private static void append(StringBuilder text, Schema schema, String[] cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < cells.length; c++) {
      String gap = " ".repeat(widths[c] - cells[c].codePointCount(0, cells[c].length()));
      line.append(c == 0 ? "" : "  ");
      boolean isNumber = schema.field(c).type().isNumeric();
      line.append(isNumber ? gap + cells[c] : cells[c] + gap);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static String text(Object value) {
    if (value instanceof Double number) {
      return DecimalFormatter.toString(number);
    }
    if (value instanceof double[] vector) {
      List<String> elements = new ArrayList<>();
      for (double element : vector) {
        elements.add(text(element));
      }
      return elements.toString();
    }
    return value == null ? "null" : value.toString();
  }

  /** On one line, not too long, and without what moves a terminal's cursor. */
  private static String cut(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(WIDEST + 1L)
        .forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c));
    if (line.codePointCount(0, line.length()) <= WIDEST) {
      return line.toString();
    }
    return line.substring(0, line.offsetByCodePoints(0, WIDEST - 1)) + "\u2026";
  }
}
