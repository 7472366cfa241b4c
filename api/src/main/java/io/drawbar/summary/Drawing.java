package io.drawbar.summary;

import io.drawbar.text.DisplayWidth;

/** An SVG as it is written into a page; colours are the page's, by class. */
final class Drawing {
  /** All drawings are as wide: letters of 11 units are readable on a phone, at about one to one. */
  static final double WIDTH = 360;

  /** About what a letter of 11 units takes. */
  private static final double LETTER = 6.1;

  private static final int MOST_CHARACTERS = 1000;

  private final StringBuilder shapes = new StringBuilder();
  private final double height;
  private final String description;

  Drawing(double height, String description) {
    this.height = height;
    this.description = description;
  }

  /** About how wide a text is. */
  static double width(String text) {
    return LETTER * DisplayWidth.of(text);
  }

  /** How many letters have room. */
  static int letters(double width) {
    return Math.max(3, (int) (width / LETTER));
  }

  private static String attribute(String name, double value) {
    return " " + name + "=\"" + Numbers.place(value) + "\"";
  }

  void line(String kind, double x1, double y1, double x2, double y2) {
    shapes.append("<line class=\"").append(kind).append('"');
    shapes.append(attribute("x1", x1)).append(attribute("y1", y1));
    shapes.append(attribute("x2", x2)).append(attribute("y2", y2)).append("/>\n");
  }

  void circle(String kind, double x, double y, double radius) {
    shapes.append("<circle class=\"").append(kind).append('"');
    shapes.append(attribute("cx", x)).append(attribute("cy", y));
    shapes.append(attribute("r", radius)).append("/>\n");
  }

  void rectangle(String kind, double x, double y, double width, double tall) {
    shapes.append("<rect class=\"").append(kind).append('"');
    shapes.append(attribute("x", x)).append(attribute("y", y));
    shapes.append(attribute("width", width)).append(attribute("height", tall)).append("/>\n");
  }

  /** Lines from point to point: x and y in turn. */
  void path(String kind, double... points) {
    shapes.append("<polyline class=\"").append(kind).append("\" points=\"");
    for (int i = 0; i < points.length; i += 2) {
      shapes.append(i == 0 ? "" : " ").append(Numbers.place(points[i]));
      shapes.append(',').append(Numbers.place(points[i + 1]));
    }
    shapes.append("\"/>\n");
  }

  /**
   * Text, cut if it is long; the whole of it is shown where a pointer rests.
   *
   * @param anchor {@code start}, {@code middle} or {@code end}: what of it is at x
   */
  void text(String anchor, double x, double y, String text, int most) {
    String shown = DisplayWidth.cut(Markup.line(text, MOST_CHARACTERS), most, "\u2026");
    shapes.append("<text text-anchor=\"").append(anchor).append('"');
    shapes.append(attribute("x", x)).append(attribute("y", y)).append('>');
    shapes.append(Markup.escaped(shown));
    if (!shown.equals(text)) {
      shapes.append("<title>").append(Markup.escaped(text)).append("</title>");
    }
    shapes.append("</text>\n");
  }

  String svg() {
    return "<svg viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">\n%s</svg>\n"
        .formatted(
            Numbers.place(WIDTH), Numbers.place(height), Markup.escaped(description), shapes);
  }
}
