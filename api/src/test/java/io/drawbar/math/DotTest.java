package io.drawbar.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DotTest {

  @ParameterizedTest
  @EnumSource(NastyDoubles.class)
  void followsTheLawBitForBit(NastyDoubles kind) {
    for (int length = 0; length < 60; length++) {
      Random random = new Random(length);
      double[] a = kind.values(random, length + 3);
      double[] b = kind.values(random, length);

      assertThat(bits(Dot.dot(a, b, length))).isEqualTo(bits(law(a, b, length)));
    }
  }

  @Test
  void differsFromThePlainLoop() {
    Random random = new Random(1);
    int differing = 0;
    for (int trial = 0; trial < 100; trial++) {
      double[] a = NastyDoubles.ORDINARY.values(random, 100);
      double[] b = NastyDoubles.ORDINARY.values(random, 100);
      double plain = 0;
      for (int i = 0; i < 100; i++) {
        plain += a[i] * b[i];
      }
      differing += plain == Dot.dot(a, b, 100) ? 0 : 1;
    }
    assertThat(differing).isGreaterThan(50);
  }

  @ParameterizedTest
  @EnumSource(NastyDoubles.class)
  void marginsHaveTheBitsOfDotOverEachRow(NastyDoubles kind) {
    for (int width :
        new int[] {
          0, 1, 2, 4, 5, 7, 8, 9, 12, 13, 16, 17, 20, 21, 23, 24, 25, 31, 32, 33, 57, 100
        }) {
      for (int rows : new int[] {1, 7, 8, 100, 1300}) {
        Random random = new Random(width * 31 + rows);
        double[][] columns = new double[width][];
        for (int j = 0; j < width; j++) {
          columns[j] = kind.values(random, rows);
        }
        double[] weights = kind.values(random, width);
        int from = random.nextInt(rows);
        double[] out = new double[rows + 1];
        Dot.margins(columns, weights, from, rows, out);
        double[] element = new double[width];
        for (int row = 0; row < rows; row++) {
          for (int j = 0; j < width; j++) {
            element[j] = columns[j][row];
          }
          double expected = row < from ? 0.0 : Dot.dot(element, weights, width);
          assertThat(bits(out[row])).isEqualTo(bits(expected));
        }
        assertThat(out[rows]).isZero();
      }
    }
  }

  @Test
  void compiledCodeKeepsTheBits() {
    // Enough calls for C2: interpreter and compiler must agree.
    Random random = new Random(9);
    double[] a = NastyDoubles.ORDINARY.values(random, 131);
    double[] b = NastyDoubles.ORDINARY.values(random, 131);
    long first = bits(Dot.dot(a, b, 131));
    for (int i = 0; i < 30_000; i++) {
      if (bits(Dot.dot(a, b, 131)) != first) {
        throw new AssertionError("call " + i + " differs");
      }
    }
  }

  @Test
  void shapesAreChecked() {
    assertThatThrownBy(() -> Dot.dot(new double[3], new double[2], 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Dot.margins(new double[2][9], new double[3], 0, 9, new double[9]))
        .hasMessage("3 weights for 2 columns");
    assertThatThrownBy(() -> Dot.margins(new double[2][8], new double[2], 0, 9, new double[9]))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  static double law(double[] a, double[] b, int length) {
    double[] lane = new double[8];
    for (int i = 0; i < length; i++) {
      lane[i % 8] += a[i] * b[i];
    }
    return ((lane[0] + lane[4]) + (lane[2] + lane[6]))
        + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
  }

  /** All NaN alike: only the package promises the canonical one, and that is checked here. */
  private static long bits(double value) {
    return Double.doubleToLongBits(value);
  }

  @Test
  void naNIsCanonical() {
    double[] bad = {Double.longBitsToDouble(0xfff8_0000_0000_0001L)};
    double[] one = {1};
    long canonical = 0x7ff8_0000_0000_0000L;
    assertThat(Double.doubleToRawLongBits(Dot.dot(bad, one, 1))).isEqualTo(canonical);
    double[] infinities = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    double[][] columns = {new double[20], new double[20]};
    columns[0][19] = 1;
    columns[1][19] = 1;
    columns[0][3] = 1;
    double[] out = new double[20];
    Dot.margins(columns, infinities, 0, 20, out);
    for (double value : out) {
      assertThat(Double.doubleToRawLongBits(value)).isEqualTo(canonical);
    }
  }
}
