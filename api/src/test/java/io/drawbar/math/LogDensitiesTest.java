package io.drawbar.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogDensitiesTest {
  /** Each shape of the last pass, each number of rows, and one row as many. */
  @Test
  void plainLoops() {
    Random random = new Random(1);
    for (int d = 1; d < 14; d++) {
      for (boolean isDiagonal : new boolean[] {false, true}) {
        int numbers = isDiagonal ? d : d * (d + 1) / 2;
        double[][] means = numbers(random, 3, d);
        double[][] factors = numbers(random, 3, numbers);
        double[] constants = {1.5, Double.NEGATIVE_INFINITY, -2};
        LogDensities densities = new LogDensities(means, factors, constants);
        for (int rows : new int[] {1, 2, 7, 256}) {
          double[][] tile = numbers(random, d, rows);
          double[][] found = new double[3][rows];
          densities.compute(tile, rows, found);
          for (int k = 0; k < 3; k++) {
            for (int i = 0; i < rows; i++) {
              assertThat(found[k][i])
                  .isEqualTo(plain(tile, i, means[k], factors[k], constants[k], isDiagonal));
            }
          }
        }
      }
    }
  }

  private static double[][] numbers(Random random, int count, int length) {
    double[][] numbers = new double[count][];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.doubles(length, -3, 3).toArray();
    }
    return numbers;
  }

  private static double plain(
      double[][] tile, int row, double[] mean, double[] factor, double constant, boolean diagonal) {
    double squares = 0;
    int at = 0;
    for (int i = 0; i < mean.length; i++) {
      double sum = 0;
      for (int j = diagonal ? i : 0; j <= i; j++) {
        sum += (tile[j][row] - mean[j]) * factor[at++];
      }
      squares += sum * sum;
    }
    return constant - 0.5 * squares;
  }

  @Test
  void whatIsNoDensity() {
    assertThatThrownBy(() -> new LogDensities(new double[0][], new double[0][], new double[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new LogDensities(new double[1][2], new double[][] {{1, 2, 3, 4}}, new double[1]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LogDensities(new double[1][2], new double[1][3], new double[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** With the rows of the inverse factor, x A^-1 x is a sum of squares. */
  @Test
  void inverseRowsAndDeterminants() {
    Random random = new Random(2);
    for (int d = 1; d < 9; d++) {
      double[][] root = numbers(random, d, d);
      double[] matrix = new double[d * d];
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          for (int k = 0; k < d; k++) {
            matrix[i * d + j] += root[i][k] * root[j][k];
          }
          matrix[i * d + j] += i == j ? 1 : 0;
        }
      }
      Cholesky cholesky = Cholesky.factor(matrix, d, 0);
      double[][] rows = cholesky.inverseRows();
      double[] x = random.doubles(d, -1, 1).toArray();
      double squares = 0;
      double logDeterminant = 0;
      for (int i = 0; i < d; i++) {
        assertThat(rows[i]).hasSize(i + 1);
        double sum = 0;
        for (int j = 0; j <= i; j++) {
          sum += rows[i][j] * x[j];
        }
        squares += sum * sum;
        logDeterminant -= 2 * Math.log(rows[i][i]);
      }
      double wanted = Dot.dot(x, cholesky.solve(x), d);
      assertThat(squares).isCloseTo(wanted, within(1e-12 * wanted));
      assertThat(cholesky.logDeterminant()).isCloseTo(logDeterminant, within(1e-12));
    }
    assertThat(Cholesky.factor(new double[] {4, 2, 5}, 2, 0).logDeterminant())
        .isCloseTo(Math.log(16), within(1e-15));
  }
}
