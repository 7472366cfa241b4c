package io.drawbar.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 9, 30, 101})
  void solvesAsEjmlDoes(int n) {
    Random random = new Random(n);
    double[] matrix = correlations(n, random);
    double[] b = NastyDoubles.ORDINARY.values(random, n);
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(n);
    DMatrixRMaj expected = new DMatrixRMaj(n, 1);
    assertThat(solver.setA(new DMatrixRMaj(n, n, true, matrix.clone()))).isTrue();
    solver.solve(new DMatrixRMaj(n, 1, true, b.clone()), expected);
    double[] x = Cholesky.factor(matrix, n, 1e-12).solve(b);
    double largest = 0;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, Math.abs(expected.get(i)));
    }
    for (int i = 0; i < n; i++) {
      assertThat(x[i]).isCloseTo(expected.get(i), within(1e-11 * largest));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 9, 30})
  void theDiagonalOfTheInverseIsThatOfSolutions(int n) {
    Random random = new Random(n);
    Cholesky factor = Cholesky.factor(correlations(n, random), n, 1e-12);
    double[] diagonal = factor.inverseDiagonal();
    for (int i = 0; i < n; i++) {
      double[] unit = new double[n];
      unit[i] = 1;
      double wanted = factor.solve(unit)[i];
      assertThat(diagonal[i]).isCloseTo(wanted, within(1e-11 * wanted));
      assertThat(factor.inverseForm(unit)).isEqualTo(diagonal[i]);
    }
    double[] b = NastyDoubles.ORDINARY.values(random, n);
    double[] x = factor.solve(b);
    double wanted = 0;
    for (int i = 0; i < n; i++) {
      wanted += b[i] * x[i];
    }
    assertThat(factor.inverseForm(b)).isCloseTo(wanted, within(1e-10 * wanted));
    assertThatThrownBy(() -> factor.inverseForm(new double[n + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6, 23})
  void packedAndFullGiveTheSameBitsAndTheLowerTriangleIsNotRead(int n) {
    Random random = new Random(n);
    double[] matrix = correlations(n, random);
    double[] b = NastyDoubles.ORDINARY.values(random, n);
    double[] packed = packed(matrix, n);
    for (int i = 0; i < n; i++) {
      Arrays.fill(matrix, i * n, i * n + i, Double.NaN);
    }
    assertThat(Cholesky.factor(packed, n, 0).solve(b))
        .containsExactly(Cholesky.factor(matrix, n, 0).solve(b));
  }

  @Test
  void followsTheOrderInItsContract() {
    int n = 19;
    double[] matrix = correlations(n, new Random(2));
    double[] b = NastyDoubles.ORDINARY.values(new Random(3), n);
    double[][] r = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        double sum = matrix[i * n + j];
        for (int k = 0; k < i; k++) {
          sum -= r[k][i] * r[k][j];
        }
        r[i][j] = j == i ? Math.sqrt(sum) : sum / r[i][i];
      }
    }
    double[] x = b.clone();
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= r[k][i] * x[k];
      }
      x[i] /= r[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int j = i + 1; j < n; j++) {
        x[i] -= r[i][j] * x[j];
      }
      x[i] /= r[i][i];
    }
    assertThat(Cholesky.factor(matrix, n, 0).solve(b)).containsExactly(x);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 8})
  void hilbertMatricesAreSolvedWithASmallResidual(int n) {
    double[] hilbert = hilbert(n);
    double[] b = new double[n];
    Arrays.fill(b, 1.0);
    SymmetricScaling scaling = SymmetricScaling.of(hilbert, n);
    Cholesky factor = Cholesky.factor(scaling.scale(hilbert), n, 1e-15);
    double[] x = scaling.unscaleSolution(factor.solve(scaling.scaleRight(b)));
    for (int i = 0; i < n; i++) {
      BigDecimal residual = BigDecimal.ONE;
      double size = 1;
      for (int j = 0; j < n; j++) {
        BigDecimal entry = new BigDecimal(hilbert[i * n + j]);
        residual = residual.subtract(entry.multiply(new BigDecimal(x[j])));
        size += Math.abs(hilbert[i * n + j] * x[j]);
      }
      // Backward stable: small against |A| |x|, however bad the condition.
      assertThat(Math.abs(residual.doubleValue())).isLessThan(1e-14 * n * size);
    }
  }

  @Test
  void aHilbertMatrixTooBadForDoublesIsRefused() {
    double[] scaled = SymmetricScaling.of(hilbert(20), 20).scale(hilbert(20));
    NotPositiveDefiniteException refused =
        catchThrowableOfType(
            NotPositiveDefiniteException.class, () -> Cholesky.factor(scaled, 20, 1e-12));
    assertThat(refused.column()).isBetween(5, 12);
    assertThat(refused.pivot()).isLessThanOrEqualTo(1e-12);
  }

  @Test
  void theFirstDependentColumnIsNamed() {
    Random random = new Random(6);
    int n = 12;
    double[][] columns = new double[n][];
    for (int j = 0; j < n; j++) {
      columns[j] = NastyDoubles.ORDINARY.values(random, 300);
    }
    for (int row = 0; row < 300; row++) {
      columns[7][row] = 2 * columns[1][row] - 3 * columns[4][row];
      columns[10][row] = columns[0][row];
    }
    double[] gram = gram(columns);
    double[] scaled = SymmetricScaling.of(gram, n).scale(gram);
    assertThatThrownBy(() -> Cholesky.factor(scaled, n, 1e-10))
        .isInstanceOfSatisfying(
            NotPositiveDefiniteException.class,
            refused -> {
              assertThat(refused.column()).isEqualTo(7);
              assertThat(refused.pivot()).isCloseTo(0, within(1e-12));
              assertThat(refused).hasMessageContaining("column 7");
            });
  }

  @Test
  void aConstantColumnIsNamed() {
    double[] matrix = {4, 0, 1, 0, 0, 0, 1, 0, 9};
    double[] scaled = SymmetricScaling.of(matrix, 3).scale(matrix);
    assertThat(scaled).containsExactly(1, 0, 1 / 6.0, 0, 0, 0, 1 / 6.0, 0, 1);
    assertThatThrownBy(() -> Cholesky.factor(scaled, 3, 1e-10))
        .hasMessage("matrix is not positive definite: pivot 0.0 at column 1");
  }

  @Test
  void whatIsNotFiniteIsRefused() {
    assertThatThrownBy(() -> Cholesky.factor(new double[] {1, Double.NaN, 1}, 2, 0))
        .isInstanceOf(NotPositiveDefiniteException.class)
        .hasMessageContaining("column 1");
    assertThatThrownBy(() -> Cholesky.factor(new double[] {Double.POSITIVE_INFINITY}, 1, 0))
        .isInstanceOf(NotPositiveDefiniteException.class);
    assertThatThrownBy(() -> SymmetricScaling.of(new double[] {1, 0, -1}, 2))
        .hasMessageContaining("pivot -1.0 at column 1");
  }

  @Test
  void scalingGivesAUnitDiagonalAndComesBack() {
    Random random = new Random(1);
    int n = 15;
    double[][] columns = new double[n][];
    for (int j = 0; j < n; j++) {
      columns[j] = NastyDoubles.SPREAD_40.values(random, 100);
      double unit = Math.scalb(1.0, 60 * (j - 7));
      columns[j] = Arrays.stream(columns[j]).map(value -> value * unit).toArray();
    }
    double[] gram = gram(columns);
    SymmetricScaling scaling = SymmetricScaling.of(gram, n);
    double[] scaled = scaling.scale(gram);
    double[] back = scaling.unscale(scaled);
    int at = 0;
    for (int i = 0; i < n; i++) {
      assertThat(scaled[at]).isEqualTo(1.0);
      for (int j = i; j < n; j++, at++) {
        assertThat(Math.abs(scaled[at])).isLessThan(1 + 1e-13);
        assertThat(back[at]).isCloseTo(gram[at], within(1e-15 * Math.abs(gram[at])));
      }
    }
  }

  @Test
  void shapesAreChecked() {
    assertThatThrownBy(() -> Cholesky.factor(new double[5], 3, 0))
        .hasMessage("5 elements for a matrix of 3 rows: neither packed nor full");
    assertThatThrownBy(() -> Cholesky.factor(new double[1], 1, Double.NaN))
        .hasMessage("pivot tolerance is NaN");
    Cholesky one = Cholesky.factor(new double[] {4}, 1, 0);
    assertThat(one.size()).isEqualTo(1);
    assertThat(one.solve(new double[] {8})).containsExactly(2);
    assertThatThrownBy(() -> one.solve(new double[2])).hasMessage("2 elements for 1 rows");
  }

  private static double[] correlations(int n, Random random) {
    double[][] columns = new double[n][];
    for (int j = 0; j < n; j++) {
      columns[j] = NastyDoubles.ORDINARY.values(random, 3 * n + 5);
    }
    double[] scaled = SymmetricScaling.of(gram(columns), n).scale(gram(columns));
    double[] full = new double[n * n];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        full[i * n + j] = scaled[at];
        full[j * n + i] = scaled[at++];
      }
    }
    return full;
  }

  private static double[] gram(double[][] columns) {
    GramFold fold = new GramFold(columns.length);
    double[] packed = new double[fold.packedLength()];
    fold.add(columns, columns[0].length);
    fold.finish(packed);
    return packed;
  }

  private static double[] packed(double[] full, int n) {
    double[] packed = new double[n * (n + 1) / 2];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        packed[at++] = full[i * n + j];
      }
    }
    return packed;
  }

  private static double[] hilbert(int n) {
    double[] matrix = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        matrix[i * n + j] = 1.0 / (i + j + 1);
      }
    }
    return matrix;
  }
}
