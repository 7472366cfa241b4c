package io.drawbar.learn;

import io.drawbar.math.ExactSum;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Makes the numbers of a naive Bayes model of sums by class. */
final class ClassEstimates {
  private static final MathContext DIGITS = MathContext.DECIMAL128;

  /** A variance that is this share of the mean square is what rounding has left of zero. */
  private static final BigDecimal NOISE = new BigDecimal(0x1p-98);

  private final ClassSums sums;
  private final double smoothing;
  private final double varianceSmoothing;
  private final ClassChecks checks;
  private final double[] weights;

  ClassEstimates(ClassSums sums, double smoothing, double varianceSmoothing, ClassChecks checks) {
    this.sums = sums;
    this.smoothing = smoothing;
    this.varianceSmoothing = varianceSmoothing;
    this.checks = checks;
    weights = new double[sums.classes];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = sums.weight(k);
    }
  }

  /** The share of each class in the rows. */
  List<Double> priors() {
    double total = sum(weights);
    List<Double> priors = new ArrayList<>();
    for (double weight : weights) {
      priors.add(weight / total);
    }
    return priors;
  }

  /** Of each class, its elements' means, or probabilities. */
  List<List<Double>> means() {
    double[][] means = new double[sums.classes][];
    for (int k = 0; k < means.length; k++) {
      means[k] =
          switch (sums.distribution) {
            case GAUSSIAN -> averages(k);
            case MULTINOMIAL -> shares(k);
            case BERNOULLI -> frequencies(k);
          };
    }
    return Matrices.lists(means);
  }

  /** Of each class, its elements' variances; none of a multinomial distribution. */
  List<List<Double>> variances() {
    return switch (sums.distribution) {
      case GAUSSIAN -> Matrices.lists(spreads());
      case MULTINOMIAL -> Collections.nCopies(sums.classes, List.of());
      case BERNOULLI -> Matrices.lists(products());
    };
  }

  private static double sum(double[] values) {
    ExactSum sum = new ExactSum();
    for (double value : values) {
      sum.add(value);
    }
    return sum.round();
  }

  private double[] averages(int label) {
    double[] averages = new double[sums.elements];
    BigDecimal weight = sums.exactWeight(label);
    for (int j = 0; j < averages.length; j++) {
      averages[j] = sums.exactSum(label, j).divide(weight, DIGITS).doubleValue() + 0.0;
    }
    return averages;
  }

  private double[] shares(int label) {
    double[] shares = new double[sums.elements];
    for (int j = 0; j < shares.length; j++) {
      shares[j] = sums.sum(label, j);
    }
    double total = sum(shares) + smoothing * shares.length;
    for (int j = 0; j < shares.length; j++) {
      shares[j] = possible((shares[j] + smoothing) / total, label, j);
    }
    return shares;
  }

  private double[] frequencies(int label) {
    double[] frequencies = new double[sums.elements];
    for (int j = 0; j < frequencies.length; j++) {
      double frequency = (sums.sum(label, j) + smoothing) / (weights[label] + 2 * smoothing);
      frequencies[j] = possible(frequency, label, j);
    }
    return frequencies;
  }

  /** A probability, which is not so small that there is no logarithm of it. */
  private double possible(double probability, int label, int element) {
    if (!(probability >= Double.MIN_NORMAL)) {
      throw checks.unusable(
          element,
          "adds up to %s in class %s, beside which the smoothing of %s is nothing, or to which it is"
                  .formatted(sums.sum(label, element), label, smoothing)
              + " too much; multiply counts, or weights, by a constant before, or say"
              + " withSmoothing(...)");
    }
    return probability;
  }

  /** Probabilities of 1 times those of 0, which keep their digits where 1 is nearly certain. */
  private double[][] products() {
    double[][] products = new double[sums.classes][];
    for (int k = 0; k < products.length; k++) {
      products[k] = frequencies(k);
      for (int j = 0; j < sums.elements; j++) {
        double zeros = Math.max(0, weights[k] - sums.sum(k, j));
        double product = products[k][j] * ((zeros + smoothing) / (weights[k] + 2 * smoothing));
        products[k][j] = possible(product, k, j);
      }
    }
    return products;
  }

  /** Variances of the classes, smoothed. */
  private double[][] spreads() {
    double[][] spreads = new double[sums.classes][sums.elements];
    double largest = 0;
    for (int j = 0; j < sums.elements; j++) {
      BigDecimal sum = BigDecimal.ZERO;
      BigDecimal square = BigDecimal.ZERO;
      BigDecimal weight = BigDecimal.ZERO;
      for (int k = 0; k < sums.classes; k++) {
        BigDecimal ofClass = sums.exactWeight(k);
        spreads[k][j] = variance(sums.exactSum(k, j), sums.exactSquare(k, j), ofClass);
        sum = sum.add(sums.exactSum(k, j));
        square = square.add(sums.exactSquare(k, j));
        weight = weight.add(ofClass);
      }
      largest = Math.max(largest, variance(sum, square, weight));
    }
    double more = varianceSmoothing * largest;
    for (int j = 0; j < sums.elements; j++) {
      for (int k = 0; k < sums.classes; k++) {
        spreads[k][j] += more;
        if (spreads[k][j] == Double.POSITIVE_INFINITY) {
          throw checks.unusable(
              j,
              "has variances that overflow with %s added to each; say withVarianceSmoothing(1e-9)"
                  .formatted(more));
        }
        if (!(spreads[k][j] >= Double.MIN_NORMAL)) {
          throw checks.unusable(
              j,
              "is the same in all rows of class %s, or nearly so: a normal density has no width"
                      .formatted(k)
                  + " there; leave it out, or smooth: withVarianceSmoothing(1e-9)");
        }
      }
    }
    return spreads;
  }

  private static double variance(BigDecimal sum, BigDecimal square, BigDecimal weight) {
    BigDecimal whole = square.multiply(weight);
    BigDecimal spread = whole.subtract(sum.multiply(sum));
    return spread.compareTo(whole.multiply(NOISE)) <= 0
        ? 0
        : spread.divide(weight.multiply(weight), DIGITS).doubleValue();
  }
}
