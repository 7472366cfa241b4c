package io.drawbar;

import io.drawbar.text.DecimalFormatter;
import io.drawbar.text.DisplayWidth;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rows as people look at them: a null is no text that is in the data, numbers have as many digits
 * as one reads, and columns stand below each other in a terminal.
 */
final class Table {
  private static final int WIDEST = 40;

  /** What is behind so many is not looked at, though none of them may take a cell. */
  private static final int MOST_CHARACTERS = 1000;

  private static final MathContext DIGITS = new MathContext(7, RoundingMode.HALF_EVEN);

  private final String absent;
  private final String cut;

  /**
   * What is printed in a charset.
   *
   * @param charset without the sign for the empty set, a null is {@code -}; without the ellipsis,
   *     what is cut ends with three points
   */
  Table(Charset charset) {
    boolean isRich = charset.canEncode() && charset.newEncoder().canEncode("\u2205\u2026");
    absent = isRich ? "\u2205" : "-";
    cut = isRich ? "\u2026" : "...";
  }

  /** A table for the standard output of this process. */
  static Table forOutput() {
    return new Table(charsetOfOutput());
  }

  /** JDK 17 does not tell; later ones have a property for it. */
  private static Charset charsetOfOutput() {
    return Stream.of("stdout.encoding", "sun.stdout.encoding")
        .map(System::getProperty)
        .filter(name -> name != null && Charset.isSupported(name))
        .findFirst()
        .map(Charset::forName)
        .orElseGet(Charset::defaultCharset);
  }

  /**
   * The rows in columns.
   *
   * @param more whether there are more rows than these
   */
  String of(Schema schema, List<Row> rows, boolean more) {
    List<String[]> lines = new ArrayList<>();
    lines.add(schema.names().stream().map(this::cut).toArray(String[]::new));
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
        widths[c] = Math.max(widths[c], DisplayWidth.of(cells[c]));
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
    return text.append(more ? rest(rows.size()) : "").toString();
  }

  private static String rest(int rows) {
    String which = rows == 1 ? "the first row" : "the first %s rows".formatted(rows);
    return "(" + (rows == 0 ? "no rows shown" : which) + "; there are more)\n";
  }

  private static void append(StringBuilder text, Schema schema, String[] cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < cells.length; c++) {
      String gap = " ".repeat(widths[c] - DisplayWidth.of(cells[c]));
      line.append(c == 0 ? "" : "  ");
      boolean isNumber = schema.field(c).type().isNumeric();
      line.append(isNumber ? gap + cells[c] : cells[c] + gap);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private String text(Object value) {
    if (value instanceof Double number) {
      return DecimalFormatter.toString(shortened(number));
    }
    if (value instanceof double[] vector) {
      List<String> elements = new ArrayList<>();
      for (double element : vector) {
        elements.add(text(element));
      }
      return elements.toString();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(this::text).toList().toString();
    }
    return value == null ? absent : value.toString();
  }

  private static double shortened(double number) {
    return number == 0 || !Double.isFinite(number)
        ? number
        : new BigDecimal(number).round(DIGITS).doubleValue();
  }

  /** On one line, not too wide, and without what moves a terminal's cursor. */
  private String cut(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(MOST_CHARACTERS)
        .forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c));
    return DisplayWidth.cut(line.toString(), WIDEST, cut);
  }
}
