package io.drawbar.quality;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.split;
import static io.drawbar.expr.Functions.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.io.Records;
import io.drawbar.quality.ColumnProfile.ValueCount;
import io.drawbar.quality.Distribution.Histogram;
import io.drawbar.quality.Distribution.Quantile;
import io.drawbar.testkit.ChaosEngine;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import io.drawbar.type.UnknownColumnException;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ProfileTest {
  private static final Schema SCHEMA =
      Schema.empty()
          .with("whole", DataType.LONG)
          .with("real", DataType.DOUBLE)
          .with("text", DataType.STRING)
          .with("truth", DataType.BOOLEAN);

  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.block.rows", "64", "drawbar.leaf.rows", "200"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private Profile profile(Schema schema, List<Row> rows) {
    return Profile.of(session.read(Records.of(schema, rows)));
  }

  private Profile doubles(Double... values) {
    Schema schema = Schema.empty().with("x", DataType.DOUBLE);
    return profile(schema, List.of(values).stream().map(v -> Row.of(schema, v)).toList());
  }

  /** Rows with nulls and all that is odd; of few different values, or of many. */
  private static List<Row> rows(int count, int different, long seed) {
    Random random = new Random(seed);
    double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0.0};
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int of = random.nextInt(different);
      Object whole =
          random.nextInt(9) == 0 ? null : (Object) (new Random(of).nextLong() >> of % 60);
      double real = random.nextInt(9) == 0 ? odd[of % odd.length] : (of - different / 3) / 7.0;
      Object text = random.nextInt(9) == 0 ? null : "\u00e4\u20ac".repeat(of % 5) + of;
      Object truth = random.nextInt(9) == 0 ? null : (Object) (of % 3 == 0);
      rows.add(Row.of(SCHEMA, whole, random.nextInt(9) == 0 ? null : (Object) real, text, truth));
    }
    return rows;
  }

  @Test
  void fewValuesAreCountedAsPlainJavaCountsThem() {
    holdsAgainstPlainJava(rows(3000, 700, 1));
  }

  @Test
  void manyValuesHaveBounds() {
    holdsAgainstPlainJava(rows(30_000, 25_000, 2));
  }

  private void holdsAgainstPlainJava(List<Row> rows) {
    Profile profile = profile(SCHEMA, rows);
    assertThat(profile.rows()).isEqualTo(rows.size());
    for (ColumnProfile column : profile.columns()) {
      List<Object> values = new ArrayList<>();
      rows.forEach(row -> values.add(row.value(column.name())));
      long nulls = values.stream().filter(v -> v == null).count();
      values.removeIf(v -> v == null);
      values.replaceAll(v -> v instanceof Double d ? (Object) (d + 0.0) : v);
      assertThat(column.nulls()).isEqualTo(nulls);
      int distinct = new HashSet<>(values).size();
      double off = (double) column.distinct() / distinct - 1;
      assertThat(Math.abs(off)).isLessThanOrEqualTo(3 * column.distinctError());
      assertThat(column.isComplete()).isEqualTo(distinct <= 8192);
      if (column.isComplete()) {
        assertThat(column.frequent()).isEqualTo(mostFrequent(values));
      }
      numbers(column, values);
    }
  }

  private static List<ValueCount> mostFrequent(List<Object> values) {
    Map<Object, Long> counts = new TreeMap<>();
    values.forEach(value -> counts.merge(value, 1L, Long::sum));
    List<Map.Entry<Object, Long>> entries = new ArrayList<>(counts.entrySet());
    entries.sort(Map.Entry.comparingByValue(Collections.reverseOrder()));
    return entries.stream()
        .limit(10)
        .map(entry -> new ValueCount(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static void numbers(ColumnProfile column, List<Object> values) {
    List<BigDecimal> exact = new ArrayList<>();
    List<Double> finite = new ArrayList<>();
    int odd = 0;
    for (Object value : values) {
      if (value instanceof Double d && !Double.isFinite(d)) {
        odd++;
      } else if (value instanceof Double d) {
        exact.add(new BigDecimal(d));
        finite.add(d);
      } else {
        long number =
            value instanceof String s
                ? s.codePointCount(0, s.length())
                : value instanceof Boolean b ? (b ? 1 : 0) : (Long) value;
        exact.add(BigDecimal.valueOf(number));
        finite.add((double) number);
      }
    }
    Distribution found = column.distribution();
    Collections.sort(finite);
    int n = finite.size();
    assertThat(found.count()).isEqualTo(n);
    assertThat(found.notNumbers() + found.infinities() + found.negativeInfinities()).isEqualTo(odd);
    assertThat(found.zeros()).isEqualTo(finite.stream().filter(v -> v == 0).count());
    assertThat(found.negatives()).isEqualTo(finite.stream().filter(v -> v < 0).count());
    assertThat(found.least()).isEqualTo(finite.get(0));
    assertThat(found.greatest()).isEqualTo(finite.get(n - 1));
    MathContext digits = new MathContext(60);
    BigDecimal count = BigDecimal.valueOf(n);
    BigDecimal mean = exact.stream().reduce(BigDecimal.ZERO, BigDecimal::add).divide(count, digits);
    BigDecimal squares =
        exact.stream()
            .map(v -> v.subtract(mean).pow(2, digits))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(found.mean()).isEqualTo(mean.doubleValue());
    assertThat(found.standardDeviation())
        .isEqualTo(squares.divide(BigDecimal.valueOf(n - 1), digits).sqrt(digits).doubleValue());
    boolean isExact = new HashSet<>(finite).size() <= 2048;
    for (int percent = 1; percent <= 100; percent++) {
      double wanted = finite.get((n * percent + 99) / 100 - 1);
      Quantile quantile = found.quantile(percent / 100.0);
      assertThat(wanted).isBetween(quantile.low(), quantile.high());
      assertThat(quantile.value()).isBetween(quantile.low(), quantile.high());
      if (isExact) {
        assertThat(quantile.value()).isEqualTo(wanted);
      }
    }
    histogram(found, finite, isExact);
  }

  private static void histogram(Distribution found, List<Double> finite, boolean isExact) {
    for (Histogram histogram : List.of(found.histogram(25), found.histogramOfWhole(25))) {
      List<Double> edges = histogram.edges();
      assertThat(histogram.counts().size()).isBetween(1, 25);
      long all = histogram.below() + histogram.above();
      for (int i = 0; i < histogram.counts().size(); i++) {
        double low = edges.get(i);
        double high = edges.get(i + 1);
        boolean isLast = i == histogram.counts().size() - 1;
        long wanted =
            finite.stream().filter(v -> v >= low && (v < high || isLast && v == high)).count();
        if (isExact) {
          assertThat(histogram.counts().get(i)).isEqualTo(wanted);
        } else {
          assertThat(Math.abs(histogram.counts().get(i) - wanted))
              .isLessThan(1 + found.count() / 50);
        }
        all += histogram.counts().get(i);
      }
      assertThat(all).isEqualTo(finite.size());
    }
  }

  @Test
  void isTheSameForAnyLeafBlockAndEngine() {
    Schema schema = SCHEMA;
    List<Row> rows = rows(2500, 9000, 3);
    String expected = null;
    List<Row> expectedRows = null;
    for (String[] sizes : new String[][] {{"4096", "65536"}, {"7", "20"}, {"1", "300"}}) {
      Config config = Config.of("drawbar.block.rows", sizes[0], "drawbar.leaf.rows", sizes[1]);
      for (Session one :
          List.of(
              Session.open(config),
              Session.attach(new ChaosEngine(5, 1), config),
              Session.attach(new ChaosEngine(6, 4), config))) {
        try (one) {
          Profile profile = Profile.of(all(one.read(Records.of(schema, rows))));
          String page = profile.summary().html();
          expected = expected == null ? page : expected;
          expectedRows = expectedRows == null ? profile.toRows() : expectedRows;
          assertThat(page).isEqualTo(expected);
          assertThat(profile.toRows()).isEqualTo(expectedRows);
        }
      }
    }
  }

  private static Dataset all(Dataset rows) {
    return rows.withColumn("vector", vector(col("real"), col("whole").cast(DataType.DOUBLE)))
        .withColumn("list", split(col("text"), "1"));
  }

  @Test
  void vectorsAndListsAreMeasured() {
    Schema schema = Schema.empty().with("a", DataType.DOUBLE).with("s", DataType.STRING);
    List<Row> rows =
        List.of(
            Row.of(schema, 1.0, "a b c"),
            Row.of(schema, -2.0, "a"),
            Row.of(schema, null, null),
            Row.of(schema, Double.NaN, ""));
    Profile profile =
        Profile.of(
            session
                .read(Records.of(schema, rows))
                .select(vector(col("a"), col("a").times(0)).as("v"), split(col("s"), " ").as("l")));
    ColumnProfile vectors = profile.column("v");
    assertThat(vectors.nulls()).isEqualTo(1);
    assertThat(vectors.measure()).isEqualTo(ColumnProfile.Measure.ELEMENTS);
    assertThat(vectors.distribution().count()).isEqualTo(4);
    assertThat(vectors.distribution().zeros()).isEqualTo(2);
    assertThat(vectors.distribution().notNumbers()).isEqualTo(2);
    assertThat(vectors.distribution().mean()).isEqualTo(-0.25);
    assertThat(vectors.frequent()).isEmpty();
    ColumnProfile lists = profile.column("l");
    assertThat(lists.nulls()).isEqualTo(1);
    assertThat(lists.distribution().greatest()).isEqualTo(3);
    assertThat(lists.distribution().least()).isEqualTo(1);
    assertThat(profile.toRows()).hasSize(2);
    parsed(profile.summary().html());
  }

  @Test
  void thereMayBeNothing() {
    Profile none = profile(SCHEMA, List.of());
    assertThat(none.rows()).isZero();
    assertThat(none.column("real").distribution().mean()).isNaN();
    assertThat(none.column("real").distribution().standardDeviation()).isNaN();
    assertThat(none.column("real").distribution().quantile(0.5).value()).isNaN();
    assertThat(none.column("real").distribution().histogram(10).counts()).isEmpty();
    assertThat(none.column("text").distinct()).isZero();
    assertThat(none.column("text").isComplete()).isTrue();
    assertThat(none.column("text").least()).isNull();
    assertThat(none.column("whole").greatest()).isNull();
    parsed(none.summary().html());
    List<Row> nulls = Collections.nCopies(300, Row.of(SCHEMA, null, null, null, null));
    Profile all = profile(SCHEMA, nulls);
    assertThat(all.columns()).allMatch(column -> column.nulls() == 300);
    assertThat(all.column("whole").longest()).isNull();
    assertThat(all.column("text").longest()).isNull();
    parsed(all.summary().html());
  }

  @Test
  void oneValueAndExtremes() {
    Profile one = doubles(3.5, 3.5);
    assertThat(one.column("x").distribution().histogram(10))
        .isEqualTo(new Histogram(List.of(3.5, 3.5), List.of(2L), 0, 0));
    assertThat(one.column("x").distribution().standardDeviation()).isZero();
    Profile far = doubles(Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, -0.0);
    Distribution numbers = far.column("x").distribution();
    assertThat(numbers.mean()).isEqualTo(Double.MIN_VALUE / 4);
    assertThat(numbers.zeros()).isEqualTo(1);
    Histogram histogram = numbers.histogram(10);
    long shown = histogram.counts().stream().mapToLong(Long::longValue).sum();
    assertThat(shown + histogram.below() + histogram.above()).isEqualTo(4);
    Profile odd = doubles(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN);
    assertThat(odd.column("x").distribution().count()).isZero();
    assertThat(odd.column("x").distinct()).isEqualTo(3);
    assertThat(odd.column("x").least()).isNull();
    for (Profile profile : List.of(one, far, odd)) {
      parsed(profile.summary().html());
      assertThat(profile.toString()).doesNotContain("null)");
    }
  }

  /** From 2^53 on, neighbours are one double, and still they are counted apart. */
  @Test
  void wholeNumbersAreExact() {
    Schema schema = Schema.empty().with("x", DataType.LONG);
    long large = (1L << 62) + 1;
    List<Row> rows =
        List.of(Row.of(schema, large), Row.of(schema, large + 1), Row.of(schema, Long.MIN_VALUE));
    ColumnProfile column = profile(schema, rows).column("x");
    assertThat(column.greatest()).isEqualTo(large + 1);
    assertThat(column.least()).isEqualTo(Long.MIN_VALUE);
    assertThat(column.distinct()).isEqualTo(3);
    assertThat(column.distribution().mean()).isEqualTo(1.0);
  }

  /** A few values far away widen neither the ranges of quantiles nor the histogram. */
  @Test
  void outliersHideNothing() {
    Schema schema = Schema.empty().with("x", DataType.DOUBLE);
    Random random = new Random(8);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      rows.add(Row.of(schema, 1e6 + random.nextDouble()));
    }
    rows.add(Row.of(schema, 1e300));
    rows.add(Row.of(schema, -1e300));
    Distribution numbers = profile(schema, rows).column("x").distribution();
    Quantile median = numbers.quantile(0.5);
    assertThat(median.high() - median.low()).isLessThan(1.0 / 1000);
    assertThat(median.value()).isBetween(1e6 + 0.48, 1e6 + 0.52);
    Histogram histogram = numbers.histogram(30);
    assertThat(histogram.edges().get(0)).isBetween(1e6 - 0.1, 1e6 + 0.1);
    assertThat(histogram.counts().size()).isGreaterThan(10);
  }

  /** Where bins are coarse, the last ones reach beyond all numbers. */
  @Test
  void theLargestNumbersHaveBounds() {
    Random random = new Random(9);
    Double[] values = new Double[30_000];
    for (int i = 0; i < values.length; i++) {
      int sign = i % 3 - 1;
      values[i] = sign * Math.scalb(1 + random.nextDouble(), 1023 - random.nextInt(2046));
    }
    Distribution numbers = doubles(values).column("x").distribution();
    assertThat(numbers.zeros()).isEqualTo(10_000);
    Double[] ascending = values.clone();
    Arrays.sort(ascending);
    for (int percent = 0; percent <= 100; percent++) {
      Quantile quantile = numbers.quantile(percent / 100.0);
      int rank = Math.max(1, values.length / 100 * percent);
      assertThat(ascending[rank - 1] + 0.0).isBetween(quantile.low(), quantile.high());
      assertThat(quantile.value()).isBetween(quantile.low(), quantile.high());
    }
    assertThat(numbers.quantile(0.5)).isEqualTo(new Quantile(0, 0, 0));
  }

  @Test
  void longTextsAreCutAndToldApart() {
    Schema schema = Schema.empty().with("x", DataType.STRING);
    String euros = "\u20ac".repeat(200);
    List<Row> rows =
        List.of(
            Row.of(schema, euros),
            Row.of(schema, euros + "1"),
            Row.of(schema, "a".repeat(100)),
            Row.of(schema, "a".repeat(101)));
    ColumnProfile column = profile(schema, rows).column("x");
    assertThat(column.distinct()).isEqualTo(4);
    assertThat(column.greatest()).isEqualTo("\u20ac".repeat(33) + "\u2026");
    assertThat(column.least()).isEqualTo("a".repeat(100));
    assertThat(column.longest()).isEqualTo("\u20ac".repeat(33) + "\u2026");
    assertThat(column.distribution().greatest()).isEqualTo(201);
  }

  @Test
  void namesAndValuesCannotLeaveTheirPlace() {
    String attack = "</style></svg></title><script src=//evil.example/x.js></script>\"' onload=x";
    Schema schema = Schema.empty().with(attack.repeat(100), DataType.STRING);
    List<Row> rows = List.of(Row.of(schema, attack), Row.of(schema, attack));
    Profile profile = profile(schema, rows);
    Document page = parsed(profile.summary().html());
    assertThat(page.getElementsByTagName("script").getLength()).isZero();
    Profile harmless =
        profile(
            Schema.empty().with("x".repeat(attack.length() * 100), DataType.STRING),
            List.of(
                Row.of(
                    Schema.empty().with("x".repeat(attack.length() * 100), DataType.STRING),
                    "y".repeat(attack.length())),
                Row.of(
                    Schema.empty().with("x".repeat(attack.length() * 100), DataType.STRING),
                    "y".repeat(attack.length()))));
    assertThat(page.getElementsByTagName("*").getLength())
        .isEqualTo(parsed(harmless.summary().html()).getElementsByTagName("*").getLength());
    assertThat(profile.toString().lines()).allMatch(line -> line.length() < 400);
  }

  @Test
  void thousandsOfColumns() {
    List<Field> fields = new ArrayList<>();
    for (int c = 0; c < 2_500; c++) {
      fields.add(Field.optional("c" + c, DataType.LONG));
    }
    Schema wide = new Schema(fields);
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < 5; r++) {
      Object[] values = new Object[2_500];
      for (int c = 0; c < values.length; c++) {
        values[c] = (long) r * c;
      }
      rows.add(Row.of(wide, values));
    }
    Profile profile = profile(wide, rows);
    assertThat(profile.columns()).hasSize(2_500);
    assertThat(profile.column("c2499").greatest()).isEqualTo(4L * 2499);
    assertThat(profile.column("c1").distinct()).isEqualTo(5);
    Document page = parsed(profile.summary().html());
    assertThat(page.getElementsByTagName("section").getLength()).isEqualTo(200);
    assertThat(page.getElementsByTagName("tr").getLength()).isGreaterThan(2_500);
  }

  @Test
  void namesAreChecked() {
    Dataset rows = session.read(Records.of(SCHEMA, rows(3, 3, 1)));
    assertThatThrownBy(() -> Profile.of(rows, "wohle"))
        .isInstanceOf(UnknownColumnException.class)
        .hasMessageContaining("Did you mean 'whole'");
    assertThatThrownBy(() -> Profile.of(rows, "real").column("whole"))
        .isInstanceOf(DrawbarException.class)
        .hasMessageContaining("no column 'whole' in this profile of 1 columns");
    assertThat(Profile.of(rows, "real").columns()).hasSize(1);
    assertThatThrownBy(() -> Profile.of(rows).column("real").distribution().quantile(1.5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rowsAreADataset() {
    Profile profile = profile(SCHEMA, rows(50, 20, 1));
    Dataset again = session.read(Records.of(Profile.SCHEMA, profile.toRows()));
    assertThat(again.where(col("nulls").gt(0)).count()).isPositive();
    assertThat(again.collect()).isEqualTo(profile.toRows());
  }

  private static Document parsed(String page) {
    try {
      byte[] bytes = page.replaceFirst("<!DOCTYPE html>", "").getBytes(StandardCharsets.UTF_8);
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(bytes));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
