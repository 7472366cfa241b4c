package io.drawbar.evaluate;

import io.drawbar.text.DisplayWidth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cells in columns, for people: the first column stands to the left, the others to the right. */
final class TextTable {
  /** Cells of a terminal that a cell takes at most. */
  private static final int WIDEST = 60;

  /** What is behind so many is not looked at, though none of them may take a cell. */
  private static final int MOST_CHARACTERS = 1000;

  private final List<String[]> lines = new ArrayList<>();

  /** A table without heads. */
  TextTable() {}

  /** A table with these heads; empty ones stay empty. */
  TextTable(Object... heads) {
    add(heads);
  }

  /** One more line: a fraction with six digits, a count with separators, anything else as text. */
  void add(Object... cells) {
    String[] line = new String[cells.length];
    for (int c = 0; c < cells.length; c++) {
      line[c] = text(cells[c]);
    }
    lines.add(line);
  }

  /** A number as it stands in a table. */
  static String text(Object cell) {
    if (cell instanceof Double number) {
      double size = Math.abs(number);
      boolean isFar = size >= 1e6 || size > 0 && size < 1e-4;
      return String.format(Locale.ROOT, isFar ? "%.6e" : "%.6f", number);
    }
    if (cell instanceof Long number) {
      return String.format(Locale.ROOT, "%,d", number);
    }
    return cut(cell.toString());
  }

  /** On one line, not too long, and without what moves a terminal's cursor. */
  static String cut(String text) {
    StringBuilder line = new StringBuilder();
    text.replaceAll("\\s+", " ")
        .codePoints()
        .limit(MOST_CHARACTERS)
        .forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c));
    return DisplayWidth.cut(line.toString(), WIDEST, "\u2026");
  }

  @Override
  public String toString() {
    int columns = lines.stream().mapToInt(line -> line.length).max().orElse(0);
    int[] widths = new int[columns];
    for (String[] line : lines) {
      for (int c = 0; c < line.length; c++) {
        widths[c] = Math.max(widths[c], DisplayWidth.of(line[c]));
      }
    }
    StringBuilder table = new StringBuilder();
    for (String[] line : lines) {
      StringBuilder text = new StringBuilder();
      for (int c = 0; c < line.length; c++) {
        String gap = " ".repeat(widths[c] - DisplayWidth.of(line[c]));
        text.append(c == 0 ? line[c] + gap : "  " + gap + line[c]);
      }
      table.append(text.toString().stripTrailing()).append('\n');
    }
    return table.toString();
  }
}
