package io.drawbar.evaluate;

import io.drawbar.math.ExactSums;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;

/**
 * What is known of clusters before rows are looked at again.
 *
 * @param numbers of the clusters, ascending
 * @param rows of each
 * @param means of each: one number an element
 * @param spreads of each: the mean of the squared distances of its rows from its mean
 * @param found what the second look has found; null before it
 */
record Centres(long[] numbers, long[] rows, double[][] means, double[] spreads, ClusterSums found) {
  private static final MathContext DIGITS = new MathContext(40, RoundingMode.HALF_EVEN);

  /** The centres of sums of vectors and, behind them, squared norms. */
  static Centres of(ClusterSums sums, int elements) {
    int size = sums.clusters().size();
    long[] numbers = new long[size];
    long[] rows = new long[size];
    double[][] means = new double[size][elements];
    double[] spreads = new double[size];
    int c = 0;
    for (Map.Entry<Long, ClusterSums.Cluster> entry : sums.clusters().entrySet()) {
      ExactSums exact = entry.getValue().sums();
      numbers[c] = entry.getKey();
      rows[c] = entry.getValue().rows();
      BigDecimal n = BigDecimal.valueOf(rows[c]);
      BigDecimal squares = n.multiply(exact.exact(elements));
      for (int j = 0; j < elements; j++) {
        BigDecimal sum = exact.exact(j);
        means[c][j] = sum.divide(n, DIGITS).doubleValue();
        squares = squares.subtract(sum.multiply(sum));
      }
      spreads[c] = squares.divide(n.multiply(n), DIGITS).doubleValue();
      c++;
    }
    return new Centres(numbers, rows, means, spreads, null);
  }

  Centres with(ClusterSums total) {
    return new Centres(numbers, rows, means, spreads, total);
  }
}
