package io.drawbar.summary;

import java.math.BigDecimal;
import java.util.List;

/** The plot of a histogram. */
final class HistogramPlot {
  private static final double TOP = 8;
  private static final double BOTTOM = 112;
  private static final double FOOT = 22;
  private static final double LEFT = 48;
  private static final double RIGHT = Drawing.WIDTH - 10;
  private static final double LARGEST = 1e300;

  /** A bar that stands for something is seen. */
  private static final double LOWEST = 1;

  private HistogramPlot() {}

  /** Bars that stand beside each other, or nothing if there are none. */
  static String of(Block.Histogram plot) {
    List<Double> edges = plot.edges();
    List<Long> counts = plot.counts();
    if (counts.isEmpty() || !edges.stream().allMatch(edge -> Math.abs(edge) <= LARGEST)) {
      return "";
    }
    double first = edges.get(0);
    double last = edges.get(counts.size());
    long most = Math.max(1, counts.stream().mapToLong(Long::longValue).max().orElseThrow());
    Axis up = new Axis(0, most, BOTTOM, TOP);
    boolean hasLength = last > first;
    Axis along =
        hasLength ? new Axis(first, last, LEFT, RIGHT) : Axis.around(first, first, LEFT, RIGHT);
    Drawing drawing = new Drawing(BOTTOM + FOOT, plot.title());
    up(drawing, up);
    for (int i = 0; i < counts.size(); i++) {
      double from = hasLength ? along.at(edges.get(i)) : along.at(first) - 10;
      double to = hasLength ? along.at(edges.get(i + 1)) : along.at(first) + 10;
      if (counts.get(i) > 0) {
        double height = Math.max(LOWEST, BOTTOM - up.at(counts.get(i)));
        double gap = to - from > 3 ? 1 : 0;
        drawing.rectangle("bar", from, BOTTOM - height, to - from - gap, height);
      }
    }
    for (BigDecimal tick : along.ticks()) {
      double x = along.at(tick.doubleValue());
      drawing.line("axis", x, BOTTOM, x, BOTTOM + 4);
      // A number at an end would be cut off.
      String label = Axis.label(tick);
      double half = Drawing.width(label) / 2 + 4;
      double middle = Math.max(half, Math.min(Drawing.WIDTH - half, x));
      drawing.text("middle", middle, BOTTOM + 17, label, 12);
    }
    drawing.line("axis", LEFT, BOTTOM, RIGHT, BOTTOM);
    return drawing.svg();
  }

  private static void up(Drawing drawing, Axis up) {
    for (BigDecimal tick : up.ticks()) {
      double y = up.at(tick.doubleValue());
      if (tick.stripTrailingZeros().scale() <= 0 && tick.signum() > 0) {
        drawing.line("grid", LEFT, y, RIGHT, y);
        drawing.text("end", LEFT - 5, y + 4, Axis.label(tick), 9);
      }
    }
  }
}
