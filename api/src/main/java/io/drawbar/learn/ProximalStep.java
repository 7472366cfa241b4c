package io.drawbar.learn;

import java.util.List;

/**
 * The step that minimises a quadratic model of a smooth loss plus magnitudes, {@code g d + d B d /
 * 2 + sum_j l1_j |x_j + d_j|} (J. D. Lee, Y. Sun, M. A. Saunders, "Proximal Newton-Type Methods for
 * Minimizing Composite Functions", 2014), by coordinate descent (J. Friedman, T. Hastie, R.
 * Tibshirani, 2010). It needs no look at the rows.
 *
 * <p>B is what limited-memory BFGS knows of the curvature, in its compact form {@code theta D - W M
 * W'} with {@code W = [theta D S, Y]}, where D is what was known before any step (R. H. Byrd, J.
 * Nocedal, R. B. Schnabel, "Representations of Quasi-Newton Matrices and their Use in Limited
 * Memory Methods", 1994), so that a coordinate costs as many products as W has columns.
 */
final class ProximalStep {
  /** About so many products are spent on a step: a moment beside a look at the rows. */
  private static final long MOST_WORK = 100_000_000L;

  private static final int MOST_ROUNDS = 5000;

  /** The descent stops when a round changes less than this share of what the first one did. */
  private static final double ENOUGH = 1e-8;

  private final int size;
  private final int columns;

  private final Curvature known;
  private final double theta;

  /** The rows of W, and of W M. */
  private final double[][] factors;

  private final double[][] products;

  /**
   * Prepares B.
   *
   * @param known D
   * @param moves S
   * @param turns Y
   */
  ProximalStep(Curvature known, List<double[]> moves, List<double[]> turns) {
    this.known = known;
    size = known.size();
    int pairs = moves.size();
    columns = 2 * pairs;
    factors = new double[size][columns];
    products = new double[size][columns];
    if (pairs == 0) {
      theta = 1;
      return;
    }
    boolean isScale = known instanceof Curvature.Diagonal;
    theta = isScale ? theta(moves.get(pairs - 1), turns.get(pairs - 1)) : 1;
    for (int m = 0; m < pairs; m++) {
      double[] curved = known.times(moves.get(m));
      for (int i = 0; i < size; i++) {
        factors[i][m] = theta * curved[i];
        factors[i][pairs + m] = turns.get(m)[i];
      }
    }
    double[][] inverse = inverse(middle(moves, turns));
    for (int i = 0; i < size; i++) {
      for (int b = 0; b < columns; b++) {
        for (int a = 0; a < columns; a++) {
          products[i][b] += factors[i][a] * inverse[a][b];
        }
      }
    }
  }

  private double theta(double[] move, double[] turn) {
    double[] solution = known.solve(turn);
    double along = 0;
    double scaled = 0;
    for (int i = 0; i < move.length; i++) {
      along += move[i] * turn[i];
      scaled += turn[i] * solution[i];
    }
    return scaled / along;
  }

  /** The matrix that M is the inverse of. */
  private double[][] middle(List<double[]> moves, List<double[]> turns) {
    int pairs = moves.size();
    double[][] middle = new double[columns][columns];
    for (int a = 0; a < pairs; a++) {
      for (int b = 0; b < pairs; b++) {
        double curved = 0;
        double turned = 0;
        for (int i = 0; i < size; i++) {
          curved += moves.get(a)[i] * factors[i][b];
          turned += moves.get(a)[i] * turns.get(b)[i];
        }
        middle[a][b] = curved;
        if (a > b) {
          middle[a][pairs + b] = turned;
          middle[pairs + b][a] = turned;
        } else if (a == b) {
          middle[pairs + a][pairs + a] = -turned;
        }
      }
    }
    return middle;
  }

  /** By elimination with the largest pivot of a column. */
  private static double[][] inverse(double[][] matrix) {
    int n = matrix.length;
    double[][] inverse = new double[n][n];
    for (int i = 0; i < n; i++) {
      inverse[i][i] = 1;
    }
    for (int c = 0; c < n; c++) {
      int pivot = c;
      for (int r = c + 1; r < n; r++) {
        pivot = Math.abs(matrix[r][c]) > Math.abs(matrix[pivot][c]) ? r : pivot;
      }
      swap(matrix, c, pivot);
      swap(inverse, c, pivot);
      double first = matrix[c][c];
      for (int k = 0; k < n; k++) {
        matrix[c][k] /= first;
        inverse[c][k] /= first;
      }
      for (int r = 0; r < n; r++) {
        double factor = r == c ? 0 : matrix[r][c];
        for (int k = 0; k < n && factor != 0; k++) {
          matrix[r][k] -= factor * matrix[c][k];
          inverse[r][k] -= factor * inverse[c][k];
        }
      }
    }
    return inverse;
  }

  private static void swap(double[][] rows, int a, int b) {
    double[] row = rows[a];
    rows[a] = rows[b];
    rows[b] = row;
  }

  /**
   * Where the model is least, as near as makes a step; coordinates without slope and curvature
   * stay.
   */
  double[] from(double[] place, double[] gradient, double[] magnitudes) {
    double[] to = place.clone();
    // W' d, for a step of d.
    double[] along = new double[columns];
    // D d.
    double[] curved = new double[size];
    int products = columns + (known instanceof Curvature.Full ? size : 1);
    int rounds = (int) Math.max(20, Math.min(MOST_ROUNDS, MOST_WORK / size / products));
    double first = 0;
    for (int round = 0; round < rounds; round++) {
      double change = 0;
      for (int i = 0; i < size; i++) {
        change = Math.max(change, improve(i, to, gradient[i], magnitudes[i], curved, along));
      }
      first = Math.max(first, change);
      if (!(change > ENOUGH * first)) {
        break;
      }
    }
    return to;
  }

  /** Minimises along one coordinate; by how much the model fell, about. */
  private double improve(
      int i, double[] to, double gradient, double magnitude, double[] curved, double[] along) {
    double own = theta * known.at(i);
    double curvature = own;
    double slope = gradient + theta * curved[i];
    for (int k = 0; k < columns; k++) {
      curvature -= products[i][k] * factors[i][k];
      slope -= products[i][k] * along[k];
    }
    if (!(curvature > 1e-12 * own)) {
      return 0;
    }
    double free = to[i] - slope / curvature;
    double shrunk = Math.abs(free) - magnitude / curvature;
    double best = magnitude == 0 ? free : shrunk > 0 ? Math.copySign(shrunk, free) : 0;
    double move = best - to[i];
    to[i] = best;
    if (move != 0) {
      known.addColumn(i, move, curved);
    }
    for (int k = 0; k < columns && move != 0; k++) {
      along[k] += factors[i][k] * move;
    }
    return Math.sqrt(curvature) * Math.abs(move);
  }
}
