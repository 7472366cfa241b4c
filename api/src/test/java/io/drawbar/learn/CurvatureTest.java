package io.drawbar.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CurvatureTest {
  /** X'X of more rows than columns, of which some columns may repeat others. */
  private static double[] gram(double[][] x) {
    int size = x[0].length;
    double[] packed = new double[Curvature.packedLength(size)];
    int at = 0;
    for (int i = 0; i < size; i++) {
      for (int j = i; j < size; j++, at++) {
        for (double[] row : x) {
          packed[at] += row[i] * row[j];
        }
      }
    }
    return packed;
  }

  private static double[][] rows(int rows, int columns) {
    Random random = new Random(4);
    double[][] x = new double[rows][];
    Arrays.setAll(x, i -> random.doubles(columns, -1, 1).toArray());
    return x;
  }

  @Test
  void whatIsSolvedIsWhatWasMultiplied() {
    double[][] x = rows(50, 7);
    Curvature curvature = new Curvature.Full(gram(x), 7);
    double[] wanted = {1, -2, 3, 0, .5, 7, -1};
    double[] slopes = curvature.times(wanted);
    assertThat(curvature.solve(slopes)).containsExactly(wanted, within(1e-12));
    double[] column = new double[7];
    curvature.addColumn(3, 2, column);
    assertThat(column[3]).isEqualTo(2 * curvature.at(3));
    double square = 0;
    for (double[] row : x) {
      square += row[3] * row[3];
    }
    assertThat(curvature.at(3)).isCloseTo(square, within(1e-7 * square));
  }

  @Test
  void columnsThatAreTheSameMoveAlikeAndThoseThatAreNothingStay() {
    double[][] x = rows(50, 5);
    for (double[] row : x) {
      row[3] = row[1];
      row[2] = 0;
      row[4] = row[0] - row[1];
    }
    Curvature curvature = new Curvature.Full(gram(x), 5);
    double[] slopes = {1, -.5, 0, -.5, 1.5};
    double[] found = curvature.solve(slopes);
    assertThat(found).doesNotContain(Double.NaN);
    assertThat(found[1]).isCloseTo(found[3], within(1e-14));
    assertThat(found[2]).isZero();
    double[] back = curvature.times(found);
    assertThat(back).containsExactly(slopes, within(1e-12));
  }

  @Test
  void aDiagonalStaysWhereItKnowsNothing() {
    Curvature curvature = new Curvature.Diagonal(new double[] {2, 0, 4});
    assertThat(curvature.solve(new double[] {1, 5, 1})).containsExactly(.5, 0, .25);
    assertThat(curvature.times(new double[] {1, 5, 1})).containsExactly(2, 0, 4);
    assertThat(curvature.size()).isEqualTo(3);
  }

  @Test
  void aMatrixHasNoMoreRowsThanTaskCanSend() {
    assertThatThrownBy(() -> Curvature.packedLength(Curvature.MOST + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Curvature.packedLength(Curvature.MOST)).isEqualTo(256 * 257 / 2);
  }
}
