package io.drawbar.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.HeldDataset;
import io.drawbar.UnusableDataException;
import io.drawbar.expr.EvaluationException;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.math.OrderedBits;
import io.drawbar.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Buckets, given and learnt, and the quantiles that they are learnt by. */
class BucketsTest extends FeatureFixture {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void orderedBitsHaveTheOrderOfTheirNumbers() {
    double[] ascending = {
      -INFINITY, -Double.MAX_VALUE, -1, -Double.MIN_VALUE, 0, Double.MIN_VALUE, .1, 1, INFINITY,
    };
    for (int i = 0; i < ascending.length; i++) {
      assertThat(OrderedBits.toDouble(OrderedBits.of(ascending[i]))).isEqualTo(ascending[i]);
      for (int j = 0; j < i; j++) {
        assertThat(Long.compareUnsigned(OrderedBits.of(ascending[j]), OrderedBits.of(ascending[i])))
            .isNegative();
      }
    }
    assertThat(OrderedBits.of(-0.0)).isEqualTo(OrderedBits.of(0.0));
    for (long whole : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}) {
      assertThat(OrderedBits.toLong(OrderedBits.of(whole))).isEqualTo(whole);
    }
    assertThat(Long.compareUnsigned(OrderedBits.of(-1L), OrderedBits.of(0L))).isNegative();
  }

  /** Many quantiles at once, whole numbers too: what stands at their ranks in sorted order. */
  @Test
  void quantilesAreWhatStandsAtTheirRanks() {
    Random random = new Random(8);
    for (int n : new int[] {1, 9, 10, 700}) {
      Long[] whole = new Long[n];
      for (int i = 0; i < n; i++) {
        whole[i] = random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(20) - 10;
      }
      Arrays.sort(whole);
      for (int parts : new int[] {2, 3, 10, 1000}) {
        long[] wanted = LongStream.rangeClosed(1, parts).toArray();
        Dataset rows = column("n", DataType.LONG, shuffled(whole, random));
        try (HeldDataset held = rows.hold(List.of("n"))) {
          ExactQuantiles found = ExactQuantiles.of(held, List.of("n"), 1, wanted, parts);
          for (int i = 1; i <= parts; i++) {
            int rank = (int) Math.ceil(n * (long) i / (double) parts);
            assertThat(found.toLong(0, i - 1)).isEqualTo(whole[rank - 1]);
          }
          assertThat(found.present(0)).isEqualTo(n);
        }
      }
    }
  }

  private static Object[] shuffled(Object[] values, Random random) {
    List<Object> all = new ArrayList<>(Arrays.asList(values));
    java.util.Collections.shuffle(all, random);
    return all.toArray();
  }

  @Test
  void quantilesCutIntoBucketsOfAsManyRows() {
    Object[] values = LongStream.rangeClosed(1, 100).boxed().toArray();
    Dataset rows = column("n", DataType.LONG, shuffled(values, new Random(9)));
    QuantileDiscretizerModel model = QuantileDiscretizer.on("n").fit(rows);

    assertThat(model.splits()).containsExactly(25.0, 50.0, 75.0);
    Dataset cut = rows.transform(saved(model));
    for (long bucket = 0; bucket < 4; bucket++) {
      assertThat(values(cut, "nBucket").stream().filter(List.of(bucket)::contains)).hasSize(25);
    }
    assertThat(
            values(
                column("n", DataType.LONG, 25L, 26L, -9L, 999L, null).transform(model), "nBucket"))
        .containsExactly(0L, 1L, 0L, 3L, null);
    assertThat(model).hasToString("quantile discretizer of 'n' into 'nBucket': 4 buckets");
    assertThat(model.provenance().parameters()).containsEntry("buckets", "4");
  }

  /** Where half of the rows are zero, the splits at zero are one; so are those at the greatest. */
  @Test
  void equalValuesAreNotParted() {
    Dataset rows = column("x", DataType.DOUBLE, 0.0, 0.0, -0.0, 0.0, 0.0, 1.0, 2.0, 3.0, 3.0, 3.0);
    QuantileDiscretizer discretizer = QuantileDiscretizer.on("x").withBuckets(5).into("b");
    QuantileDiscretizerModel model = discretizer.fit(rows);
    // Ranks 2, 4, 6, 8: 0, 0, 1, 3; nothing is above 3.
    assertThat(model.splits()).containsExactly(0.0, 1.0);
    assertThat(values(rows.transform(model), "b"))
        .containsExactly(0L, 0L, 0L, 0L, 0L, 1L, 2L, 2L, 2L, 2L);
    assertThat(discretizer.fit(column("x", DataType.DOUBLE, 7.0, 7.0)).splits()).isEmpty();
    assertThat(discretizer).hasToString("QuantileDiscretizer.on(\"x\").withBuckets(5).into(\"b\")");
  }

  @Test
  void missingNumbersHaveABucketOnlyIfGivenOne() {
    Dataset rows = column("x", DataType.DOUBLE, 1.0, null, 2.0, Double.NaN);
    QuantileDiscretizer strict = QuantileDiscretizer.on("x").withBuckets(2);
    assertThatThrownBy(() -> strict.fit(rows))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("'x' is null in 1 rows and NaN in 1; ");
    Dataset whole = column("x", DataType.DOUBLE, 1.0, 2.0);
    assertThatThrownBy(() -> rows.transform(strict.fit(whole)).collect())
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("bucketOf(x, 1 splits): NaN is in no bucket");
    QuantileDiscretizerModel model = strict.unknownAs(Unknown.OWN_INDEX).fit(rows);
    assertThat(values(rows.transform(saved(model)), "xBucket")).containsExactly(0L, 2L, 1L, 2L);
  }

  @Test
  void whatCannotBeCutIsNamed() {
    QuantileDiscretizer discretizer = QuantileDiscretizer.on("x");
    assertThatThrownBy(() -> discretizer.fit(column("x", DataType.STRING, "a")))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("column 'x' is STRING, neither LONG nor DOUBLE");
    assertThatThrownBy(() -> discretizer.fit(column("x", DataType.DOUBLE)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("no rows");
    assertThatThrownBy(() -> discretizer.fit(column("x", DataType.DOUBLE, 1.0, INFINITY)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("'x' is infinite in 1 rows");
    for (int buckets : new int[] {-1, 1, 10_001}) {
      assertThatThrownBy(() -> discretizer.withBuckets(buckets))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("there are 2 to 10000");
    }
  }

  @Test
  void givenSplitsMakeOneBucketMore() {
    Dataset ages =
        column("age", DataType.DOUBLE, 17.9, 18.0, 64.0, 65.0, -INFINITY, INFINITY, null);
    Bucketizer above = Bucketizer.on("age").at(18, 65);
    assertThat(values(ages.transform(saved(above, ages)), "ageBucket"))
        .containsExactly(0L, 1L, 1L, 2L, 0L, 2L, null);
    Bucketizer below = above.splitsBelow().into("b").unknownAs(Unknown.OWN_INDEX);
    assertThat(values(ages.transform(saved(below, ages)), "b"))
        .containsExactly(0L, 0L, 1L, 1L, 0L, 2L, 3L);
    assertThat(values(column("age", DataType.LONG, 18L).transform(below), "b")).containsExactly(0L);
    assertThat(below)
        .hasToString(
            "Bucketizer.on(\"age\").at(18.0, 65.0).splitsBelow().into(\"b\")"
                + ".unknownAs(Unknown.OWN_INDEX)");
    assertThatThrownBy(() -> column("age", DataType.STRING, "a").transform(above))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("column 'age' is STRING, neither LONG nor DOUBLE");
    for (double[] splits : new double[][] {{}, {1, 1}, {2, 1}, {Double.NaN}, {0, INFINITY}}) {
      assertThatThrownBy(() -> Bucketizer.on("age").at(splits))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("splits");
    }
  }

  @Test
  void modelsAreTheSameEverywhere() {
    Object[] rows = new Random(10).doubles(1000).map(x -> Math.floor(x * 300)).boxed().toArray();
    isTheSameEverywhere(
        QuantileDiscretizer.on("x").withBuckets(50), s -> column(s, "x", DataType.DOUBLE, rows));
  }
}
