package io.drawbar.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearestCentreTest {
  /** The law, as plainly as it can be written. */
  private static double distance(double[] a, double[] b) {
    double[] lanes = new double[8];
    for (int j = 0; j < a.length; j++) {
      lanes[j % 8] += (a[j] - b[j]) * (a[j] - b[j]);
    }
    return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6]))
        + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
  }

  private static double[] row(double[][] tile, int i) {
    double[] row = new double[tile.length];
    for (int j = 0; j < row.length; j++) {
      row[j] = tile[j][i];
    }
    return row;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 16, 17, 25, 32, 33, 40, 41, 70, 200})
  void findsWhatALoopFinds(int elements) {
    Random random = new Random(elements);
    for (int clusters : new int[] {1, 2, 15, 16, 17, 33}) {
      double[][] centres = new double[clusters][];
      for (int c = 0; c < clusters; c++) {
        // Some are there twice, and many rows are in the middle of two.
        centres[c] =
            c > 3 && random.nextInt(5) == 0
                ? centres[random.nextInt(c)].clone()
                : random.ints(elements, -3, 4).asDoubleStream().toArray();
      }
      int rows = NearestCentre.rowsAtOnce(elements) - random.nextInt(9);
      double[][] tile = new double[elements][];
      for (int j = 0; j < elements; j++) {
        tile[j] =
            random.nextBoolean()
                ? random.ints(rows, -3, 4).asDoubleStream().toArray()
                : random.doubles(rows, -3, 4).toArray();
      }
      int[] nearest = new int[rows];
      double[] least = new double[rows];
      double[] second = new double[rows];
      double[] own = new double[rows];
      NearestCentre search = new NearestCentre(centres);
      search.find(tile, rows, nearest, least, second);
      search.distances(tile, rows, nearest, own);
      assertGuessesChangeNothing(search, tile, rows, random);
      for (int i = 0; i < rows; i++) {
        double[] row = row(tile, i);
        double[] distances =
            Arrays.stream(centres).mapToDouble(centre -> distance(row, centre)).toArray();
        int wanted = 0;
        for (int c = 0; c < clusters; c++) {
          wanted = distances[c] < distances[wanted] ? c : wanted;
        }
        Arrays.sort(distances);
        assertThat(nearest[i]).isEqualTo(wanted);
        assertThat(least[i]).isEqualTo(distances[0]);
        assertThat(own[i]).isEqualTo(distances[0]);
        assertThat(second[i]).isEqualTo(clusters == 1 ? Double.POSITIVE_INFINITY : distances[1]);
        assertThat(NearestCentre.squaredDistance(row, centres[wanted])).isEqualTo(least[i]);
      }
    }
  }

  private static void assertGuessesChangeNothing(
      NearestCentre search, double[][] tile, int rows, Random random) {
    int[] wanted = new int[rows];
    double[] least = new double[rows];
    double[] second = new double[rows];
    search.find(tile, rows, wanted, least, second);
    int[] guesses = new int[rows];
    for (int i = 0; i < rows; i++) {
      guesses[i] = random.nextBoolean() ? wanted[i] : random.nextInt(search.size() + 1) - 1;
    }
    int[] found = new int[rows];
    double[] foundLeast = new double[rows];
    double[] foundSecond = new double[rows];
    search.find(tile, rows, guesses, found, foundLeast, foundSecond);
    assertThat(found).isEqualTo(wanted);
    assertThat(foundLeast).isEqualTo(least);
    assertThat(foundSecond).isEqualTo(second);
  }

  /** Each of the rounding errors is one of 2^-53; a lane has as many as it has elements, and 6. */
  @ParameterizedTest
  @ValueSource(ints = {1, 8, 20, 100})
  void distancesAreRightToTheirLastDigits(int elements) {
    Random random = new Random(elements);
    for (int run = 0; run < 50; run++) {
      double[] a = random.doubles(elements, 1e6, 1e6 + 1).toArray();
      double[] b = random.doubles(elements, 1e6, 1e6 + 1).toArray();
      BigDecimal exact = BigDecimal.ZERO;
      for (int j = 0; j < elements; j++) {
        BigDecimal difference = new BigDecimal(a[j]).subtract(new BigDecimal(b[j]));
        exact = exact.add(difference.multiply(difference));
      }
      double found = NearestCentre.squaredDistance(a, b);
      double error = new BigDecimal(found).subtract(exact).abs().doubleValue();
      assertThat(error).isLessThanOrEqualTo(found * (elements / 8 + 7) * 0x1p-53);
    }
  }

  @Test
  void whatIsNotFinite() {
    double[][] tile = {{Double.NaN, Double.POSITIVE_INFINITY, 1e200, 0}, {0, 0, 0, Double.NaN}};
    int[] nearest = new int[4];
    for (int clusters : new int[] {2, 20}) {
      double[][] centres = new double[clusters][];
      for (int c = 0; c < clusters; c++) {
        centres[c] = new double[] {c + 1, c};
      }
      new NearestCentre(centres).find(tile, 4, nearest, new double[4], new double[4]);
      assertThat(nearest).containsExactly(-1, 0, 0, -1);
    }
  }

  @Test
  void centresAreOfOneSize() {
    assertThatThrownBy(() -> new NearestCentre(new double[][] {{1, 2}, {3}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 elements beside one of 2");
    assertThatThrownBy(() -> new NearestCentre(new double[0][]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
