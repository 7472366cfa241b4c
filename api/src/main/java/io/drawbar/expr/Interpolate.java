package io.drawbar.expr;

import java.util.List;

/**
 * Each element of a vector mapped from a range of its own to a range that all have: {@code (x -
 * least) / (greatest - least) * (to - from) + from}; the width of a range that is one value counts
 * as 1.
 *
 * @param vector a vector of as many elements as there are ranges
 * @param least the lower end of each element's range
 * @param greatest the upper end, not below the lower
 * @param from what the lower ends become
 * @param to what the upper ends become, above {@code from}
 */
public record Interpolate(
    Expr vector, List<Double> least, List<Double> greatest, double from, double to)
    implements Expr {
  public Interpolate {
    least = List.copyOf(least);
    greatest = List.copyOf(greatest);
    boolean valid = !least.isEmpty() && least.size() == greatest.size();
    for (int j = 0; valid && j < least.size(); j++) {
      valid = least.get(j) <= greatest.get(j) && isWidth(greatest.get(j) - least.get(j));
    }
    if (!valid || !(from < to) || !isWidth(to - from)) {
      throw new IllegalArgumentException(
          "%s lower and %s upper ends mapped to %s to %s: each element has one of both, in order and"
                  .formatted(least.size(), greatest.size(), from, to)
              + " of a finite distance");
    }
  }

  private static boolean isWidth(double width) {
    return width < Double.POSITIVE_INFINITY;
  }

  /** What an element's distance from its lower end is divided by. */
  public double width(int element) {
    double width = greatest.get(element) - least.get(element);
    return width == 0 ? 1 : width;
  }

  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.interpolate(this);
  }

  @Override
  public String toString() {
    return "interpolate(" + vector + ", " + least.size() + " elements)";
  }
}
