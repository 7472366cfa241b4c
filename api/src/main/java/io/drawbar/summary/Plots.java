package io.drawbar.summary;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The plots of a page. */
final class Plots {
  /** A plot of more lines is read by nobody. */
  static final int MOST_LINES = 30;

  /** With more points, a curve shows none. */
  private static final int MOST_POINTS = 60;

  /** What is larger is left out, so that nothing overflows. */
  private static final double LARGEST = 1e300;

  private static final double ROW = 20;
  private static final double TOP = 8;
  private static final double FOOT = 22;

  /** Names have no more room than that. */
  private static final double NAMES = 112;

  private static final double RIGHT = Drawing.WIDTH - 10;

  private Plots() {}

  /** The places of the values that are shown, as they come; the largest, if there are too many. */
  private static List<Integer> shown(List<Double> values) {
    List<Integer> places = usable(values);
    if (places.size() > MOST_LINES) {
      Comparator<Integer> bySize = Comparator.comparingDouble(i -> -Math.abs(values.get(i)));
      places.sort(bySize.thenComparing(Comparator.naturalOrder()));
      places = new ArrayList<>(places.subList(0, MOST_LINES));
      places.sort(Comparator.naturalOrder());
    }
    return places;
  }

  /** The places of values that have one on an axis. */
  private static List<Integer> usable(List<Double> values) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      if (Math.abs(values.get(i)) <= LARGEST) {
        places.add(i);
      }
    }
    return places;
  }

  /** What is to be said below a plot: what it measures, and whether that is all. */
  static String caption(String unit, List<Double> values) {
    if (values.size() <= MOST_LINES) {
      return unit;
    }
    String some = "the " + MOST_LINES + " largest of " + Numbers.count(values.size());
    return unit.isEmpty() ? some : unit + "; " + some;
  }

  /** How wide the names are that are shown. */
  private static double width(List<String> names, List<Integer> places) {
    double most = 0;
    for (int i : places) {
      most = Math.max(most, Drawing.width(names.get(i)));
    }
    return Math.min(NAMES, most + 4);
  }

  /** Points with ranges, or nothing if there are none. */
  static String ranges(Block.Ranges plot) {
    List<Integer> places = shown(plot.values());
    if (places.isEmpty()) {
      return "";
    }
    double least = 0;
    double most = 0;
    for (int i : places) {
      double half = half(plot, i);
      least = Math.min(least, plot.values().get(i) - half);
      most = Math.max(most, plot.values().get(i) + half);
    }
    double names = width(plot.names(), places);
    Axis axis = Axis.around(least, most, names + 10, RIGHT);
    double bottom = TOP + ROW * places.size();
    Drawing drawing = new Drawing(bottom + FOOT, plot.title());
    across(drawing, axis, bottom);
    drawing.line("zero", axis.at(0), TOP, axis.at(0), bottom);
    for (int n = 0; n < places.size(); n++) {
      int i = places.get(n);
      double y = TOP + ROW * (n + 0.5);
      double value = plot.values().get(i);
      double half = half(plot, i);
      String name = plot.names().get(i);
      drawing.text("end", names, y + 4, name, Drawing.letters(NAMES));
      if (half > 0) {
        drawing.line("range", axis.at(value - half), y, axis.at(value + half), y);
      }
      drawing.circle("point", axis.at(value), y, 3.5);
    }
    return drawing.svg();
  }

  private static double half(Block.Ranges plot, int i) {
    double half = plot.halves().get(i);
    return half > 0 && half <= LARGEST ? half : 0;
  }

  /** Bars, or nothing if there are none. */
  static String bars(Block.Bars plot) {
    List<Integer> places = shown(plot.values());
    if (places.isEmpty()) {
      return "";
    }
    double most = places.stream().mapToDouble(plot.values()::get).max().orElseThrow();
    double end = RIGHT - 52;
    double names = width(plot.names(), places);
    Axis axis = new Axis(0, most > 0 ? most : 1, names + 6, end);
    double bottom = TOP + ROW * places.size();
    Drawing drawing = new Drawing(bottom + TOP, plot.title());
    for (int n = 0; n < places.size(); n++) {
      double value = plot.values().get(places.get(n));
      double y = TOP + ROW * n;
      String name = plot.names().get(places.get(n));
      drawing.text("end", names, y + 14, name, Drawing.letters(NAMES));
      drawing.rectangle("bar", axis.from(), y + 3, Math.max(0.5, axis.at(value) - axis.from()), 14);
      drawing.text("start", axis.at(value) + 5, y + 14, Numbers.digits(value, 4), 12);
    }
    drawing.line("axis", axis.from(), TOP, axis.from(), bottom);
    return drawing.svg();
  }

  /** The axis below, and lines up from its numbers. */
  private static void across(Drawing drawing, Axis axis, double bottom) {
    for (BigDecimal tick : axis.ticks()) {
      double x = axis.at(tick.doubleValue());
      drawing.line("grid", x, TOP, x, bottom);
      drawing.text("middle", x, bottom + 14, Axis.label(tick), 12);
    }
    drawing.line("axis", axis.from(), bottom, axis.to(), bottom);
  }

  /** A curve, or nothing if it has less than two points. */
  static String curve(Block.Curve plot) {
    List<Integer> places = usable(plot.values());
    if (places.size() < 2) {
      return "";
    }
    double least = places.stream().mapToDouble(plot.values()::get).min().orElseThrow();
    double most = places.stream().mapToDouble(plot.values()::get).max().orElseThrow();
    double bottom = 172;
    Axis up = Axis.around(least, most, bottom, TOP);
    double first = plot.first();
    Axis along =
        new Axis(first + places.get(0), first + places.get(places.size() - 1), 68, RIGHT - 6);
    Drawing drawing = new Drawing(bottom + FOOT + 16, plot.title());
    for (BigDecimal tick : up.ticks()) {
      double y = up.at(tick.doubleValue());
      drawing.line("grid", 62, y, RIGHT, y);
      drawing.text("end", 57, y + 4, Axis.label(tick), 12);
    }
    steps(drawing, plot, along, bottom);
    double[] points = new double[2 * places.size()];
    for (int n = 0; n < places.size(); n++) {
      points[2 * n] = along.at(first + places.get(n));
      points[2 * n + 1] = up.at(plot.values().get(places.get(n)));
    }
    drawing.path("curve", points);
    for (int n = 0; n < points.length && places.size() <= MOST_POINTS; n += 2) {
      drawing.circle("point", points[n], points[n + 1], 2.5);
    }
    return drawing.svg();
  }

  /** The axis of steps, whose numbers are whole. */
  private static void steps(Drawing drawing, Block.Curve plot, Axis along, double bottom) {
    for (BigDecimal tick : along.ticks()) {
      if (tick.stripTrailingZeros().scale() <= 0) {
        double x = along.at(tick.doubleValue());
        drawing.line("axis", x, bottom, x, bottom + 4);
        drawing.text("middle", x, bottom + 16, Numbers.count(tick.longValue()), 12);
      }
    }
    drawing.line("axis", 62, bottom, RIGHT, bottom);
    drawing.text("middle", (along.from() + along.to()) / 2, bottom + 31, plot.step(), 40);
  }
}
