package io.drawbar;

import static io.drawbar.expr.Functions.abs;
import static io.drawbar.expr.Functions.avg;
import static io.drawbar.expr.Functions.bucketOf;
import static io.drawbar.expr.Functions.coalesce;
import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.concat;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.hashTerms;
import static io.drawbar.expr.Functions.indexOf;
import static io.drawbar.expr.Functions.interpolate;
import static io.drawbar.expr.Functions.length;
import static io.drawbar.expr.Functions.lit;
import static io.drawbar.expr.Functions.logSumExp;
import static io.drawbar.expr.Functions.lower;
import static io.drawbar.expr.Functions.max;
import static io.drawbar.expr.Functions.min;
import static io.drawbar.expr.Functions.nonEmpty;
import static io.drawbar.expr.Functions.normalLogs;
import static io.drawbar.expr.Functions.not;
import static io.drawbar.expr.Functions.nullOf;
import static io.drawbar.expr.Functions.oneHot;
import static io.drawbar.expr.Functions.polynomial;
import static io.drawbar.expr.Functions.replace;
import static io.drawbar.expr.Functions.rescale;
import static io.drawbar.expr.Functions.round;
import static io.drawbar.expr.Functions.split;
import static io.drawbar.expr.Functions.substring;
import static io.drawbar.expr.Functions.sum;
import static io.drawbar.expr.Functions.trim;
import static io.drawbar.expr.Functions.upper;
import static io.drawbar.expr.Functions.vector;
import static io.drawbar.expr.Functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.config.Config;
import io.drawbar.expr.EvaluationException;
import io.drawbar.expr.Expr;
import io.drawbar.expr.SplitSide;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.io.Records;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each line of the table of values in the package page of {@code io.drawbar.type}. */
class ValuesTest {
  private static final Schema ONE = Schema.empty().with("x", DataType.LONG);

  private static Session session;

  @BeforeAll
  static void open() {
    session = Session.open(Config.of("drawbar.engine", "local", "drawbar.parallelism", "2"));
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static Dataset column(DataType type, Object... values) {
    Schema schema = Schema.empty().with("x", type);
    List<Row> rows = new ArrayList<>();
    for (Object value : values) {
      rows.add(Row.of(schema, value));
    }
    return session.read(Records.of(schema, rows));
  }

  private static Object value(Expr expr) {
    return session
        .read(Records.of(ONE, List.of(Row.of(ONE, 1L))))
        .select(expr.as("value"))
        .collect()
        .get(0)
        .value("value");
  }

  private static Object value(Dataset dataset, int column) {
    return dataset.collect().get(0).value(column);
  }

  private static final Expr NO_LONG = nullOf(DataType.LONG);
  private static final Expr NO_TRUTH = nullOf(DataType.BOOLEAN);
  private static final Expr NAN = lit(Double.NaN);

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
  void stringsAreOrderedByBytes() {
    // U+FF5E sorts before U+1F600 by code point, after it by UTF-16 unit.
    assertThat(value(lit("\uFF5E").lt("\uD83D\uDE00"))).isEqualTo(true);
    assertThat(value(lit("Z").lt("a"))).isEqualTo(true);
    assertThat(value(lit("ab").lt("abc"))).isEqualTo(true);
    assertThat(value(length(lit("\uD83D\uDE00é")))).isEqualTo(2L);
  }

  @Test
  void caseDoesNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(new Locale("tr", "TR"));
    try {
      assertThat(value(lower(lit("TITLE Ä")))).isEqualTo("title ä");
      assertThat(value(upper(lit("title ß")))).isEqualTo("TITLE ß");
    } finally {
      Locale.setDefault(before);
    }
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
  void everyTextHasAPositionOrIsAnError() {
    List<String> labels = List.of("b", "", "\uD83D\uDE9C");
    assertThat(value(indexOf(lit("b"), labels))).isEqualTo(0L);
    assertThat(value(indexOf(lit(""), labels))).isEqualTo(1L);
    assertThat(value(indexOf(lit("\uD83D\uDE9C"), labels, 9))).isEqualTo(2L);
    assertThat(value(indexOf(lit("B"), labels, 9))).isEqualTo(9L);
    assertThat(value(indexOf(nullOf(DataType.STRING), labels, -1))).isEqualTo(-1L);
    assertThat(value(indexOf(lit("a"), List.of(), -1))).isEqualTo(-1L);
    assertThatThrownBy(() -> value(indexOf(lit("B"), labels)))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining(
            "'B' in 'B' is none of the 3 labels known (b, , \uD83D\uDE9C); filter");
    assertThatThrownBy(() -> value(indexOf(nullOf(DataType.STRING), labels)))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("null in null is none of the 3 labels known");
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

  @Test
  void truthValuesAreOrderedAndAreNumbersInVectors() {
    assertThat(value(lit(false).lt(true))).isEqualTo(true);
    assertThat((double[]) value(vector(lit(true), lit(2), lit(0.5)))).containsExactly(1, 2, 0.5);
  }

  private static final Expr NO_TEXT = nullOf(DataType.STRING);

  @Test
  void trimTakesOffAllWhiteSpace() {
    assertThat(value(trim(lit("\t \u00A0a b\u3000\u2029\n")))).isEqualTo("a b");
    assertThat(value(trim(lit(" \u2003 ")))).isEqualTo("");
    assertThat(value(trim(lit("\uFEFFa")))).isEqualTo("\uFEFFa");
    assertThat(value(trim(NO_TEXT))).isNull();
  }

  @Test
  void concatIsNullIfAPartIs() {
    assertThat(value(concat(lit("a"), "\uD83D\uDE00", lit("")))).isEqualTo("a\uD83D\uDE00");
    assertThat(value(concat(lit("a"), NO_TEXT))).isNull();
    assertThat(value(concat(lit("a"), coalesce(NO_TEXT, "")))).isEqualTo("a");
    assertThatThrownBy(() -> value(concat(lit("a"), 1)))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining(
            "a STRING (cast(DataType.STRING) makes one) is wanted, but 1 is LONG");
    assertThatThrownBy(() -> concat("first", "last"))
        .hasMessage("concat(first, last) joins constants; a column is col(\"name\")");
  }

  @Test
  void substringCountsCodePointsFromZero() {
    Expr text = lit("a\uD83D\uDE00\u00E9z");
    assertThat(value(substring(text, 0, 2))).isEqualTo("a\uD83D\uDE00");
    assertThat(value(substring(text, 1, 1))).isEqualTo("\uD83D\uDE00");
    assertThat(value(substring(text, 3, 9))).isEqualTo("z");
    assertThat(value(substring(text, 4, 1))).isEqualTo("");
    assertThat(value(substring(text, Integer.MAX_VALUE, Integer.MAX_VALUE))).isEqualTo("");
    assertThat(value(substring(text, 1, 0))).isEqualTo("");
    assertThat(value(substring(NO_TEXT, 0, 1))).isNull();
    assertThatThrownBy(() -> substring(col("x"), -1, 2))
        .hasMessage("substring(x, -1, 2): a position counts from 0, and a length is at least 0");
  }

  @Test
  void replaceGoesFromTheLeftOnce() {
    assertThat(value(replace(lit("aaaxa"), "aa", "a"))).isEqualTo("aaxa");
    assertThat(value(replace(lit("1.234.567"), ".", ""))).isEqualTo("1234567");
    assertThat(value(replace(lit("\u00E9\u00E9"), "\u00E9", "e\u0301")))
        .isEqualTo("e\u0301e\u0301");
    assertThat(value(replace(lit(""), "a", "b"))).isEqualTo("");
    assertThat(value(replace(NO_TEXT, "a", "b"))).isNull();
    assertThatThrownBy(() -> replace(col("x"), "", "b")).hasMessageContaining("say what to look");
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
