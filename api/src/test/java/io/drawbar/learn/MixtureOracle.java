package io.drawbar.learn;

import java.util.List;

/** Expectation and maximisation as in a book: inverses by Gauss and Jordan, plain loops. */
final class MixtureOracle {
  private final List<double[]> rows;
  private final CovarianceShape shape;
  private final int elements;
  double[] weights;
  double[][] means;
  double[][][] covariances;
  private double[][][] inverses;
  private double[] determinants;

  MixtureOracle(List<double[]> rows, CovarianceShape shape) {
    this.rows = rows;
    this.shape = shape;
    elements = rows.get(0).length;
  }

  void set(GaussianMixtureModel model) {
    int size = model.weights().size();
    weights = model.weights().stream().mapToDouble(Double::doubleValue).toArray();
    means = Matrices.arrays(model.means());
    covariances = new double[size][][];
    for (int k = 0; k < size; k++) {
      covariances[k] = Matrices.arrays(model.covariance(k));
    }
    invert();
  }

  /** Goes on from a mixture. */
  void follow(Mixture state) {
    weights = state.weights().clone();
    means = state.means();
    covariances = new double[weights.length][elements][elements];
    for (int k = 0; k < weights.length; k++) {
      int at = 0;
      for (int i = 0; i < elements; i++) {
        int end = shape == CovarianceShape.FULL ? elements : i + 1;
        for (int j = i; j < end; j++, at++) {
          covariances[k][i][j] = state.covariances()[k][at];
          covariances[k][j][i] = state.covariances()[k][at];
        }
      }
    }
    invert();
  }

  /** The new mixture of shares by row and component. */
  void maximise(double[][] shares) {
    int size = shares[0].length;
    weights = new double[size];
    means = new double[size][elements];
    covariances = new double[size][elements][elements];
    for (int k = 0; k < size; k++) {
      double total = 0;
      for (int i = 0; i < shares.length; i++) {
        total += shares[i][k];
        for (int j = 0; j < elements; j++) {
          means[k][j] += shares[i][k] * rows.get(i)[j];
        }
      }
      for (int j = 0; j < elements; j++) {
        means[k][j] /= total;
      }
      for (int i = 0; i < shares.length; i++) {
        for (int a = 0; a < elements; a++) {
          for (int b = 0; b < elements; b++) {
            double product = (rows.get(i)[a] - means[k][a]) * (rows.get(i)[b] - means[k][b]);
            boolean counts = shape == CovarianceShape.FULL || a == b;
            covariances[k][a][b] += counts ? shares[i][k] * product / total : 0;
          }
        }
      }
      weights[k] = total / shares.length;
    }
    invert();
  }

  /** To be called after covariances have been changed. */
  void invert() {
    inverses = new double[weights.length][][];
    determinants = new double[weights.length];
    for (int k = 0; k < weights.length; k++) {
      double[][] left = new double[elements][2 * elements];
      for (int i = 0; i < elements; i++) {
        System.arraycopy(covariances[k][i], 0, left[i], 0, elements);
        left[i][elements + i] = 1;
      }
      determinants[k] = 1;
      for (int i = 0; i < elements; i++) {
        double pivot = left[i][i];
        determinants[k] *= pivot;
        for (int c = 0; c < 2 * elements; c++) {
          left[i][c] /= pivot;
        }
        for (int r = 0; r < elements; r++) {
          double factor = left[r][i];
          for (int c = 0; r != i && c < 2 * elements; c++) {
            left[r][c] -= factor * left[i][c];
          }
        }
      }
      inverses[k] = new double[elements][elements];
      for (int i = 0; i < elements; i++) {
        System.arraycopy(left[i], elements, inverses[k][i], 0, elements);
      }
    }
  }

  private double logPart(double[] row, int k) {
    double square = 0;
    for (int a = 0; a < elements; a++) {
      for (int b = 0; b < elements; b++) {
        square += (row[a] - means[k][a]) * inverses[k][a][b] * (row[b] - means[k][b]);
      }
    }
    return Math.log(weights[k])
        - (elements * Math.log(2 * Math.PI) + Math.log(determinants[k]) + square) / 2;
  }

  double logDensity(double[] row) {
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < weights.length; k++) {
      most = Math.max(most, logPart(row, k));
    }
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      sum += Math.exp(logPart(row, k) - most);
    }
    return most + Math.log(sum);
  }

  double logLikelihood() {
    return rows.stream().mapToDouble(this::logDensity).sum();
  }

  double[][] shares() {
    double[][] shares = new double[rows.size()][weights.length];
    for (int i = 0; i < shares.length; i++) {
      for (int k = 0; k < weights.length; k++) {
        shares[i][k] = Math.exp(logPart(rows.get(i), k) - logDensity(rows.get(i)));
      }
    }
    return shares;
  }
}
