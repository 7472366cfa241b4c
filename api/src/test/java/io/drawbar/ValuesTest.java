package io.drawbar;

import static io.drawbar.expr.Functions.abs;
import static io.drawbar.expr.Functions.avg;
import static io.drawbar.expr.Functions.coalesce;
import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.lit;
import static io.drawbar.expr.Functions.lower;
import static io.drawbar.expr.Functions.max;
import static io.drawbar.expr.Functions.min;
import static io.drawbar.expr.Functions.not;
import static io.drawbar.expr.Functions.nullOf;
import static io.drawbar.expr.Functions.round;
import static io.drawbar.expr.Functions.split;
import static io.drawbar.expr.Functions.sum;
import static io.drawbar.expr.Functions.vector;
import static io.drawbar.expr.Functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.expr.EvaluationException;
import io.drawbar.expr.Expr;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The lines of the table of values in the package page of {@code io.drawbar.type} that are of
 * numbers, truth values and nulls; {@link TextValuesTest} and {@link VectorValuesTest} have the
 * others.
 */
class ValuesTest extends ValuesFixture {
  @Test
  void nullOperandsGiveNull() {
    assertThat(value(NO_LONG.plus(1))).isNull();
    assertThat(value(lit(1).eq(NO_LONG))).isNull();
    assertThat(value(lower(nullOf(DataType.STRING)))).isNull();
    assertThat(value(NO_LONG.cast(DataType.STRING))).isNull();
    assertThat(value(vector(lit(1), NO_LONG))).isNull();
    assertThat(value(NO_LONG.isNull())).isEqualTo(true);
    assertThat(value(NO_LONG.isNotNull())).isEqualTo(false);
  }

  @Test
  void logicIsThreeValued() {
    assertThat(value(lit(false).and(NO_TRUTH))).isEqualTo(false);
    assertThat(value(NO_TRUTH.and(false))).isEqualTo(false);
    assertThat(value(lit(true).and(NO_TRUTH))).isNull();
    assertThat(value(lit(true).or(NO_TRUTH))).isEqualTo(true);
    assertThat(value(NO_TRUTH.or(true))).isEqualTo(true);
    assertThat(value(lit(false).or(NO_TRUTH))).isNull();
    assertThat(value(not(NO_TRUTH))).isNull();
    assertThat(value(lit(true).and(true))).isEqualTo(true);
    assertThat(value(lit(false).or(false))).isEqualTo(false);
  }

  @Test
  void whereKeepsWhatIsTrue() {
    Dataset data = column(DataType.LONG, 1L, null, 5L);
    assertThat(data.where(col("x").gt(2)).count()).isEqualTo(1);
    assertThat(data.where(not(col("x").gt(2))).count()).isEqualTo(1);
    assertThat(data.where(col("x").gt(2).isNull()).count()).isEqualTo(1);
  }

  @Test
  void keysThatAreEqualMeet() {
    double otherNan = Double.longBitsToDouble(0x7ff8_0000_0000_0001L);
    Dataset data = column(DataType.DOUBLE, 0.0, -0.0, Double.NaN, otherNan, null, null, 1.0);
    List<Row> groups = data.groupBy("x").agg(count().as("n")).collect();
    assertThat(groups).hasSize(4);
    for (Row group : groups) {
      Double key = (Double) group.value("x");
      assertThat(group.longValue("n")).isEqualTo(key != null && key == 1.0 ? 1 : 2);
      if (key != null && key == 0) {
        assertThat(Double.doubleToRawLongBits(key)).isZero();
      }
      if (key != null && key.isNaN()) {
        assertThat(Double.doubleToRawLongBits(key)).isEqualTo(0x7ff8000000000000L);
      }
    }
  }

  @Test
  void aggregatesPassOverNulls() {
    Dataset some = column(DataType.LONG, 2L, null, 4L);
    Dataset row = some.agg(count(), count("x"), sum("x"), avg("x"), min("x"), max("x"));
    assertThat(row.collect().get(0)).isEqualTo(Row.of(row.schema(), 3L, 2L, 6L, 3.0, 2L, 4L));
    Dataset none = column(DataType.LONG).agg(count(), sum("x"), avg("x"), min("x"), max("x"));
    assertThat(none.collect().get(0)).isEqualTo(Row.of(none.schema(), 0L, null, null, null, null));
  }

  @Test
  void nanIsGreatestAndEqualToItself() {
    assertThat(value(NAN.eq(NAN))).isEqualTo(true);
    assertThat(value(NAN.gt(Double.POSITIVE_INFINITY))).isEqualTo(true);
    assertThat(value(lit(1.0).lt(NAN))).isEqualTo(true);
    assertThat(value(NAN.ne(NAN))).isEqualTo(false);
    Dataset data = column(DataType.DOUBLE, 1.0, Double.NaN, Double.POSITIVE_INFINITY);
    assertThat(value(data.agg(max("x"), min("x")), 0)).isEqualTo(Double.NaN);
    assertThat(value(data.agg(max("x"), min("x")), 1)).isEqualTo(1.0);
  }

  @Test
  void zerosAreEqualAndComeOutPositive() {
    assertThat(value(lit(-0.0).eq(0.0))).isEqualTo(true);
    assertThat(value(lit(-0.0).lt(0.0))).isEqualTo(false);
    assertThat(value(column(DataType.DOUBLE, -0.0).agg(min("x")), 0)).isEqualTo(0.0);
    assertThat(value(column(DataType.DOUBLE, -0.0).agg(sum("x")), 0)).isEqualTo(0.0);
    assertThat(value(lit(-0.0).times(1.0))).isEqualTo(-0.0);
  }

  @Test
  void longOverflowIsAnError() {
    for (Expr overflow :
        List.of(
            lit(Long.MAX_VALUE).plus(1),
            lit(Long.MIN_VALUE).minus(1),
            lit(Long.MAX_VALUE).times(2),
            lit(Long.MIN_VALUE).negate(),
            lit(1).mod(0))) {
      assertThatThrownBy(() -> value(overflow))
          .isInstanceOf(EvaluationException.class)
          .hasMessageContaining(overflow.toString());
    }
  }

  @Test
  void aSumOfLongsOverflowsOnlyInTotal() {
    Long most = Long.MAX_VALUE;
    assertThat(value(column(DataType.LONG, most, most, -most).agg(sum("x")), 0)).isEqualTo(most);
    assertThat(value(column(DataType.LONG, most, most).agg(avg("x")), 0)).isEqualTo((double) most);
    assertThatThrownBy(() -> column(DataType.LONG, most, 1L).agg(sum("x")).collect())
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("9223372036854775808");
  }

  @Test
  void divisionIsOfDoubles() {
    assertThat(value(lit(7).dividedBy(2))).isEqualTo(3.5);
    assertThat(value(lit(1).dividedBy(0))).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(value(lit(0).dividedBy(0))).isEqualTo(Double.NaN);
    assertThat(value(lit(-7).mod(2))).isEqualTo(-1L);
    assertThat(value(lit(1.5).mod(0))).isEqualTo(Double.NaN);
  }

  @Test
  void aLongMeetsADoubleRounded() {
    assertThat(value(lit((1L << 53) + 1).eq(0x1p53))).isEqualTo(true);
    assertThat(value(lit(1).plus(0.5))).isEqualTo(1.5);
  }

  @Test
  void sumsOfDoublesAreExact() {
    Dataset data = column(DataType.DOUBLE, 1e308, 1e308, 1.0, -1e308, -1e308, 0x1p-60);
    assertThat(value(data.agg(sum("x")), 0)).isEqualTo(1.0);
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(value(column(DataType.DOUBLE, infinity, 1.0).agg(sum("x")), 0)).isEqualTo(infinity);
    assertThat(value(column(DataType.DOUBLE, infinity, -infinity).agg(sum("x")), 0))
        .isEqualTo(Double.NaN);
    assertThat(value(column(DataType.DOUBLE, 0.1, 0.2, 0.3).agg(avg("x")), 0)).isEqualTo(0.6 / 3);
  }

  @Test
  void castsLoseNothingSilently() {
    assertThat(value(lit(-2.9).cast(DataType.LONG))).isEqualTo(-2L);
    assertThat(value(lit(-0x1p63).cast(DataType.LONG))).isEqualTo(Long.MIN_VALUE);
    assertThat(value(lit(1e21).cast(DataType.STRING))).isEqualTo("1.0E21");
    assertThat(value(lit(2.0E-3).cast(DataType.STRING))).isEqualTo("0.002");
    assertThat(value(lit("12").cast(DataType.LONG))).isEqualTo(12L);
    assertThat(value(lit("1e3").cast(DataType.DOUBLE))).isEqualTo(1000.0);
    assertThat(value(lit(true).cast(DataType.LONG))).isEqualTo(1L);
    assertThat(value(lit("true").cast(DataType.BOOLEAN))).isEqualTo(true);
    for (Expr impossible :
        Arrays.asList(
            NAN.cast(DataType.LONG),
            lit(0x1p63).cast(DataType.LONG),
            lit("12x").cast(DataType.LONG),
            lit("").cast(DataType.DOUBLE),
            lit("TRUE").cast(DataType.BOOLEAN))) {
      assertThatThrownBy(() -> value(impossible))
          .isInstanceOf(EvaluationException.class)
          .hasMessageContaining(impossible.toString());
    }
  }

  @Test
  void castsThatAreTriedGiveNullWhereThereIsNoValue() {
    for (Expr impossible :
        Arrays.asList(
            NAN.tryCast(DataType.LONG),
            lit(0x1p63).tryCast(DataType.LONG),
            lit("12x").tryCast(DataType.LONG),
            lit("9223372036854775808").tryCast(DataType.LONG),
            lit("").tryCast(DataType.DOUBLE),
            lit("TRUE").tryCast(DataType.BOOLEAN))) {
      assertThat(value(impossible)).as(impossible.toString()).isNull();
    }
    assertThat(value(lit("12").tryCast(DataType.LONG))).isEqualTo(12L);
    assertThat(value(lit("true").tryCast(DataType.BOOLEAN))).isEqualTo(true);
    assertThat(value(lit(1.5).tryCast(DataType.STRING))).isEqualTo("1.5");
    Expr failing = lit("x").cast(DataType.LONG).tryCast(DataType.STRING);
    assertThatThrownBy(() -> value(failing)).isInstanceOf(EvaluationException.class);
  }

  @Test
  void orElseFillsNullAndNotANumber() {
    assertThat(value(nullOf(DataType.DOUBLE).orElse(3))).isEqualTo(3.0);
    assertThat(value(NAN.orElse(1.5))).isEqualTo(1.5);
    assertThat(value(lit(-0.0).orElse(1.5))).isEqualTo(-0.0);
    assertThat(value(NO_LONG.orElse(7))).isEqualTo(7L);
    assertThat(value(nullOf(DataType.STRING).orElse("none"))).isEqualTo("none");
    assertThat(value(NO_TRUTH.orElse(true))).isEqualTo(true);
    assertThatThrownBy(() -> value(NO_LONG.orElse(1.5)))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("null is LONG, for which 1.5, DOUBLE, cannot stand");
    assertThatThrownBy(() -> NO_LONG.orElse(lit(1).plus(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("orElse takes a constant");
    assertThatThrownBy(() -> NO_LONG.orElse(NO_LONG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("would change nothing");
  }

  @Test
  void truthValuesAreOrderedAndAreNumbersInVectors() {
    assertThat(value(lit(false).lt(true))).isEqualTo(true);
    assertThat((double[]) value(vector(lit(true), lit(2), lit(0.5)))).containsExactly(1, 2, 0.5);
  }

  @Test
  void absoluteValuesFitOrAreErrors() {
    assertThat(value(abs(lit(-3)))).isEqualTo(3L);
    assertThat(value(abs(lit(Long.MIN_VALUE + 1)))).isEqualTo(Long.MAX_VALUE);
    assertThat(value(abs(lit(-0.0)))).isEqualTo(0.0);
    assertThat(value(abs(lit(Double.NEGATIVE_INFINITY)))).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(value(abs(NAN))).isEqualTo(Double.NaN);
    assertThat(value(abs(NO_LONG))).isNull();
    assertThatThrownBy(() -> value(abs(lit(Long.MIN_VALUE))))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("abs(-9223372036854775808): of -9223372036854775808 does not fit");
  }

  @Test
  void halvesAreRoundedAwayFromZero() {
    assertThat(value(round(lit(2.5)))).isEqualTo(3.0);
    assertThat(value(round(lit(-2.5)))).isEqualTo(-3.0);
    assertThat(value(round(lit(0.49999999999999994)))).isEqualTo(0.0);
    assertThat(value(round(lit(-0.4)))).isEqualTo(-0.0);
    assertThat(value(round(lit(0.125), 2))).isEqualTo(0.13);
    assertThat(value(round(lit(2.675), 2))).isEqualTo(2.67);
    assertThat(value(round(lit(1e300), 2))).isEqualTo(1e300);
    assertThat(value(round(NAN, 2))).isEqualTo(Double.NaN);
    assertThat(value(round(lit(7), 2))).isEqualTo(7L);
    assertThat(value(round(NO_LONG, 2))).isNull();
    assertThatThrownBy(() -> round(col("x"), 16))
        .hasMessage("round(x, 16): a number is rounded to 0 to 15 decimals");
  }

  @Test
  void theFirstConditionThatIsTrueDecides() {
    Expr size = when(col("x").lt(2), "few").when(col("x").lt(9), "some").otherwise("many");
    Dataset data = column(DataType.LONG, 1L, 5L, null, 50L);
    assertThat(data.select(size.as("size")).collect().stream().map(row -> row.value("size")))
        .containsExactly("few", "some", "many", "many");
    assertThat(value(when(NO_TRUTH, 1).otherwise(2))).isEqualTo(2L);
    assertThat(value(when(lit(true), 1).otherwise(2.5))).isEqualTo(1.0);
    assertThat(value(when(lit(true), NO_LONG).otherwise(2))).isNull();
    assertThat(size).hasToString("when((x < 2), 'few').when((x < 9), 'some').otherwise('many')");
    assertThatThrownBy(() -> value(when(lit(true), 1).otherwise("b")))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("1 is LONG and 'b' is STRING, which do not go into one column");
    assertThatThrownBy(() -> value(when(lit(1), 1).otherwise(2)))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("a BOOLEAN is wanted, but 1 is LONG");
  }

  @Test
  void onlyTheValueThatIsChosenIsComputed() {
    Dataset data = column(DataType.STRING, "12", "", null, "7");
    Expr number = when(col("x").ne(""), col("x").cast(DataType.LONG)).otherwise(-1);
    assertThat(data.select(number.as("n")).collect().stream().map(row -> row.value("n")))
        .containsExactly(12L, -1L, -1L, 7L);
    Expr present = coalesce(col("x"), lit("x").cast(DataType.LONG).cast(DataType.STRING));
    assertThatThrownBy(() -> data.select(present.as("t")).collect())
        .isInstanceOf(EvaluationException.class);
    assertThat(data.where(col("x").isNotNull()).select(present.as("t")).collect()).hasSize(3);
  }

  @Test
  void coalesceTakesTheFirstValueThatIsThere() {
    assertThat(value(coalesce(NO_LONG, NO_LONG, 3))).isEqualTo(3L);
    assertThat(value(coalesce(NO_LONG, NAN))).isEqualTo(Double.NaN);
    assertThat(value(coalesce(lit(1), NAN))).isEqualTo(1.0);
    assertThat(value(coalesce(NO_LONG))).isNull();
    assertThat(value(coalesce(NO_TRUTH, true))).isEqualTo(true);
    assertThatThrownBy(() -> value(coalesce(split(lit("a"), ","), "b")))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("a BOOLEAN, LONG, DOUBLE or STRING is wanted");
  }
}
