package io.drawbar.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GramFoldTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 14, 15, 16, 17, 18, 19, 27, 40, 65, 130})
  void entriesHaveTheBitsOfDot(int width) {
    for (int rows : new int[] {0, 1, 7, 8, 31, 32, 33, 300, 1029}) {
      double[][] columns = columns(NastyDoubles.ORDINARY, width, rows);
      GramFold fold = new GramFold(width);
      double[] packed = new double[fold.packedLength()];
      fold.add(columns, rows);
      fold.finish(packed);

      assertThat(bits(packed)).isEqualTo(bits(dots(columns, rows)));
    }
  }

  @ParameterizedTest
  @EnumSource(NastyDoubles.class)
  void nastyValuesDoNotTellTheTilingEither(NastyDoubles kind) {
    for (int width : new int[] {5, 29}) {
      double[][] columns = columns(kind, width, 203);
      GramFold fold = new GramFold(width);
      double[] packed = new double[fold.packedLength()];
      fold.add(columns, 203);
      fold.finish(packed);

      assertThat(bits(packed)).isEqualTo(bits(dots(columns, 203)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 15, 16, 61})
  void piecesGiveTheSameBitsAsOneBlock(int width) {
    int rows = 1500;
    double[][] columns = columns(NastyDoubles.SPREAD_40, width, rows);
    double[] expected = dots(columns, rows);
    GramFold fold = new GramFold(width);
    double[] packed = new double[fold.packedLength()];
    Random random = new Random(width);
    for (int trial = 0; trial < 10; trial++) {
      int longest = trial < 5 ? 700 : 20;
      for (int from = 0; from < rows; ) {
        int count = Math.min(rows - from, random.nextInt(longest));
        double[][] piece = new double[width][];
        for (int j = 0; j < width; j++) {
          piece[j] = Arrays.copyOfRange(columns[j], from, from + count + 2);
        }
        fold.add(piece, count);
        from += count;
      }
      fold.finish(packed);

      assertThat(bits(packed)).isEqualTo(bits(expected));
    }
  }

  @Test
  void anEntryDoesNotDependOnTheOtherColumns() {
    double[][] columns = columns(NastyDoubles.ORDINARY, 50, 777);
    GramFold wide = new GramFold(50);
    GramFold narrow = new GramFold(3);
    double[] widePacked = new double[wide.packedLength()];
    double[] narrowPacked = new double[narrow.packedLength()];
    wide.add(columns, 777);
    wide.finish(widePacked);
    narrow.add(Arrays.copyOf(columns, 3), 777);
    narrow.finish(narrowPacked);

    assertThat(bits(Arrays.copyOf(narrowPacked, 3))).isEqualTo(bits(Arrays.copyOf(widePacked, 3)));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 33, 90})
  void agreesWithEjml(int width) {
    int rows = 500;
    double[][] columns = columns(NastyDoubles.ORDINARY, width, rows);
    DMatrixRMaj transposed = new DMatrixRMaj(columns);
    DMatrixRMaj product = new DMatrixRMaj(width, width);
    CommonOps_DDRM.multTransB(transposed, transposed, product);
    GramFold fold = new GramFold(width);
    double[] packed = new double[fold.packedLength()];
    fold.add(columns, rows);
    fold.finish(packed);
    int at = 0;
    for (int i = 0; i < width; i++) {
      for (int j = i; j < width; j++) {
        double scale = Math.sqrt(product.get(i, i) * product.get(j, j));
        assertThat(packed[at++]).isCloseTo(product.get(i, j), within(1e-13 * scale));
      }
    }
  }

  @Test
  void shapesAreChecked() {
    GramFold fold = new GramFold(3);
    assertThatThrownBy(() -> fold.add(new double[2][5], 5)).hasMessage("2 columns for 3");
    assertThatThrownBy(() -> fold.add(new double[3][5], 6))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> fold.finish(new double[9])).hasMessage("9 elements for 6 entries");
    assertThatThrownBy(() -> new GramFold(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static double[][] columns(NastyDoubles kind, int width, int rows) {
    Random random = new Random(width * 1000L + rows);
    double[][] columns = new double[width][];
    for (int j = 0; j < width; j++) {
      columns[j] = kind.values(random, rows);
    }
    return columns;
  }

  private static double[] dots(double[][] columns, int rows) {
    double[] packed = new double[columns.length * (columns.length + 1) / 2];
    int at = 0;
    for (int i = 0; i < columns.length; i++) {
      for (int j = i; j < columns.length; j++) {
        packed[at++] = Dot.dot(columns[i], columns[j], rows);
      }
    }
    return packed;
  }

  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }
}
