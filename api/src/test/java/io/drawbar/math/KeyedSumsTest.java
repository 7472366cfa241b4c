package io.drawbar.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyedSumsTest {

  private static final int GROUPS = 70;

  @ParameterizedTest
  @EnumSource(NastyDoubles.class)
  void groupsAreRoundedOnceThoughTheirRowsWereSpreadOverTasks(NastyDoubles kind) {
    Random random = new Random(11);
    KeyedExactSums[] tasks = {new KeyedExactSums(), new KeyedExactSums(), new KeyedExactSums()};
    double[][] rows = new double[GROUPS][];
    for (int group = 0; group < GROUPS; group++) {
      rows[group] = kind.values(random, 1 + random.nextInt(30));
      for (KeyedExactSums task : tasks) {
        task.grow(group + 1);
      }
      for (double value : rows[group]) {
        tasks[random.nextInt(tasks.length)].add(group, value);
      }
    }
    KeyedExactSums total = new KeyedExactSums();
    total.grow(GROUPS);
    for (KeyedExactSums task : tasks) {
      for (int g = 0; g < GROUPS; g++) {
        total.addState(g, task.high(g), task.middle(g), task.low(g), task.rest(g));
      }
    }
    for (int group = 0; group < GROUPS; group++) {
      assertThat(Double.doubleToRawLongBits(total.round(group)))
          .isEqualTo(Double.doubleToRawLongBits(Oracle.sum(rows[group])));
    }
  }

  @ParameterizedTest
  @EnumSource(NastyDoubles.class)
  void manyValuesAtOnceAreAsOneAfterTheOther(NastyDoubles kind) {
    Random random = new Random(12);
    KeyedExactSums one = new KeyedExactSums();
    KeyedExactSums many = new KeyedExactSums();
    one.grow(GROUPS);
    many.grow(GROUPS);
    for (int batch = 0; batch < 60; batch++) {
      double[] values = kind.values(random, 1 + random.nextInt(200));
      boolean all = random.nextBoolean();
      int count = all ? values.length : random.nextInt(values.length);
      int[] groups = random.ints(values.length, 0, GROUPS).toArray();
      int[] rows =
          all ? null : random.ints(0, values.length).distinct().limit(count).sorted().toArray();
      many.addEach(groups, values, rows, count);
      for (int n = 0; n < count; n++) {
        one.add(groups[n], values[all ? n : rows[n]]);
      }
      for (int group = 0; group < GROUPS; group++) {
        assertThat(Double.doubleToRawLongBits(many.high(group)))
            .isEqualTo(Double.doubleToRawLongBits(one.high(group)));
        assertThat(Double.doubleToRawLongBits(many.middle(group)))
            .isEqualTo(Double.doubleToRawLongBits(one.middle(group)));
        assertThat(Double.doubleToRawLongBits(many.low(group)))
            .isEqualTo(Double.doubleToRawLongBits(one.low(group)));
        assertThat(many.rest(group)).isEqualTo(one.rest(group));
      }
    }
    assertThatThrownBy(() -> many.addEach(new int[] {GROUPS}, new double[1], null, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void ordinaryGroupsHaveNoThirdDoubleAndNoRest() {
    KeyedExactSums sums = new KeyedExactSums();
    sums.grow(1);
    for (int i = 0; i < 1000; i++) {
      sums.add(0, i * 0.01);
    }
    assertThat(sums.low(0)).isZero();
    assertThat(sums.rest(0)).isNull();
  }

  @Test
  void statesThatCannotBeAreRefused() {
    KeyedExactSums sums = new KeyedExactSums();
    sums.grow(2);
    assertThat(sums.groups()).isEqualTo(2);
    assertThatThrownBy(() -> sums.addState(0, Double.NaN, 0, 0, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sums.addState(0, 1, 0, 0, new byte[2000]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("impossible length");
    assertThatThrownBy(() -> sums.add(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(sums.round(0)).isZero();
  }

  @Test
  void longSumsAgreeWithBigInteger() {
    Random random = new Random(4);
    for (int trial = 0; trial < 300; trial++) {
      KeyedLongSums left = new KeyedLongSums();
      KeyedLongSums right = new KeyedLongSums();
      left.grow(3);
      right.grow(20);
      BigInteger expected = BigInteger.ZERO;
      for (int i = 0; i < random.nextInt(40); i++) {
        long value = nastyLong(random);
        (random.nextBoolean() ? left : right).add(1, value);
        expected = expected.add(BigInteger.valueOf(value));
      }
      left.addState(1, right.high(1), right.low(1));

      assertSum(left, expected);
    }
  }

  @Test
  void anyHundredAndTwentyEightBitsAreRoundedOnce() {
    Random random = new Random(8);
    for (int trial = 0; trial < 3000; trial++) {
      KeyedLongSums sums = new KeyedLongSums();
      sums.grow(2);
      int bits = 1 + random.nextInt(127);
      BigInteger value = new BigInteger(bits, random);
      if (random.nextBoolean() && bits > 60) {
        // Half way between two doubles, or one off it.
        int dropped = bits - 53;
        value = value.shiftRight(dropped).setBit(52).shiftLeft(dropped).setBit(dropped - 1);
        value = value.add(BigInteger.valueOf(random.nextInt(3) - 1));
      }
      value = random.nextBoolean() ? value : value.negate();
      sums.addState(1, value.shiftRight(64).longValue(), value.longValue());

      assertSum(sums, value);
    }
    KeyedLongSums lowest = new KeyedLongSums();
    lowest.grow(2);
    lowest.addState(1, Long.MIN_VALUE, 0);
    assertSum(lowest, BigInteger.ONE.shiftLeft(127).negate());
  }

  @Test
  void onlyATotalThatDoesNotFitIsAnError() {
    KeyedLongSums sums = new KeyedLongSums();
    sums.grow(1);
    sums.add(0, Long.MAX_VALUE);
    sums.add(0, Long.MAX_VALUE);
    assertThatThrownBy(() -> sums.total(0))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("sum of longs does not fit a long: 18446744073709551614");
    sums.add(0, -Long.MAX_VALUE);
    assertThat(sums.total(0)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void overflowOfHundredAndTwentyEightBitsIsAnError() {
    KeyedLongSums sums = new KeyedLongSums();
    sums.grow(1);
    sums.addState(0, Long.MAX_VALUE, -1);
    assertThatThrownBy(() -> sums.addState(0, 0, 1))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("128 bits");
    assertThat(sums.high(0)).isEqualTo(Long.MAX_VALUE);
  }

  private static void assertSum(KeyedLongSums sums, BigInteger expected) {
    assertThat(sums.high(1)).isEqualTo(expected.shiftRight(64).longValue());
    assertThat(sums.low(1)).isEqualTo(expected.longValue());
    assertThat(Double.doubleToRawLongBits(sums.round(1)))
        .as("%s", expected)
        .isEqualTo(Double.doubleToRawLongBits(Oracle.round(new BigDecimal(expected))));
    if (expected.bitLength() < 64) {
      assertThat(sums.total(1)).isEqualTo(expected.longValue());
    } else {
      assertThatThrownBy(() -> sums.total(1)).hasMessageContaining(expected.toString());
    }
    assertThat(Arrays.asList(sums.high(0), sums.low(0))).containsOnly(0L);
  }

  private static long nastyLong(Random random) {
    switch (random.nextInt(4)) {
      case 0:
        return Long.MAX_VALUE - random.nextInt(3);
      case 1:
        return Long.MIN_VALUE + random.nextInt(3);
      case 2:
        return random.nextInt(7) - 3;
      default:
        return random.nextLong();
    }
  }
}
