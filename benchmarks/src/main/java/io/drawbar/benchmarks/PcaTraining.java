package io.drawbar.benchmarks;

import io.drawbar.Dataset;
import io.drawbar.learn.Pca;
import io.drawbar.learn.PcaModel;

/**
 * Ten principal components. Numbers: one direction after the other. Objective: what of the rows'
 * variance is lost when they are put on the plane of the directions.
 */
final class PcaTraining extends Training {
  static final int COMPONENTS = 10;

  private static final int SWEEPS = 12;

  PcaTraining() {
    super("pca", Logits.ROWS);
  }

  @Override
  double[] drawbar(Dataset rows) {
    PcaModel model = Pca.on("features").withComponents(COMPONENTS).fit(rows);
    return model.directions().stream()
        .flatMap(direction -> direction.stream())
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  @Override
  double[] byHand(TrainingRows rows, double tolerance) {
    return directions(covariances(rows));
  }

  private static double[][] covariances(TrainingRows rows) {
    int size = rows.features() + 2;
    double[] sums = rows.gram().numbers();
    double[][] covariances = new double[rows.features()][rows.features()];
    for (int i = 0; i < covariances.length; i++) {
      for (int j = i; j < covariances.length; j++) {
        double product = sums[(i + 1) * size + j + 1];
        double centred = product - sums[i + 1] * sums[j + 1] / rows.size();
        covariances[i][j] = centred / (rows.size() - 1);
        covariances[j][i] = covariances[i][j];
      }
    }
    return covariances;
  }

  /** C. G. J. Jacobi's rotations until nothing is left beside the diagonal. */
  private static double[] directions(double[][] matrix) {
    int n = matrix.length;
    double[][] vectors = new double[n][n];
    for (int i = 0; i < n; i++) {
      vectors[i][i] = 1;
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(matrix, vectors, p, q);
        }
      }
    }
    double[] directions = new double[COMPONENTS * n];
    boolean[] isTaken = new boolean[n];
    for (int c = 0; c < COMPONENTS; c++) {
      int largest = -1;
      for (int i = 0; i < n; i++) {
        if (!isTaken[i] && (largest < 0 || matrix[i][i] > matrix[largest][largest])) {
          largest = i;
        }
      }
      isTaken[largest] = true;
      System.arraycopy(vectors[largest], 0, directions, c * n, n);
    }
    return directions;
  }

  private static void rotate(double[][] matrix, double[][] vectors, int p, int q) {
    if (Math.abs(matrix[p][q]) < 1e-300) {
      return;
    }
    double theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    for (int k = 0; k < matrix.length; k++) {
      double a = matrix[k][p];
      double b = matrix[k][q];
      matrix[k][p] = c * a - s * b;
      matrix[k][q] = s * a + c * b;
    }
    for (int k = 0; k < matrix.length; k++) {
      double a = matrix[p][k];
      double b = matrix[q][k];
      matrix[p][k] = c * a - s * b;
      matrix[q][k] = s * a + c * b;
      double v = vectors[p][k];
      double w = vectors[q][k];
      vectors[p][k] = c * v - s * w;
      vectors[q][k] = s * v + c * w;
    }
  }

  @Override
  double objective(double[] learned, TrainingRows rows) {
    double[][] covariances = covariances(rows);
    int n = covariances.length;
    double lost = 0;
    for (int i = 0; i < n; i++) {
      lost += covariances[i][i];
    }
    // Of I - V'V on both sides, so that directions that are not at right angles gain nothing.
    for (int a = 0; a < COMPONENTS; a++) {
      for (int b = 0; b < COMPONENTS; b++) {
        double along = 0;
        double between = 0;
        for (int i = 0; i < n; i++) {
          between += learned[a * n + i] * learned[b * n + i];
          for (int j = 0; j < n; j++) {
            along += learned[a * n + i] * covariances[i][j] * learned[b * n + j];
          }
        }
        lost += a == b ? along * (between - 2) : along * between;
      }
    }
    return lost;
  }
}
