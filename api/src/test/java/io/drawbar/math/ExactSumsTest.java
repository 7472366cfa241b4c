package io.drawbar.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExactSumsTest {

  private static final int SIZE = 21;

  @ParameterizedTest
  @EnumSource(NastyDoubles.class)
  void eachElementIsTheRealSumRoundedOnceWhateverTheTree(NastyDoubles kind) throws IOException {
    for (int seed = 0; seed < 10; seed++) {
      Random random = new Random(seed);
      double[][] partials = partials(kind, random, 40);
      double[] expected = expected(partials);
      for (int order = 0; order < 4; order++) {
        assertThat(bits(mergedAtRandom(partials, random).round())).isEqualTo(bits(expected));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(NastyDoubles.class)
  void subtractingBlocksReturnsExactly(NastyDoubles kind) {
    Random random = new Random(5);
    double[][] kept = partials(kind, random, 20);
    ExactSums removed = new ExactSums(SIZE);
    for (double[] partial : partials(NastyDoubles.EVERYTHING, random, 20)) {
      removed.add(partial);
    }
    ExactSums sums = new ExactSums(SIZE);
    sums.merge(removed);
    for (double[] partial : kept) {
      sums.add(partial);
    }
    sums.subtract(removed);

    assertThat(bits(sums.round())).isEqualTo(bits(expected(kept)));
  }

  @Test
  void exactIsTheRealSum() {
    for (NastyDoubles kind : NastyDoubles.values()) {
      if (kind == NastyDoubles.EVERYTHING) {
        continue;
      }
      double[] values = kind.values(new Random(2), 50);
      ExactSums sums = new ExactSums(2);
      BigDecimal expected = BigDecimal.ZERO;
      for (double value : values) {
        sums.add(1, value);
        sums.addProduct(1, value, 0.1);
        BigDecimal decimal = new BigDecimal(value);
        expected = expected.add(decimal).add(decimal.multiply(new BigDecimal(0.1)));
      }
      assertThat(sums.exact(1)).isEqualByComparingTo(expected);
      assertThat(sums.exact(0)).isEqualByComparingTo(BigDecimal.ZERO);
    }
    ExactSums infinite = new ExactSums(1);
    infinite.add(0, Double.NEGATIVE_INFINITY);
    assertThatThrownBy(() -> infinite.exact(0))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("-Infinity");
  }

  @Test
  void mergesWithItself() {
    ExactSums sums = new ExactSums(2);
    sums.add(new double[] {0.1, 1e300});
    sums.add(new double[] {1e-30, 1e-300});
    sums.merge(sums);
    assertThat(sums.round()).containsExactly(0.2, 2e300);
    sums.subtract(sums);
    assertThat(sums.round()).containsExactly(0.0, 0.0);
  }

  @Test
  void sizesAndIndicesAreChecked() {
    ExactSums sums = new ExactSums(3);
    assertThatThrownBy(() -> sums.add(new double[4])).hasMessage("4 values for 3 sums");
    assertThatThrownBy(() -> sums.merge(new ExactSums(2))).hasMessage("2 values for 3 sums");
    assertThatThrownBy(() -> sums.add(3, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> sums.round(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new ExactSums(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theSizeIsCheckedBeforeAnythingIsAllocated() throws IOException {
    byte[] bytes = encoded(new ExactSums(3));
    bytes[0] = 0x7f;
    assertThatThrownBy(() -> decoded(bytes, 3))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("3 expected");
  }

  @Test
  void truncationsAndMutationsAreIoExceptionsOrOtherSums() throws IOException {
    ExactSums sums = new ExactSums(4);
    sums.add(new double[] {1e300, 0.1, Double.NaN, -1});
    sums.add(new double[] {1e-300, 0.2, 1, 1e-30});
    byte[] bytes = encoded(sums);
    for (int length = 0; length < bytes.length; length++) {
      byte[] truncated = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> decoded(truncated, 4)).isInstanceOf(IOException.class);
    }
    Random random = new Random(1);
    int refused = 0;
    for (int trial = 0; trial < 5000; trial++) {
      byte[] mutated = bytes.clone();
      for (int i = 0; i <= random.nextInt(3); i++) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      }
      try {
        ExactSums other = decoded(mutated, 4);
        assertThat(bits(decoded(encoded(other), 4).round())).isEqualTo(bits(other.round()));
      } catch (IOException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(100, 4900);
  }

  @Test
  void restsOutOfOrderOrOutOfRangeAreRefused() throws IOException {
    ExactSums sums = new ExactSums(2);
    sums.add(new double[] {Double.NaN, Double.NaN});
    byte[] bytes = encoded(sums);
    // Size, flags, two columns of two doubles, the number of rests; then the first index.
    int firstIndex = 4 + 1 + 2 * 2 * 8 + 4 + 3;
    for (byte index : new byte[] {1, 2, -1}) {
      byte[] mutated = bytes.clone();
      mutated[firstIndex] = index;
      assertThatThrownBy(() -> decoded(mutated, 2))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("rest at");
    }
  }

  @Test
  void longVectorsPassThroughTheCodec() throws IOException {
    ExactSums sums = new ExactSums(3000);
    double[] values = NastyDoubles.ORDINARY.values(new Random(1), 3000);
    sums.add(values);
    assertThat(bits(decoded(encoded(sums), 3000).round())).isEqualTo(bits(values));
  }

  private static double[][] partials(NastyDoubles kind, Random random, int count) {
    double[][] partials = new double[count][];
    for (int i = 0; i < count; i++) {
      partials[i] = kind.values(random, SIZE);
    }
    return partials;
  }

  private static double[] expected(double[][] partials) {
    double[] expected = new double[SIZE];
    for (int j = 0; j < SIZE; j++) {
      double[] column = new double[partials.length];
      for (int i = 0; i < column.length; i++) {
        column[i] = partials[i][j];
      }
      expected[j] = Oracle.sum(column);
    }
    return expected;
  }

  private static ExactSums mergedAtRandom(double[][] partials, Random random) throws IOException {
    List<ExactSums> tasks = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(6); i++) {
      tasks.add(new ExactSums(SIZE));
    }
    List<double[]> shuffled = new ArrayList<>(Arrays.asList(partials));
    Collections.shuffle(shuffled, random);
    for (double[] partial : shuffled) {
      ExactSums task = tasks.get(random.nextInt(tasks.size()));
      if (random.nextBoolean()) {
        task.add(partial);
      } else {
        for (int j = 0; j < SIZE; j++) {
          task.add(j, partial[j]);
        }
      }
    }
    while (tasks.size() > 1) {
      Collections.shuffle(tasks, random);
      ExactSums last = tasks.remove(tasks.size() - 1);
      tasks.get(0).merge(random.nextBoolean() ? last : decoded(encoded(last), SIZE));
    }
    return tasks.get(0);
  }

  private static byte[] encoded(ExactSums sums) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    sums.encode(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static ExactSums decoded(byte[] bytes, int size) throws IOException {
    return ExactSums.decode(new DataInputStream(new ByteArrayInputStream(bytes)), size);
  }

  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }
}
