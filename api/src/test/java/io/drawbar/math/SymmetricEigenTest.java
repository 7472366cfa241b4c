package io.drawbar.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 16, 40, 101})
  void valuesAreThoseOfEjml(int n) {
    double[] matrix = symmetric(n, new Random(n));
    SymmetricEigen found = SymmetricEigen.of(matrix, n);
    double[] expected = ejml(matrix, n);
    double unit = Math.max(Math.abs(expected[0]), Math.abs(expected[n - 1]));
    for (int i = 0; i < n; i++) {
      assertThat(found.value(i)).isCloseTo(expected[n - 1 - i], within(unit * n * 1e-15));
    }
    assertDecomposes(matrix, found, unit * n * 1e-15);
  }

  private static double[] ejml(double[] matrix, int n) {
    EigenDecomposition_F64<DMatrixRMaj> oracle = DecompositionFactory_DDRM.eig(n, false, true);
    assertThat(oracle.decompose(new DMatrixRMaj(n, n, true, matrix.clone()))).isTrue();
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = oracle.getEigenvalue(i).getReal();
    }
    Arrays.sort(values);
    return values;
  }

  /** {@code A v = value v}, and vectors are orthogonal, of length 1, with a fixed sign. */
  private static void assertDecomposes(double[] matrix, SymmetricEigen found, double error) {
    int n = found.size();
    for (int i = 0; i < n; i++) {
      double[] vector = found.vector(i);
      for (int row = 0; row < n; row++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += matrix[row * n + k] * vector[k];
        }
        assertThat(sum).isCloseTo(found.value(i) * vector[row], within(error));
      }
      for (int j = 0; j <= i; j++) {
        double product = Dot.dot(vector, found.vector(j), n);
        assertThat(product).isCloseTo(i == j ? 1 : 0, within(n * 1e-15));
      }
      double largest = 0;
      for (double element : vector) {
        largest = Math.abs(element) > Math.abs(largest) ? element : largest;
      }
      assertThat(largest).isPositive();
      assertThat(i == 0 || found.value(i) <= found.value(i - 1)).isTrue();
    }
  }

  private static double[] symmetric(int n, Random random) {
    double[] matrix = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        matrix[i * n + j] = random.nextGaussian();
        matrix[j * n + i] = matrix[i * n + j];
      }
    }
    return matrix;
  }

  @Test
  void aMatrixWithKnownValues() {
    // Second differences: 2 - 2 cos(k pi / (n + 1)).
    int n = 12;
    double[] matrix = new double[n * n];
    for (int i = 0; i < n; i++) {
      matrix[i * n + i] = 2;
      if (i + 1 < n) {
        matrix[i * n + i + 1] = -1;
        matrix[(i + 1) * n + i] = -1;
      }
    }
    SymmetricEigen found = SymmetricEigen.of(matrix, n);
    for (int k = 1; k <= n; k++) {
      double exact = 2 - 2 * StrictMath.cos(k * Math.PI / (n + 1));
      assertThat(found.value(n - k)).isCloseTo(exact, within(3e-15));
    }
  }

  /**
   * Variances of features in units that are 10^24 apart: each eigenvalue has its digits, whatever
   * the order of the features; from a tridiagonal matrix the small ones would be noise.
   */
  @Test
  void gradedMatricesKeepTheDigitsOfTheSmallest() {
    double[] scale = {1e6, 1e-6, 1, 1e3, 1e-3};
    int n = scale.length;
    Random random = new Random(3);
    for (int run = 0; run < 50; run++) {
      double[] matrix = new double[n * n];
      for (int i = 0; i < n; i++) {
        for (int j = i; j < n; j++) {
          double correlation = i == j ? 1 : random.nextDouble() * .4 - .2;
          matrix[i * n + j] = correlation * scale[i] * scale[j];
          matrix[j * n + i] = matrix[i * n + j];
        }
      }
      SymmetricEigen found = SymmetricEigen.of(matrix, n);
      BigDecimal product = BigDecimal.ONE;
      for (int i = 0; i < n; i++) {
        product = product.multiply(new BigDecimal(found.value(i)));
      }
      BigDecimal exact = determinant(matrix, n);
      double error = product.subtract(exact).divide(exact, MathContext.DECIMAL64).doubleValue();
      assertThat(error).isCloseTo(0, within(2e-14));
      // The largest are right to their last digits (their sum is the trace), so the rest is, too.
      assertThat(found.value(n - 1)).isBetween(.5e-12, 1e-12);
    }
  }

  /** By elimination in decimal arithmetic of 60 digits. */
  private static BigDecimal determinant(double[] matrix, int n) {
    MathContext digits = new MathContext(60);
    BigDecimal[][] rows = new BigDecimal[n][n];
    for (int i = 0; i < n * n; i++) {
      rows[i / n][i % n] = new BigDecimal(matrix[i]);
    }
    BigDecimal product = BigDecimal.ONE;
    for (int p = 0; p < n; p++) {
      product = product.multiply(rows[p][p], digits);
      for (int i = p + 1; i < n; i++) {
        BigDecimal factor = rows[i][p].divide(rows[p][p], digits);
        for (int j = p; j < n; j++) {
          rows[i][j] = rows[i][j].subtract(factor.multiply(rows[p][j]), digits);
        }
      }
    }
    return product;
  }

  /** Many equal eigenvalues, and many that nearly are. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-15, 1e-9})
  void clusteredValues(double gap) {
    int n = 24;
    double[][] basis = new double[n][];
    SymmetricEigen some = SymmetricEigen.of(symmetric(n, new Random(8)), n);
    for (int i = 0; i < n; i++) {
      basis[i] = some.vector(i);
    }
    double[] matrix = new double[n * n];
    for (int k = 0; k < n; k++) {
      double value = k < 20 ? 1 + k * gap : 5;
      for (int i = 0; i < n * n; i++) {
        matrix[i] += value * basis[k][i / n] * basis[k][i % n];
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        matrix[i * n + j] = matrix[j * n + i];
      }
    }
    SymmetricEigen found = SymmetricEigen.of(matrix, n);
    assertDecomposes(matrix, found, 1e-13);
    assertThat(found.value(3)).isCloseTo(5, within(1e-13));
    assertThat(found.value(4)).isCloseTo(1 + 19 * gap, within(1e-13));
  }

  @Test
  void aMatrixOfLessThanFullRank() {
    int n = 30;
    double[] matrix = new double[n * n];
    Random random = new Random(4);
    for (int k = 0; k < 4; k++) {
      double[] vector = random.doubles(n, -1, 1).toArray();
      for (int i = 0; i < n * n; i++) {
        matrix[i] += vector[i / n] * vector[i % n];
      }
    }
    SymmetricEigen found = SymmetricEigen.of(matrix, n);
    assertDecomposes(matrix, found, 1e-13);
    assertThat(found.value(4)).isCloseTo(0, within(1e-13));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-310, 1e-160, 1e300})
  void anyMagnitude(double unit) {
    double[] matrix = {2 * unit, unit, unit, 2 * unit};
    SymmetricEigen found = SymmetricEigen.of(matrix, 2);
    assertThat(found.value(0)).isCloseTo(3 * unit, within(3e-15 * unit));
    assertThat(found.value(1)).isCloseTo(unit, within(3e-15 * unit));
    assertThat(found.vector(0)[0]).isCloseTo(Math.sqrt(.5), within(1e-15));
    // Both elements have the same magnitude: the first is positive.
    assertThat(found.vector(1)[0]).isPositive();
  }

  @Test
  void aDiagonalMatrixAndZero() {
    SymmetricEigen found = SymmetricEigen.of(new double[] {1, 0, 0, 3, 0, 3}, 3);
    assertThat(found.value(0)).isEqualTo(3);
    assertThat(found.vector(0)).containsExactly(0, 1, 0);
    assertThat(found.vector(1)).containsExactly(0, 0, 1);
    assertThat(found.vector(2)).containsExactly(1, 0, 0);
    assertThat(SymmetricEigen.of(new double[4], 2).vector(1)).containsExactly(0, 1);
  }

  @Test
  void packedAndFullGiveTheSameBits() {
    int n = 9;
    double[] full = symmetric(n, new Random(1));
    double[] packed = new double[n * (n + 1) / 2];
    int at = 0;
    for (int i = 0; i < n; i++) {
      System.arraycopy(full, i * n + i, packed, at, n - i);
      at += n - i;
    }
    SymmetricEigen one = SymmetricEigen.of(packed, n);
    SymmetricEigen other = SymmetricEigen.of(full, n);
    for (int i = 0; i < n; i++) {
      assertThat(one.vector(i)).containsExactly(other.vector(i));
      assertThat(one.value(i)).isEqualTo(other.value(i));
    }
  }

  @Test
  void whatIsNoMatrixIsRefused() {
    assertThatThrownBy(() -> SymmetricEigen.of(new double[] {1, Double.NaN, 2}, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(0, 1)");
    assertThatThrownBy(() -> SymmetricEigen.of(new double[5], 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
