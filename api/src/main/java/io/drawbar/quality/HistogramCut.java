package io.drawbar.quality;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Where the intervals of a histogram begin and end. */
final class HistogramCut {
  private static final int[] STEPS = {1, 2, 5};

  /** Of what is between these shares of the numbers, all is shown. */
  private static final double FIRST = 0.005;

  private static final double LAST = 0.995;

  /** What is further from zero is left out, so that no difference overflows. */
  private static final double LARGEST = 1e300;

  private HistogramCut() {}

  static Distribution.Histogram of(Distribution numbers, int most, double shortest) {
    if (most < 2) {
      throw new IllegalArgumentException("a histogram has 2 intervals at least, not " + most);
    }
    if (numbers.count() == 0) {
      return new Distribution.Histogram(List.of(), List.of(), 0, 0);
    }
    double low = Math.max(numbers.least(), -LARGEST);
    double high = Math.min(numbers.greatest(), LARGEST);
    double first = numbers.quantile(FIRST).low();
    double last = numbers.quantile(LAST).high();
    if (last > first && last - first < (high - low) / 4) {
      low = Math.max(low, first);
      high = Math.min(high, last);
    }
    if (low >= high) {
      return counted(numbers, List.of(low, low));
    }
    return counted(numbers, edges(low, high, most, shortest));
  }

  private static Distribution.Histogram counted(Distribution numbers, List<Double> edges) {
    List<Long> counts = new ArrayList<>();
    long below = numbers.upTo(edges.get(0), false);
    long before = below;
    for (int i = 1; i < edges.size(); i++) {
      long until = numbers.upTo(edges.get(i), i == edges.size() - 1);
      counts.add(until - before);
      before = until;
    }
    return new Distribution.Histogram(edges, counts, below, numbers.count() - before);
  }

  private static List<Double> edges(double low, double high, int most, double shortest) {
    BigDecimal step = step(low, high, most, shortest);
    BigDecimal first = edgeBefore(low, step);
    BigDecimal end = edgeBefore(high, step);
    boolean isOnEdge = shortest == 0 && end.compareTo(new BigDecimal(high)) == 0;
    BigDecimal last = isOnEdge ? end : end.add(step);
    List<Double> edges = new ArrayList<>();
    for (BigDecimal edge = first; edge.compareTo(last) <= 0; edge = edge.add(step)) {
      edges.add(edge.doubleValue() + 0.0);
    }
    return edges;
  }

  private static BigDecimal edgeBefore(double number, BigDecimal step) {
    return new BigDecimal(number).divide(step, 0, RoundingMode.FLOOR).multiply(step);
  }

  /** The least of 1, 2, 5, 10, ... of which no more than so many reach from one to the other. */
  private static BigDecimal step(double low, double high, int most, double shortest) {
    BigDecimal length = new BigDecimal(high).subtract(new BigDecimal(low));
    int power = length.precision() - length.scale() - 4;
    for (; ; power++) {
      for (int factor : STEPS) {
        BigDecimal step = BigDecimal.valueOf(factor).scaleByPowerOfTen(power);
        BigDecimal edges =
            edgeBefore(high, step).subtract(edgeBefore(low, step)).divide(step).add(BigDecimal.ONE);
        if (step.doubleValue() >= shortest && edges.compareTo(BigDecimal.valueOf(most)) <= 0) {
          return step;
        }
      }
    }
  }
}
