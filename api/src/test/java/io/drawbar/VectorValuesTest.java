package io.drawbar;

import static io.drawbar.expr.Functions.bucketOf;
import static io.drawbar.expr.Functions.hashTerms;
import static io.drawbar.expr.Functions.interpolate;
import static io.drawbar.expr.Functions.lit;
import static io.drawbar.expr.Functions.logSumExp;
import static io.drawbar.expr.Functions.nonEmpty;
import static io.drawbar.expr.Functions.normalLogs;
import static io.drawbar.expr.Functions.nullOf;
import static io.drawbar.expr.Functions.oneHot;
import static io.drawbar.expr.Functions.polynomial;
import static io.drawbar.expr.Functions.rescale;
import static io.drawbar.expr.Functions.split;
import static io.drawbar.expr.Functions.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.expr.EvaluationException;
import io.drawbar.expr.Expr;
import io.drawbar.expr.SplitSide;
import io.drawbar.type.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What is said of what features are made with in the table of values of {@code io.drawbar.type}.
 */
class VectorValuesTest extends ValuesFixture {
  @Test
  void bucketsLieBetweenSplits() {
    double[] splits = {-1, 0, 2.5};
    assertThat(value(bucketOf(lit(0), SplitSide.ABOVE, splits))).isEqualTo(2L);
    assertThat(value(bucketOf(lit(-0.0), SplitSide.BELOW, splits))).isEqualTo(1L);
    assertThat(value(bucketOf(lit(Double.NEGATIVE_INFINITY), SplitSide.BELOW, splits)))
        .isEqualTo(0L);
    assertThat(value(bucketOf(NO_LONG, SplitSide.ABOVE, splits))).isNull();
    assertThat(value(bucketOf(NO_LONG, SplitSide.ABOVE, splits, 9))).isEqualTo(9L);
    assertThat(value(bucketOf(NAN, SplitSide.ABOVE, splits, 9))).isEqualTo(9L);
    assertThatThrownBy(() -> value(bucketOf(NAN, SplitSide.ABOVE, splits)))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("NaN is in no bucket");
  }

  @Test
  void interpolatedElementsGoFromEndToEnd() {
    double[] least = {1, 4};
    double[] greatest = {3, 4};
    assertThat((double[]) value(interpolate(vector(lit(2), lit(7)), least, greatest, -1, 1)))
        .containsExactly(0, 5);
    assertThat(value(interpolate(vector(NO_LONG, lit(7)), least, greatest, -1, 1))).isNull();
  }

  @Test
  void logarithmsOfDensities() {
    List<List<Double>> means = List.of(List.of(1.0, 2.0), List.of(0.0, 0.0));
    List<List<Double>> triangles = List.of(List.of(1.0, 2.0, 3.0), List.of(1.0, 0.0, 1.0));
    List<Double> constants = List.of(0.5, Double.NEGATIVE_INFINITY);
    Expr three = vector(lit(2), lit(1));
    assertThat((double[]) value(normalLogs(three, means, triangles, constants)))
        .containsExactly(-.5, Double.NEGATIVE_INFINITY);
    assertThat((double[]) value(normalLogs(three, means, means, constants)))
        .containsExactly(.5 - .5 * (1 + 4), Double.NEGATIVE_INFINITY);
    assertThat(value(normalLogs(vector(NO_LONG, lit(7)), means, triangles, constants))).isNull();
    assertThatThrownBy(() -> normalLogs(three, means, List.of(List.of(1.0)), constants))
        .isInstanceOf(IllegalArgumentException.class);

    Expr infinite = lit(Double.NEGATIVE_INFINITY);
    assertThat(value(logSumExp(vector(infinite, lit(-2000))))).isEqualTo(-2000.0);
    assertThat((double) value(logSumExp(vector(lit(-2000), lit(-2000)))))
        .isEqualTo(-2000 + StrictMath.log(2));
    assertThat(value(logSumExp(vector(infinite, infinite)))).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(value(logSumExp(vector(infinite, lit(Double.NaN))))).isEqualTo(Double.NaN);
    assertThat(value(logSumExp(vector(lit(1), NO_LONG)))).isNull();
  }

  @Test
  void listsAndVectorsOfTerms() {
    Expr terms = split(lit(",b,,a,b"), ",");
    assertThat(value(nonEmpty(terms))).isEqualTo(List.of("b", "a", "b"));
    assertThat(value(nonEmpty(split(nullOf(DataType.STRING), ",")))).isNull();
    assertThat((double[]) value(hashTerms(terms, 1))).containsExactly(5);
    assertThat(value(hashTerms(split(nullOf(DataType.STRING), ","), 1))).isNull();
  }

  @Test
  void polynomialsAreProductsOfElements() {
    assertThat((double[]) value(polynomial(vector(lit(3), lit(-0.5)), 2)))
        .containsExactly(3, 9, -.5, -1.5, .25);
    assertThat(value(polynomial(vector(NO_LONG, lit(7)), 2))).isNull();
  }

  @Test
  void oneHotVectorsHaveAOneAtMost() {
    assertThat((double[]) value(oneHot(lit(1), 3))).containsExactly(0, 1, 0);
    assertThat((double[]) value(oneHot(lit(1), 3, 2))).containsExactly(0, 1);
    assertThat((double[]) value(oneHot(lit(2), 3, 2))).containsExactly(0, 0);
    assertThat(value(oneHot(NO_LONG, 3))).isNull();
    for (long outside : new long[] {-1, 3, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThatThrownBy(() -> value(oneHot(lit(outside), 3)))
          .isInstanceOf(EvaluationException.class)
          .hasMessageContaining(outside + " is not one of 0 to 2");
    }
  }

  @Test
  void rescalingRoundsTwice() {
    double[] shift = {.1, Double.NEGATIVE_INFINITY};
    double[] factor = {1 / 3.0, 0};
    double third = (.7 - .1) * (1 / 3.0);
    assertThat((double[]) value(rescale(vector(lit(.7), lit(1)), shift, factor)))
        .containsExactly(third, Double.NaN);
    assertThat(value(rescale(vector(NO_LONG, lit(1)), shift, factor))).isNull();
  }
}
