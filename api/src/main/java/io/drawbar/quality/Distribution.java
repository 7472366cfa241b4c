package io.drawbar.quality;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/**
 * How numbers are distributed. Counts, least, greatest, mean and standard deviation are exact, and
 * the latter two rounded once. Quantiles and histograms are exact as long as there are no more
 * different numbers than a profile has bins for (2,048 up to 16 columns); of more, the bounds of
 * each quantile are known.
 *
 * <p>Least, greatest, mean, standard deviation, quantiles and histograms are those of the finite
 * numbers; infinities and NaN are counted beside them.
 */
public final class Distribution {
  private static final MathContext DIGITS = new MathContext(50, RoundingMode.HALF_EVEN);

  private final Counts counts;
  private final double least;
  private final double greatest;
  private final Moments moments;
  private final Range[] ranges;

  /** How many numbers are from one to another, both included. */
  record Range(double low, double high, long count) {}

  /** How many numbers are of which kind. */
  record Counts(
      long finite,
      long zeros,
      long negatives,
      long notNumbers,
      long infinities,
      long negativeInfinities) {}

  /** The exact sums of finite numbers and of their squares. */
  record Moments(long count, BigDecimal sum, BigDecimal squares) {
    double mean() {
      return count == 0
          ? Double.NaN
          : sum.divide(BigDecimal.valueOf(count), DIGITS).doubleValue() + 0.0;
    }

    double deviation() {
      if (count < 2) {
        return count == 1 ? 0 : Double.NaN;
      }
      BigDecimal n = BigDecimal.valueOf(count);
      BigDecimal spread = n.multiply(squares).subtract(sum.multiply(sum));
      BigDecimal pairs = n.multiply(BigDecimal.valueOf(count - 1));
      return spread.signum() <= 0 ? 0 : spread.divide(pairs, DIGITS).sqrt(DIGITS).doubleValue();
    }
  }

  /**
   * Makes a distribution.
   *
   * @param ranges disjoint, ascending
   */
  Distribution(Counts counts, double least, double greatest, Moments moments, Range[] ranges) {
    this.counts = counts;
    this.least = counts.finite() == 0 ? Double.NaN : least;
    this.greatest = counts.finite() == 0 ? Double.NaN : greatest;
    this.moments = moments;
    this.ranges = ranges;
    for (int i = 0; i < ranges.length; i++) {
      Range range = ranges[i];
      // The bits after the first of the largest numbers may be no number's.
      double low = range.low() >= least ? range.low() : least;
      double high = range.high() <= greatest ? range.high() : greatest;
      ranges[i] = new Range(low, high, range.count());
    }
  }

  /** What numbers have been counted in. */
  List<Range> ranges() {
    return List.of(ranges);
  }

  /** How many numbers are finite. */
  public long count() {
    return counts.finite();
  }

  /** How many are zero. */
  public long zeros() {
    return counts.zeros();
  }

  /** How many are finite and below zero. */
  public long negatives() {
    return counts.negatives();
  }

  /** How many are NaN. */
  public long notNumbers() {
    return counts.notNumbers();
  }

  /** How many are positive infinity. */
  public long infinities() {
    return counts.infinities();
  }

  /** How many are negative infinity. */
  public long negativeInfinities() {
    return counts.negativeInfinities();
  }

  /** The least finite number; NaN if there is none. */
  public double least() {
    return least;
  }

  /** The greatest finite number; NaN if there is none. */
  public double greatest() {
    return greatest;
  }

  /** The mean of the finite numbers; NaN if there is none. */
  public double mean() {
    return moments.mean();
  }

  /** Their standard deviation, over n - 1; 0 of one number, NaN of none. */
  public double standardDeviation() {
    return moments.deviation();
  }

  /**
   * A quantile by nearest rank: the least finite number that has a share of all at or below it.
   *
   * @param value the number itself, if low and high are the same; else a place between them, as if
   *     the numbers there were spread evenly. NaN if there are no numbers
   * @param low the quantile is not less
   * @param high the quantile is not greater
   */
  public record Quantile(double value, double low, double high) {
    /** Whether it is one of the numbers, and not only known to be in a range. */
    public boolean isExact() {
      return low == high;
    }
  }

  /**
   * Of the n finite numbers the one of rank {@code ceil(n share)} in ascending order.
   *
   * @param share from 0 to 1
   * @throws IllegalArgumentException if the share is not
   */
  public Quantile quantile(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("quantile(" + share + "): a share is from 0 to 1");
    }
    if (ranges.length == 0) {
      return new Quantile(Double.NaN, Double.NaN, Double.NaN);
    }
    long rank = rank(share);
    int i = 0;
    while (rank > ranges[i].count()) {
      rank -= ranges[i].count();
      i++;
    }
    Range range = ranges[i];
    double inside = (rank - 0.5) / range.count();
    double value = range.low() + (range.high() - range.low()) * inside;
    return new Quantile(Math.min(value, range.high()), range.low(), range.high());
  }

  private long rank(double share) {
    double exact = share * count();
    double near = StrictMath.rint(exact);
    // 0.07 of 100 is 7, though the product is a little more.
    boolean isWhole = Math.abs(exact - near) <= 4 * Math.ulp(exact);
    return Math.min(count(), Math.max(1, (long) (isWhole ? near : StrictMath.ceil(exact))));
  }

  /**
   * How many finite numbers are in which interval.
   *
   * @param edges where intervals begin and end, ascending, one more than there are intervals; the
   *     beginning belongs to an interval, the end does not, except to the last; of one number alone
   *     both are it
   * @param counts how many are in each
   * @param below how many are less than the first edge
   * @param above how many are greater than the last
   */
  public record Histogram(List<Double> edges, List<Long> counts, long below, long above) {
    /** Copies the lists. */
    public Histogram {
      edges = List.copyOf(edges);
      counts = List.copyOf(counts);
    }
  }

  /**
   * A histogram with intervals of one length, 1, 2 or 5 times a power of ten. It reaches from the
   * least to the greatest number, unless 99 % of them are in less than a quarter of that: then it
   * shows these, and says how many are beyond.
   *
   * <p>Where an edge is in a range of numbers that are not known apart, they count as spread evenly
   * in it: a count may be off by those. Together they are all.
   *
   * @param most how many intervals there may be, at least 2
   */
  public Histogram histogram(int most) {
    return HistogramCut.of(this, most, 0);
  }

  /** The same, of whole numbers: no interval is shorter than 1. */
  Histogram histogramOfWhole(int most) {
    return HistogramCut.of(this, most, 1);
  }

  /** About how many are less than an edge, or at it, too. */
  long upTo(double edge, boolean isIncluded) {
    long before = 0;
    for (Range range : ranges) {
      boolean isBefore = isIncluded ? range.high() <= edge : range.high() < edge;
      if (!isBefore) {
        boolean isAcross = range.low() < edge;
        double inside = isAcross ? (edge - range.low()) / (range.high() - range.low()) : 0;
        return before + (long) StrictMath.rint(range.count() * inside);
      }
      before += range.count();
    }
    return before;
  }
}
