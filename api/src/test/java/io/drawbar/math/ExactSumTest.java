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

class ExactSumTest {

  @ParameterizedTest
  @EnumSource(NastyDoubles.class)
  void roundsTheRealSumOnce(NastyDoubles kind) {
    for (int seed = 0; seed < 40; seed++) {
      double[] values = kind.values(new Random(seed), 1 + seed * 3);

      assertSameBits(sumOf(values).round(), Oracle.sum(values), kind, seed);
    }
  }

  @ParameterizedTest
  @EnumSource(NastyDoubles.class)
  void anyOrderAndAnyTreeOfMergesGivesTheSameBits(NastyDoubles kind) throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      double[] values = kind.values(random, 150);
      double expected = Oracle.sum(values);
      for (int order = 0; order < 5; order++) {
        assertSameBits(mergedAtRandom(values, random).round(), expected, kind, seed);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(NastyDoubles.class)
  void productsAreExact(NastyDoubles kind) {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      double[] a = kind.values(random, 1 + seed);
      double[] b =
          NastyDoubles.values()[seed % NastyDoubles.values().length].values(random, 1 + seed);
      ExactSum sum = new ExactSum();
      for (int i = 0; i < a.length; i++) {
        sum.addProduct(a[i], b[i]);
      }

      assertSameBits(sum.round(), Oracle.sumOfProducts(a, b), kind, seed);
    }
  }

  @ParameterizedTest
  @EnumSource(NastyDoubles.class)
  void subtractingReturnsExactly(NastyDoubles kind) {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      double[] kept = kind.values(random, 30);
      double[] removed = NastyDoubles.EVERYTHING.values(random, 30);
      ExactSum byValue = sumOf(removed);
      ExactSum bySum = sumOf(removed);
      for (double value : kept) {
        byValue.add(value);
        bySum.add(value);
      }
      for (double value : removed) {
        byValue.subtract(value);
      }
      bySum.subtract(sumOf(removed));

      assertSameBits(byValue.round(), Oracle.sum(kept), kind, seed);
      assertSameBits(bySum.round(), Oracle.sum(kept), kind, seed);
    }
  }

  @ParameterizedTest
  @EnumSource(NastyDoubles.class)
  void survivesEncodingAtAnyPoint(NastyDoubles kind) throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      double[] values = kind.values(random, 100);
      ExactSum sum = new ExactSum();
      for (double value : values) {
        sum.add(value);
        if (random.nextInt(5) == 0) {
          sum = decoded(encoded(sum));
        }
      }

      assertSameBits(sum.round(), Oracle.sum(values), kind, seed);
    }
  }

  @Test
  void plainFloatingMergesDoDiffer() {
    // The planted fault: the same trees of merges over plain doubles must be caught by the oracle.
    Random random = new Random(7);
    int differing = 0;
    for (int round = 0; round < 50; round++) {
      double[] values = NastyDoubles.ORDINARY.values(random, 200);
      List<Double> partials = new ArrayList<>();
      for (double value : values) {
        partials.add(value);
      }
      while (partials.size() > 1) {
        Collections.shuffle(partials, random);
        double last = partials.remove(partials.size() - 1);
        partials.set(0, partials.get(0) + last);
      }
      differing += partials.get(0) == Oracle.sum(values) ? 0 : 1;
    }

    assertThat(differing).isGreaterThan(25);
  }

  @Test
  void halfWayCasesGoToEvenUnlessSomethingTinyDecides() {
    double tiny = Double.MIN_VALUE;
    assertThat(sumOf(1, 0x1p-53).round()).isEqualTo(1);
    assertThat(sumOf(1, 0x1p-53, tiny).round()).isEqualTo(1 + 0x1p-52);
    assertThat(sumOf(1, 0x1p-53, -tiny).round()).isEqualTo(1);
    assertThat(sumOf(-1, -0x1p-53, -tiny).round()).isEqualTo(-1 - 0x1p-52);
    assertThat(sumOf(1 + 0x1p-52, 0x1p-53).round()).isEqualTo(1 + 0x1p-51);
    assertThat(sumOf(1 + 0x1p-52, 0x1p-53, -tiny).round()).isEqualTo(1 + 0x1p-52);
    assertThat(sumOf(1, -0x1p-54).round()).isEqualTo(1);
    assertThat(sumOf(1, -0x1p-54, -tiny).round()).isEqualTo(1 - 0x1p-53);
  }

  @Test
  void overflowsOnlyWhereTheTrueTotalDoes() {
    double max = Double.MAX_VALUE;
    assertThat(sumOf(max, max, -max).round()).isEqualTo(max);
    assertThat(sumOf(max, max).round()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(sumOf(-max, -max).round()).isEqualTo(Double.NEGATIVE_INFINITY);
    double halfUnit = 0x1p970;
    assertThat(sumOf(max, halfUnit).round()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(sumOf(max, halfUnit, -Double.MIN_VALUE).round()).isEqualTo(max);
  }

  @Test
  void infinitiesAndNaNAreCountedAndCanBeTakenBack() {
    double infinity = Double.POSITIVE_INFINITY;
    ExactSum sum = sumOf(0.1, infinity, infinity);
    assertThat(sum.round()).isEqualTo(infinity);
    sum.add(-infinity);
    assertThat(sum.round()).isNaN();
    sum.subtract(-infinity);
    assertThat(sum.round()).isEqualTo(infinity);
    sum.subtract(infinity);
    sum.subtract(infinity);
    assertThat(sum.round()).isEqualTo(0.1);
    sum.subtract(infinity);
    assertThat(sum.round()).isNaN();
    sum.add(infinity);
    sum.add(Double.longBitsToDouble(0xfff8_0000_0000_1234L));
    assertThat(Double.doubleToRawLongBits(sum.round())).isEqualTo(0x7ff8_0000_0000_0000L);
    sum.subtract(Double.NaN);
    assertThat(sum.round()).isEqualTo(0.1);
  }

  @Test
  void productsOfWhatIsNotFiniteFollowTheStandard() {
    ExactSum sum = new ExactSum();
    sum.addProduct(Double.POSITIVE_INFINITY, -2);
    assertThat(sum.round()).isEqualTo(Double.NEGATIVE_INFINITY);
    sum.addProduct(Double.POSITIVE_INFINITY, 0);
    assertThat(sum.round()).isNaN();
  }

  @Test
  void productsBeyondTheRangeOfDoublesCancel() {
    ExactSum sum = new ExactSum();
    sum.addProduct(Double.MAX_VALUE, Double.MAX_VALUE);
    assertThat(sum.round()).isEqualTo(Double.POSITIVE_INFINITY);
    sum.addProduct(Double.MIN_VALUE, Double.MIN_VALUE);
    sum.addProduct(-Double.MAX_VALUE, Double.MAX_VALUE);
    assertThat(sum.round()).isEqualTo(0.0);
    for (int i = 0; i < 3; i++) {
      sum.addProduct(Double.MIN_VALUE, 0.25);
    }
    assertThat(sum.round()).isEqualTo(Double.MIN_VALUE);
  }

  @Test
  void zeroIsPositive() {
    long positiveZero = Double.doubleToRawLongBits(0.0);
    assertThat(Double.doubleToRawLongBits(new ExactSum().round())).isEqualTo(positiveZero);
    assertThat(Double.doubleToRawLongBits(sumOf(-0.0, -0.0).round())).isEqualTo(positiveZero);
    assertThat(Double.doubleToRawLongBits(sumOf(-3, 3).round())).isEqualTo(positiveZero);
    assertThat(Double.doubleToRawLongBits(sumOf(-1e300, 1e300).round())).isEqualTo(positiveZero);
    ExactSum underflow = new ExactSum();
    underflow.addProduct(-Double.MIN_VALUE, Double.MIN_VALUE);
    underflow.addProduct(Double.MIN_VALUE, Double.MIN_VALUE);
    assertThat(Double.doubleToRawLongBits(underflow.round())).isEqualTo(positiveZero);
  }

  @Test
  void mergesWithItself() {
    ExactSum sum = sumOf(0.1, 1e300, 1e-300, 3);
    sum.merge(sum);
    assertThat(sum.round()).isEqualTo(2e300);
    sum.subtract(sum);
    assertThat(sum.round()).isEqualTo(0.0);
  }

  @Test
  void everyTruncationIsAnIoException() throws IOException {
    byte[] bytes = encoded(sumOf(1e300, 1e-300, Double.NaN, 0.1));
    for (int length = 0; length < bytes.length; length++) {
      byte[] truncated = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> decoded(truncated)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aMutationIsAnIoExceptionOrAnotherSumThatEncodes() throws IOException {
    byte[] bytes = encoded(sumOf(1e300, 1e-300, Double.POSITIVE_INFINITY, 0.1));
    int refused = 0;
    for (int at = 0; at < bytes.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] mutated = bytes.clone();
        mutated[at] ^= (byte) (1 << bit);
        try {
          ExactSum sum = decoded(mutated);
          assertThat(Double.compare(decoded(encoded(sum)).round(), sum.round())).isZero();
        } catch (IOException e) {
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(16);
  }

  @Test
  void nonsenseIsRefused() throws IOException {
    byte[] plain = encoded(sumOf(1, 2, 3));
    byte[] flags = plain.clone();
    flags[0] = 2;
    assertThatThrownBy(() -> decoded(flags)).hasMessage("exact sum: unknown flags 2");
    byte[] infinite = plain.clone();
    infinite[1] = 0x7f;
    infinite[2] = (byte) 0xf0;
    assertThatThrownBy(() -> decoded(infinite)).hasMessageContaining("Infinity");
    byte[] withRest = encoded(sumOf(1e300));
    byte[] longRest = withRest.clone();
    longRest[25] = (byte) 0xff;
    assertThatThrownBy(() -> decoded(longRest)).hasMessageContaining("impossible length");
    byte[] unknown = withRest.clone();
    unknown[27] = 4;
    assertThatThrownBy(() -> decoded(unknown)).hasMessageContaining("unknown flags");
  }

  @Test
  void theOracleItselfAgreesWithTheJdkWhereThatIsSound() {
    Random random = new Random(3);
    for (int i = 0; i < 500; i++) {
      double[] values = NastyDoubles.ORDINARY.values(random, 5);
      BigDecimal exact = BigDecimal.ZERO;
      for (double value : values) {
        exact = exact.add(new BigDecimal(value));
      }
      assertThat(Oracle.sum(values)).isEqualTo(Double.parseDouble(exact.toString()));
    }
  }

  private static ExactSum sumOf(double... values) {
    ExactSum sum = new ExactSum();
    for (double value : values) {
      sum.add(value);
    }
    return sum;
  }

  private static ExactSum mergedAtRandom(double[] values, Random random) throws IOException {
    List<ExactSum> partials = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(20); i++) {
      partials.add(new ExactSum());
    }
    for (double value : values) {
      partials.get(random.nextInt(partials.size())).add(value);
    }
    while (partials.size() > 1) {
      Collections.shuffle(partials, random);
      ExactSum last = partials.remove(partials.size() - 1);
      partials.get(0).merge(random.nextBoolean() ? last : decoded(encoded(last)));
    }
    return partials.get(0);
  }

  private static byte[] encoded(ExactSum sum) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    sum.encode(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static ExactSum decoded(byte[] bytes) throws IOException {
    return ExactSum.decode(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  private static void assertSameBits(double found, double expected, NastyDoubles kind, int seed) {
    assertThat(Double.doubleToRawLongBits(found))
        .as("%s, seed %s: %s expected, %s found", kind, seed, expected, found)
        .isEqualTo(Double.doubleToRawLongBits(expected));
  }
}
