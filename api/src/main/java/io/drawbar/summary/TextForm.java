package io.drawbar.summary;

import io.drawbar.text.DisplayWidth;
import java.util.ArrayList;
import java.util.List;

/** A summary as text. */
final class TextForm {
  private static final int WIDEST = 60;
  private static final int MOST_CHARACTERS = 1000;
  private static final int SPARKS = 40;
  private static final String LEVELS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";

  private final StringBuilder text = new StringBuilder();

  private TextForm() {}

  static String of(Summary summary) {
    TextForm form = new TextForm();
    form.append(summary, "");
    return form.text.toString();
  }

  /** On one line, of so many cells of a terminal at most. */
  private static String line(String text) {
    return line(text, WIDEST);
  }

  private static String line(String text, int most) {
    return DisplayWidth.cut(Markup.line(text, MOST_CHARACTERS), most, "\u2026");
  }

  private void append(Summary summary, String indent) {
    text.append(indent).append(line(summary.title(), 2 * WIDEST)).append('\n');
    String inner = indent + "  ";
    for (Block block : summary.blocks()) {
      if (block instanceof Block.Figures figures) {
        List<List<String>> lines = new ArrayList<>();
        for (int i = 0; i < figures.names().size(); i++) {
          lines.add(List.of(figures.names().get(i), figures.values().get(i)));
        }
        pairs(lines, inner);
      } else if (block instanceof Block.Note note) {
        text.append(inner).append(Markup.line(note.sentence(), MOST_CHARACTERS)).append('\n');
      } else if (block instanceof Block.Table table) {
        text.append('\n').append(inner).append(line(table.title())).append('\n');
        List<List<String>> lines = new ArrayList<>();
        lines.add(table.heads());
        lines.addAll(table.rows());
        columns(lines, inner + "  ");
      } else if (block instanceof Block.Curve curve) {
        curve(curve, inner);
      } else if (block instanceof Block.Histogram histogram) {
        histogram(histogram, inner);
      } else if (block instanceof Block.Part part) {
        text.append('\n');
        append(part.summary(), inner);
      }
    }
  }

  /** Names, and what is said of them, both to the left. */
  private void pairs(List<List<String>> lines, String indent) {
    int width = 0;
    for (List<String> pair : lines) {
      width = Math.max(width, DisplayWidth.of(line(pair.get(0))));
    }
    for (List<String> pair : lines) {
      String name = line(pair.get(0));
      String gap = " ".repeat(width - DisplayWidth.of(name) + 2);
      text.append(indent).append(name).append(gap);
      text.append(line(pair.get(1), 200)).append('\n');
    }
  }

  /** The first cell stands to the left, the others to the right. */
  private void columns(List<List<String>> lines, String indent) {
    int[] widths = new int[lines.get(0).size()];
    for (List<String> cells : lines) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], DisplayWidth.of(line(cells.get(c))));
      }
    }
    for (List<String> cells : lines) {
      StringBuilder row = new StringBuilder(indent);
      for (int c = 0; c < widths.length; c++) {
        String cell = line(cells.get(c));
        String gap = " ".repeat(widths[c] - DisplayWidth.of(cell));
        row.append(c == 0 ? cell + gap : "  " + gap + cell);
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
  }

  /** The curve in blocks of eight heights, and its ends. */
  private void curve(Block.Curve curve, String indent) {
    List<Double> values = curve.values().stream().filter(Double::isFinite).toList();
    if (values.isEmpty()) {
      return;
    }
    double least = values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    double most = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    int count = Math.min(SPARKS, values.size());
    List<Double> shown = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = count == 1 ? 0 : (int) ((long) i * (values.size() - 1) / (count - 1));
      shown.add(values.get(at));
    }
    sparks(curve.title(), shown, least, most, indent);
    text.append("  ").append(Numbers.digits(values.get(0), 6)).append(" to ");
    text.append(Numbers.digits(values.get(values.size() - 1), 6));
    int last = curve.first() + curve.values().size() - 1;
    text.append(", ").append(line(curve.step())).append(' ').append(curve.first());
    text.append(" to ").append(last).append('\n');
  }

  /** A title, and values in blocks of eight heights. */
  private void sparks(String title, List<Double> values, double least, double most, String indent) {
    text.append('\n').append(indent).append(line(title)).append("  ");
    for (double value : values) {
      double height = most > least ? (value - least) / (most - least) : 0;
      text.append(LEVELS.charAt((int) Math.min(7, Math.max(0, Math.rint(7 * height)))));
    }
  }

  /** The counts in blocks of eight heights, and the outer edges. */
  private void histogram(Block.Histogram histogram, String indent) {
    List<Long> counts = histogram.counts();
    if (counts.isEmpty()) {
      return;
    }
    long most = counts.stream().mapToLong(Long::longValue).max().orElseThrow();
    List<Double> values = counts.stream().map(Long::doubleValue).toList();
    sparks(histogram.title(), values, 0, Math.max(1, most), indent);
    text.append("  ").append(Numbers.digits(histogram.edges().get(0), 6)).append(" to ");
    text.append(Numbers.digits(histogram.edges().get(counts.size()), 6));
    text.append(", ").append(line(histogram.unit())).append('\n');
  }
}
