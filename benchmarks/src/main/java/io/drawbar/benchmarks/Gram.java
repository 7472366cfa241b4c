package io.drawbar.benchmarks;

import java.io.Serializable;

/**
 * The normal equations of a linear regression as one writes them down: sums of products of (1, x,
 * y), and Cholesky's solution.
 */
final class Gram implements Serializable {
  private final int size;

  /** Row by row, the upper triangle with the diagonal. */
  private final double[][] sums;

  Gram(int features) {
    size = features + 2;
    sums = new double[size][size];
  }

  /** Adds a row: its features, then its label. */
  void add(double[] row) {
    sums[0][0]++;
    for (int j = 1; j < size; j++) {
      sums[0][j] += row[j - 1];
    }
    for (int i = 1; i < size; i++) {
      double factor = row[i - 1];
      double[] target = sums[i];
      for (int j = i; j < size; j++) {
        target[j] += factor * row[j - 1];
      }
    }
  }

  /** Adds what another has seen. */
  Gram merge(Gram other) {
    for (int i = 0; i < size; i++) {
      for (int j = i; j < size; j++) {
        sums[i][j] += other.sums[i][j];
      }
    }
    return this;
  }

  /** The sums of products, row by row, to be sent somewhere. */
  double[] numbers() {
    double[] numbers = new double[size * size];
    for (int i = 0; i < size; i++) {
      System.arraycopy(sums[i], 0, numbers, i * size, size);
    }
    return numbers;
  }

  /** From {@link #numbers()}. */
  static Gram of(double[] numbers) {
    int size = (int) Math.round(Math.sqrt(numbers.length));
    Gram gram = new Gram(size - 2);
    for (int i = 0; i < size; i++) {
      System.arraycopy(numbers, i * size, gram.sums[i], 0, size);
    }
    return gram;
  }

  /** Intercept and coefficients. */
  double[] solve() {
    int unknowns = size - 1;
    double[][] lower = new double[unknowns][unknowns];
    for (int i = 0; i < unknowns; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = sums[j][i];
        for (int k = 0; k < j; k++) {
          rest -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(rest) : rest / lower[j][j];
      }
    }
    double[] solution = new double[unknowns];
    for (int i = 0; i < unknowns; i++) {
      double rest = sums[i][unknowns];
      for (int k = 0; k < i; k++) {
        rest -= lower[i][k] * solution[k];
      }
      solution[i] = rest / lower[i][i];
    }
    for (int i = unknowns - 1; i >= 0; i--) {
      double rest = solution[i];
      for (int k = i + 1; k < unknowns; k++) {
        rest -= lower[k][i] * solution[k];
      }
      solution[i] = rest / lower[i][i];
    }
    return solution;
  }
}
