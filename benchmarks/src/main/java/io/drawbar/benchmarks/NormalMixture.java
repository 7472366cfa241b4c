package io.drawbar.benchmarks;

import java.util.List;

/**
 * A mixture of normal distributions as one writes it down: expectation and maximisation, and
 * Cholesky's factors for the densities.
 */
final class NormalMixture {
  private final double[] weights;
  private final double[][] means;
  private final double[][][] covariances;

  /** For each component the inverse of its lower factor, by columns. */
  private final double[][][] inverses;

  /** The logarithm of each component's weight and of its density at its mean. */
  private final double[] peaks;

  private NormalMixture(double[] weights, double[][] means, double[][][] covariances) {
    this.weights = weights;
    this.means = means;
    this.covariances = covariances;
    inverses = new double[weights.length][][];
    peaks = new double[weights.length];
    for (int k = 0; k < weights.length; k++) {
      double[][] lower = lower(covariances[k]);
      inverses[k] = inverse(lower);
      peaks[k] = Math.log(weights[k]) - lower.length * Math.log(2 * Math.PI) / 2;
      for (int i = 0; i < lower.length; i++) {
        peaks[k] -= Math.log(lower[i][i]);
      }
    }
  }

  /** How many numbers a component has. */
  static int width(int features) {
    return 1 + features + features * features;
  }

  /** For each component its weight, the mean, then the covariances by rows. */
  double[] numbers() {
    int features = means[0].length;
    double[] numbers = new double[weights.length * width(features)];
    int at = 0;
    for (int k = 0; k < weights.length; k++) {
      numbers[at++] = weights[k];
      System.arraycopy(means[k], 0, numbers, at, features);
      at += features;
      for (double[] row : covariances[k]) {
        System.arraycopy(row, 0, numbers, at, features);
        at += features;
      }
    }
    return numbers;
  }

  /** From {@link #numbers()}. */
  static NormalMixture of(double[] numbers, int features) {
    int components = numbers.length / width(features);
    double[] weights = new double[components];
    double[][] means = new double[components][features];
    double[][][] covariances = new double[components][features][features];
    int at = 0;
    for (int k = 0; k < components; k++) {
      weights[k] = numbers[at++];
      System.arraycopy(numbers, at, means[k], 0, features);
      at += features;
      for (double[] row : covariances[k]) {
        System.arraycopy(numbers, at, row, 0, features);
        at += features;
      }
    }
    return new NormalMixture(weights, means, covariances);
  }

  /** One whose components have the rows that are nearest to a centre. */
  static NormalMixture around(double[] centres, TrainingRows rows) {
    int components = centres.length / rows.features();
    return maximised(
        rows,
        components,
        (row, shares) -> {
          java.util.Arrays.fill(shares, 0);
          shares[KMeansTraining.nearest(row, centres)] = 1;
        });
  }

  /** The next round: rows are shared out by their densities. */
  NormalMixture next(TrainingRows rows) {
    return maximised(rows, weights.length, this::share);
  }

  /** Which share of a row each component has. */
  private interface Expectation {
    void share(double[] row, double[] shares);
  }

  private static NormalMixture maximised(
      TrainingRows rows, int components, Expectation expectation) {
    List<Sums> parts =
        LineChunks.parallel(
            thread -> {
              Sums sums = new Sums(components, rows.features());
              double[] shares = new double[components];
              long size = rows.size();
              int to = (int) (size * (thread + 1) / ByHand.CORES);
              for (int i = (int) (size * thread / ByHand.CORES); i < to; i++) {
                expectation.share(rows.rows()[i], shares);
                sums.add(rows.rows()[i], shares);
              }
              return sums;
            });
    return parts.stream().reduce(Sums::merge).orElseThrow().mixture(rows.size());
  }

  /** Fills in the shares; returns the logarithm of the density of the row. */
  private double share(double[] row, double[] shares) {
    double most = Double.NEGATIVE_INFINITY;
    double[] rest = new double[row.length - 1];
    for (int k = 0; k < shares.length; k++) {
      shares[k] = peaks[k] - square(row, means[k], inverses[k], rest) / 2;
      most = Math.max(most, shares[k]);
    }
    double sum = 0;
    for (int k = 0; k < shares.length; k++) {
      shares[k] = Math.exp(shares[k] - most);
      sum += shares[k];
    }
    for (int k = 0; k < shares.length; k++) {
      shares[k] /= sum;
    }
    return most + Math.log(sum);
  }

  /** The squared distance of a row from a mean, in units of the component's width. */
  private static double square(double[] row, double[] mean, double[][] inverse, double[] rest) {
    java.util.Arrays.fill(rest, 0);
    for (int j = 0; j < rest.length; j++) {
      double difference = row[j] - mean[j];
      double[] column = inverse[j];
      for (int i = j; i < rest.length; i++) {
        rest[i] += difference * column[i];
      }
    }
    double square = 0;
    for (double value : rest) {
      square += value * value;
    }
    return square;
  }

  /** The mean over all rows of the logarithm of a row's density. */
  double meanLogDensity(TrainingRows rows) {
    double[] sum =
        rows.sum(
            1,
            (from, to, into) -> {
              double[] shares = new double[weights.length];
              for (int i = from; i < to; i++) {
                into[0] += share(rows.rows()[i], shares);
              }
            });
    return sum[0] / rows.size();
  }

  private static double[][] lower(double[][] matrix) {
    int size = matrix.length;
    double[][] lower = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = matrix[i][j];
        for (int k = 0; k < j; k++) {
          rest -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(rest) : rest / lower[j][j];
      }
    }
    return lower;
  }

  /** The inverse of a lower factor, by columns. */
  private static double[][] inverse(double[][] lower) {
    int size = lower.length;
    double[][] columns = new double[size][size];
    for (int j = 0; j < size; j++) {
      columns[j][j] = 1 / lower[j][j];
      for (int i = j + 1; i < size; i++) {
        double sum = 0;
        for (int k = j; k < i; k++) {
          sum -= lower[i][k] * columns[j][k];
        }
        columns[j][i] = sum / lower[i][i];
      }
    }
    return columns;
  }

  /** For each component sums of its shares, of the rows by them, and of products of these. */
  private static final class Sums {
    private final double[] shares;
    private final double[][] values;

    /** The upper triangles with the diagonals. */
    private final double[][][] products;

    Sums(int components, int features) {
      shares = new double[components];
      values = new double[components][features];
      products = new double[components][features][features];
    }

    void add(double[] row, double[] parts) {
      for (int k = 0; k < parts.length; k++) {
        shares[k] += parts[k];
        double[] sums = values[k];
        for (int i = 0; i < sums.length; i++) {
          double value = parts[k] * row[i];
          sums[i] += value;
          double[] target = products[k][i];
          for (int j = i; j < target.length; j++) {
            target[j] += value * row[j];
          }
        }
      }
    }

    Sums merge(Sums other) {
      for (int k = 0; k < shares.length; k++) {
        shares[k] += other.shares[k];
        for (int i = 0; i < values[k].length; i++) {
          values[k][i] += other.values[k][i];
          for (int j = i; j < values[k].length; j++) {
            products[k][i][j] += other.products[k][i][j];
          }
        }
      }
      return this;
    }

    NormalMixture mixture(int rows) {
      double[] weights = new double[shares.length];
      for (int k = 0; k < shares.length; k++) {
        weights[k] = shares[k] / rows;
        double[] mean = values[k];
        double[][] covariances = products[k];
        for (int i = 0; i < mean.length; i++) {
          mean[i] /= shares[k];
        }
        for (int i = 0; i < mean.length; i++) {
          for (int j = i; j < mean.length; j++) {
            covariances[i][j] = covariances[i][j] / shares[k] - mean[i] * mean[j];
            covariances[j][i] = covariances[i][j];
          }
        }
      }
      return new NormalMixture(weights, values, products);
    }
  }
}
