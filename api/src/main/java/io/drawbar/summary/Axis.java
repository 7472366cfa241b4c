package io.drawbar.summary;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * An axis: what numbers it reaches, and where they are on a plot.
 *
 * @param low what is at its beginning
 * @param high what is at its end, more than low
 * @param from the place of its beginning
 * @param to the place of its end
 */
record Axis(double low, double high, double from, double to) {
  private static final int WANTED = 4;

  /** An axis that reaches all values, with some room on both sides. */
  static Axis around(double least, double most, double from, double to) {
    double room = (most - least) * 0.05;
    if (!(room > 0)) {
      // A share of the least doubles is 0, and the axis would have no length.
      room = least == 0 ? 1 : Math.max(Math.abs(least) * 0.05, Double.MIN_NORMAL);
    }
    return new Axis(least - room, most + room, from, to);
  }

  double at(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  /** Some round numbers on it: 1, 2 or 5 times a power of ten apart. */
  List<BigDecimal> ticks() {
    List<BigDecimal> ticks = new ArrayList<>();
    double gap = (high - low) / WANTED;
    if (!(gap > 0) || Double.isInfinite(gap)) {
      return ticks;
    }
    BigDecimal exact = new BigDecimal(gap);
    int power = Numbers.power(exact);
    double leading = exact.scaleByPowerOfTen(-power).doubleValue();
    int factor = leading < 1.5 ? 1 : leading < 3.5 ? 2 : leading < 7.5 ? 5 : 10;
    BigDecimal step = BigDecimal.valueOf(factor).scaleByPowerOfTen(power);
    BigDecimal first = new BigDecimal(low).divide(step, 0, RoundingMode.CEILING).multiply(step);
    BigDecimal end = new BigDecimal(high);
    for (BigDecimal at = first; at.compareTo(end) <= 0 && ticks.size() < 20; at = at.add(step)) {
      ticks.add(at);
    }
    return ticks;
  }

  /** As it is written beside the axis. */
  static String label(BigDecimal tick) {
    return Numbers.digits(tick.doubleValue(), 6);
  }
}
