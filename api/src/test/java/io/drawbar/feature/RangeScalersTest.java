package io.drawbar.feature;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.hashTerms;
import static io.drawbar.expr.Functions.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.UnusableDataException;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The scalers that learn ends and quartiles. */
class RangeScalersTest extends FeatureFixture {
  /** The example of scikit-learn's page of MinMaxScaler. */
  @Test
  void leastAndGreatestBecomeTheEnds() {
    Dataset rows = vectors(new double[][] {{-1, 2, 7}, {-0.5, 6, 7}, {0, 10, 7}, {1, 18, 7}});
    MinMaxScalerModel model = MinMaxScaler.on("x").into("z").fit(rows);

    assertThat(model.least()).containsExactly(-1.0, 2.0, 7.0);
    assertThat(model.greatest()).containsExactly(1.0, 18.0, 7.0);
    assertThat(vectorsOf(rows.transform(saved(model)), "z"))
        .isDeepEqualTo(new double[][] {{0, 0, 0}, {.25, .25, 0}, {.5, .5, 0}, {1, 1, 0}});
    assertThat(vectorsOf(vectors(new double[] {2, 2, 9.5}).transform(model), "z"))
        .isDeepEqualTo(new double[][] {{1.5, 0, 2.5}});
    assertThat(model).hasToString("min-max scaler of 'x' into 'z': 3 elements to 0.0 to 1.0");
    assertThat(model.provenance().rows()).isEqualTo(4);
    assertThat(model.provenance().parameters()).containsEntry("to", "1.0");
  }

  @Test
  void theRangeMayBeAnother() {
    Dataset rows = vectors(new double[] {-1, 3}, new double[] {0, 3}, new double[] {1, 3});
    MinMaxScaler scaler = MinMaxScaler.on("x").to(-2, 4);
    assertThat(vectorsOf(rows.transform(saved(scaler.fit(rows))), "x"))
        .isDeepEqualTo(new double[][] {{-2, -2}, {1, -2}, {4, -2}});
    assertThat(scaler).hasToString("MinMaxScaler.on(\"x\").to(-2.0, 4.0)");
    for (double[] ends : new double[][] {{1, 1}, {2, 1}, {0, 1.0 / 0}, {Double.NaN, 1}}) {
      assertThatThrownBy(() -> MinMaxScaler.on("x").to(ends[0], ends[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a range goes from");
    }
  }

  /** The greatest value becomes 1 to the bit, which a factor of 1/49 does not give. */
  @Test
  void theEndsAreExact() {
    Random random = new Random(5);
    for (int i = 0; i < 50; i++) {
      double least = random.nextGaussian() * 1e3;
      double greatest = least + random.nextInt(100) + random.nextDouble();
      Dataset rows = vectors(new double[] {least}, new double[] {greatest});
      assertThat(vectorsOf(rows.transform(MinMaxScaler.on("x").fit(rows)), "x"))
          .isDeepEqualTo(new double[][] {{0}, {1}});
    }
  }

  /** Nine values: median 5, quartiles of ranks ceil(9/4) = 3 and ceil(27/4) = 7. */
  @Test
  void medianAndQuartilesAreOfNearestRank() {
    Dataset rows =
        vectors(
            new double[][] {
              {900, 1}, {3, 1}, {1, 1}, {7, 1}, {5, 1}, {2, 1}, {6, 1}, {4, 1}, {8, -1},
            });
    RobustScalerModel model = RobustScaler.on("x").fit(rows);

    assertThat(model.medians()).containsExactly(5.0, 1.0);
    assertThat(model.ranges()).containsExactly(4.0, 0.0);
    double[][] scaled = vectorsOf(rows.transform(saved(model)), "x");
    assertThat(scaled[0]).containsExactly(895 * .25, 0);
    assertThat(scaled[8]).containsExactly(.75, -2);
    assertThat(model).hasToString("robust scaler of 'x': 2 elements");
    assertThat(RobustScaler.on("x").into("z")).hasToString("RobustScaler.on(\"x\").into(\"z\")");
  }

  /** Against sorted columns, of all magnitudes, with ties and both zeros. */
  @Test
  void quartilesAreThoseOfSortedColumns() {
    Random random = new Random(6);
    for (int n : new int[] {1, 2, 3, 4, 5, 8, 101, 1000}) {
      double[][] rows = new double[n][4];
      for (double[] row : rows) {
        row[0] = random.nextGaussian();
        row[1] = random.nextInt(3) * -0.0 - random.nextInt(2);
        row[2] = Math.scalb(random.nextGaussian(), random.nextInt(1000) - 500);
        row[3] = 1 + random.nextInt(5) * 0x1p-52;
      }
      RobustScalerModel model = RobustScaler.on("x").fit(vectors(rows));
      for (int j = 0; j < 4; j++) {
        int element = j;
        double[] sorted = Arrays.stream(rows).mapToDouble(r -> r[element] + 0.0).sorted().toArray();
        assertThat(model.medians().get(j)).isEqualTo(sorted[(n + 1) / 2 - 1]);
        assertThat(model.ranges().get(j))
            .isEqualTo(sorted[(3 * n + 3) / 4 - 1] - sorted[(n + 3) / 4 - 1]);
      }
    }
  }

  @Test
  void whatCannotBeScaledIsNamed() {
    assertThatThrownBy(() -> MinMaxScaler.on("x").fit(column("x", DataType.STRING, "a")))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("MinMaxScaler.on(\"x\"): column 'x' is STRING, not a vector");
    assertThatThrownBy(() -> RobustScaler.on("x").fit(column("x", DataType.LONG, 1L)))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("RobustScaler.on(\"x\"): column 'x' is LONG, not a vector");
    for (var scaler : java.util.List.of(MinMaxScaler.on("x"), RobustScaler.on("x"))) {
      assertThatThrownBy(
              () -> scaler.fit(column("x", DataType.vector(1), new double[] {1}, null, null)))
          .isInstanceOf(UnusableDataException.class)
          .hasMessageContaining("2 rows cannot be learned from: 2 null in 'x'.");
      assertThatThrownBy(() -> scaler.fit(column("x", DataType.vector(1))))
          .isInstanceOf(UnusableDataException.class)
          .hasMessageContaining("no rows");
      for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
        assertThatThrownBy(() -> scaler.fit(vectors(new double[] {1, 1}, new double[] {1, odd})))
            .isInstanceOf(UnusableDataException.class)
            .hasMessageContaining("'x[1]' is NaN or infinite in some row");
      }
    }
    Dataset wide = vectors(new double[] {1e308}, new double[] {-1e308});
    assertThatThrownBy(() -> MinMaxScaler.on("x").fit(wide))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("'x[0]' goes from -1.0E308 to 1.0E308");
    assertThatThrownBy(() -> RobustScaler.on("x").fit(wide))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("interquartile range of 'x[0]' is Infinity");
    Dataset many =
        column("t", DataType.STRING, "a b")
            .withColumn("x", hashTerms(split(col("t"), " "), RobustScaler.MOST_ELEMENTS + 1));
    assertThatThrownBy(() -> RobustScaler.on("x").fit(many))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("10923 elements; 10922 at most");
  }

  /** Sparse vectors are another form: the same models, and the same bits of what they make. */
  @Test
  void sparseVectorsGiveWhatDenseOnesGive() {
    Dataset sparse =
        column("t", DataType.STRING, "a b b", "", "c a", "d d d e", null, "a")
            .where(col("t").isNotNull())
            .withColumn("x", hashTerms(split(col("t"), " "), 12));
    Dataset dense = vectors(vectorsOf(sparse, "x"));
    assertThat(MinMaxScaler.on("x").fit(sparse).least())
        .isEqualTo(MinMaxScaler.on("x").fit(dense).least());
    for (MinMaxScaler scaler :
        new MinMaxScaler[] {MinMaxScaler.on("x"), MinMaxScaler.on("x").to(-1, 1)}) {
      MinMaxScalerModel model = scaler.fit(sparse);
      assertThat(model.greatest()).isEqualTo(scaler.fit(dense).greatest());
      areTheSame(vectorsOf(sparse.transform(model), "x"), vectorsOf(dense.transform(model), "x"));
    }
    RobustScalerModel model = RobustScaler.on("x").fit(sparse);
    assertThat(model.medians()).isEqualTo(RobustScaler.on("x").fit(dense).medians());
    assertThat(model.ranges()).isEqualTo(RobustScaler.on("x").fit(dense).ranges());
    areTheSame(vectorsOf(sparse.transform(model), "x"), vectorsOf(dense.transform(model), "x"));
  }

  @Test
  void modelsAreTheSameEverywhere() {
    Object[] rows =
        new Random(7).doubles(1000).mapToObj(x -> new double[] {x, x < .5 ? 0 : x}).toArray();
    for (var scaler : java.util.List.of(MinMaxScaler.on("x"), RobustScaler.on("x"))) {
      isTheSameEverywhere(scaler, s -> column(s, "x", DataType.vector(2), rows));
    }
  }
}
