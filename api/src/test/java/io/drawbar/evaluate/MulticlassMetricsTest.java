package io.drawbar.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.UnusableDataException;
import io.drawbar.config.Config;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.io.Records;
import io.drawbar.testkit.PartialLaws;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MulticlassMetricsTest {
  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.block.rows", "7", "drawbar.leaf.rows", "20"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private Dataset rows(DataType type, Object[]... rows) {
    Schema schema = Schema.empty().with("y", type).with("p", type);
    if (rows.length > 0 && rows[0].length > 2) {
      schema = schema.with("q", DataType.vector(3));
    }
    List<Row> list = new ArrayList<>();
    for (Object[] row : rows) {
      list.add(Row.of(schema, row));
    }
    return session.read(Records.of(schema, list));
  }

  /** The example of scikit-learn's {@code classification_report}. */
  @Test
  void threeClassesByHand() {
    MulticlassMetrics found =
        MulticlassMetrics.of(
            rows(DataType.LONG, new Object[][] {{0L, 0L}, {1L, 0L}, {2L, 2L}, {2L, 2L}, {2L, 1L}}),
            "y",
            "p");
    assertThat(found.rows()).isEqualTo(5);
    assertThat(found.classes()).containsExactly(0L, 1L, 2L);
    assertThat(found.accuracy()).isEqualTo(.6);
    assertThat(found.count(2, 1)).isEqualTo(1);
    assertThat(found.count(1L, 1L)).isZero();
    assertThat(found.against(0)).isEqualTo(new Confusion(1, 1, 3, 0));
    assertThat(found.against(0).precision()).isEqualTo(.5);
    assertThat(found.against(0).f1()).isEqualTo(2 / 3.0);
    assertThat(found.against(2).precision()).isEqualTo(1);
    assertThat(found.against(2).recall()).isEqualTo(2 / 3.0);
    assertThat(found.against(2).f1()).isEqualTo(.8);
    // The report says 0.50 0.56 0.49 for "macro avg" and 0.70 0.60 0.61 for "weighted avg".
    assertThat(found.macroPrecision()).isEqualTo(.5);
    assertThat(found.macroRecall()).isCloseTo(5 / 9.0, within(1e-16));
    assertThat(found.macroF1()).isCloseTo((2 / 3.0 + .8) / 3, within(1e-16));
    assertThat(found.weightedPrecision()).isCloseTo(.7, within(2e-16));
    assertThat(found.weightedRecall()).isCloseTo(.6, within(2e-16));
    assertThat(found.weightedF1()).isCloseTo((2 / 3.0 + 2.4) / 5, within(2e-16));
    // p = 3/5, e = (1*2 + 1*1 + 3*2) / 25.
    assertThat(found.kappa()).isEqualTo((15 - 9) / (double) (25 - 9));
  }

  /** The example of J. Cohen's coefficient in Wikipedia: 50 grants, two readers, kappa 0.4. */
  @Test
  void kappaOfTwoReaders() {
    List<Object[]> rows = new ArrayList<>();
    add(rows, 20, "yes", "yes");
    add(rows, 5, "yes", "no");
    add(rows, 10, "no", "yes");
    add(rows, 15, "no", "no");
    MulticlassMetrics found =
        MulticlassMetrics.of(rows(DataType.STRING, rows.toArray(Object[][]::new)), "y", "p");
    assertThat(found.accuracy()).isEqualTo(.7);
    assertThat(found.kappa()).isEqualTo(.4);
    assertThat(found.toString())
        .isEqualTo(
            """
            MulticlassMetrics: 50 rows, 2 classes, accuracy 0.700000, kappa 0.400000
            class              rows  predicted  precision    recall        F1
            no                   25         20   0.750000  0.600000  0.666667
            yes                  25         30   0.666667  0.800000  0.727273
            mean over classes                    0.708333  0.700000  0.696970
            mean over rows                       0.708333  0.700000  0.696970
            label \\ predicted  no  yes
            no                 15   10
            yes                 5   20
            """);
  }

  private static void add(List<Object[]> rows, int count, Object label, Object prediction) {
    for (int i = 0; i < count; i++) {
      rows.add(new Object[] {label, prediction});
    }
  }

  @Test
  void classesAreInOrderOfTheirValues() {
    Object[][] numbers = {{10L, 9L}, {-1L, 10L}, {Long.MIN_VALUE, -100L}, {Long.MAX_VALUE, 9L}};
    assertThat(MulticlassMetrics.of(rows(DataType.LONG, numbers), "y", "p").classes())
        .containsExactly(Long.MIN_VALUE, -100L, -1L, 9L, 10L, Long.MAX_VALUE);
    // By code point: Java's own order has the second before the first.
    String tilde = "\uFF5E";
    String tractor = "\uD83D\uDE9C";
    Object[][] texts = {{tractor, "b"}, {tilde, ""}, {"a", tractor}};
    assertThat(MulticlassMetrics.of(rows(DataType.STRING, texts), "y", "p").classes())
        .containsExactly("", "a", "b", tilde, tractor);
    Object[][] flags = {{true, false}, {true, true}};
    MulticlassMetrics found = MulticlassMetrics.of(rows(DataType.BOOLEAN, flags), "y", "p");
    assertThat(found.classes()).containsExactly(false, true);
    assertThat(found.against(false).recall()).isNaN();
    assertThat(found.macroRecall()).isEqualTo(.25);
    assertThat(found.kappa()).isZero();
  }

  @Test
  void oneClassSaysNothingOfChance() {
    MulticlassMetrics found =
        MulticlassMetrics.of(rows(DataType.LONG, new Object[][] {{3L, 3L}, {3L, 3L}}), "y", "p");
    assertThat(found.accuracy()).isEqualTo(1);
    assertThat(found.macroF1()).isEqualTo(1);
    assertThat(found.kappa()).isNaN();
    assertThatThrownBy(() -> found.against(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no class 4; there are [3]");
  }

  /** A map of pairs, and sums over it, for rows at random; through a filter, and in any order. */
  @Test
  void countsAreThoseOfAMap() {
    Random random = new Random(3);
    List<Object[]> rows = new ArrayList<>();
    TreeMap<String, Long> pairs = new TreeMap<>();
    double loss = 0;
    for (int i = 0; i < 400; i++) {
      long label = random.nextInt(3);
      long prediction = random.nextInt(4) == 0 ? 7 : random.nextInt(3);
      double[] shares = {random.nextInt(5) / 4.0, random.nextDouble(), random.nextDouble()};
      rows.add(new Object[] {label, prediction, shares});
      pairs.merge(label + " " + prediction, 1L, Long::sum);
      loss -= Math.log(Math.max(1e-15, shares[(int) label]));
    }
    MulticlassMetrics found =
        MulticlassMetrics.of(rows(DataType.LONG, rows.toArray(Object[][]::new)), "y", "p", "q");
    for (Object label : found.classes()) {
      for (Object prediction : found.classes()) {
        assertThat(found.count(label, prediction))
            .isEqualTo(pairs.getOrDefault(label + " " + prediction, 0L));
      }
    }
    assertThat(found.logLoss()).isCloseTo(loss / 400, within(1e-13));
    Collections.shuffle(rows, random);
    MulticlassMetrics again =
        MulticlassMetrics.of(rows(DataType.LONG, rows.toArray(Object[][]::new)), "y", "p", "q");
    assertThat(again.logLoss()).isEqualTo(found.logLoss());
    assertThat(again).hasToString(found.toString());
  }

  @Test
  void logLossByHand() {
    // -(log .7 + log .5 + log 1e-15) / 3
    Dataset scored =
        rows(
            DataType.LONG,
            new Object[][] {
              {0L, 0L, new double[] {.7, .2, .1}},
              {2L, 2L, new double[] {.25, .25, .5}},
              {1L, 0L, new double[] {1, 0, 0}}
            });
    MulticlassMetrics found = MulticlassMetrics.of(scored, "y", "p", "q");
    assertThat(found.logLoss())
        .isCloseTo(-(Math.log(.7) + Math.log(.5) + Math.log(1e-15)) / 3, within(1e-14));
    assertThat(found.toString()).contains("log-loss 11.8");
    assertThatThrownBy(() -> MulticlassMetrics.of(scored, "y", "p").logLoss())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("probability");
  }

  @Test
  void whatIsNoClassIsNamed() {
    assertThatThrownBy(() -> MulticlassMetrics.of(rows(DataType.DOUBLE), "y", "p"))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("column 'y' is DOUBLE")
        .hasMessageContaining("cast(DataType.LONG)");
    assertThatThrownBy(() -> MulticlassMetrics.of(rows(DataType.LONG), "y", "p"))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("of 'y' and 'p': there are no rows");
    Object[][] nulls = {{1L, null}, {null, 1L}, {1L, 1L}};
    assertThatThrownBy(() -> MulticlassMetrics.of(rows(DataType.LONG, nulls), "y", "p"))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("in 2 of 3 rows one of them is null");
    Object[][] many = new Object[1_026][];
    Arrays.setAll(many, i -> new Object[] {(long) i / 2, (long) i});
    assertThatThrownBy(() -> MulticlassMetrics.of(rows(DataType.LONG, many), "y", "p"))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("more than 1,024 classes in 1,026 rows");
    Dataset most = rows(DataType.LONG, Arrays.copyOf(many, 1_024));
    assertThat(MulticlassMetrics.of(most, "y", "p").classes()).hasSize(1_024);
    Dataset mixed = rows(DataType.LONG).withColumn("p", io.drawbar.expr.Functions.lit("a"));
    assertThatThrownBy(() -> MulticlassMetrics.of(mixed, "y", "p"))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("'y' is LONG and column 'p' is STRING");
  }

  @Test
  void whatIsNoProbabilityIsNamed() {
    double[] good = {.1, .2, .7};
    Object[][] odd = {
      {0L, 0L, good},
      {3L, 0L, good},
      {-1L, 0L, good},
      {Long.MIN_VALUE, 0L, good},
      {0L, 0L, null},
      {0L, 0L, new double[] {Double.NaN, 0, 0}},
      {1L, 1L, new double[] {0, 1.5, 0}}
    };
    assertThatThrownBy(() -> MulticlassMetrics.of(rows(DataType.LONG, odd), "y", "p", "q"))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("in 6 of 7 rows 'q' has no probability");
    Object[][] texts = {{"0", "0", good}};
    assertThatThrownBy(() -> MulticlassMetrics.of(rows(DataType.STRING, texts), "y", "p", "q"))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("StringIndexer");
    Object[][] flags = {{true, true, good}};
    assertThatThrownBy(() -> MulticlassMetrics.of(rows(DataType.BOOLEAN, flags), "y", "p", "q"))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("'q' is VECTOR(3)")
        .hasMessageContaining("of 2 classes");
  }

  @Test
  void partialsKeepTheLaws() {
    PartialLaws.of(
            new ClassKernel(3),
            c -> {
              List<Object> all =
                  new ArrayList<>(
                      List.of(c.rows(), c.nulls(), c.improbable(), c.loss(), c.hasTooMany()));
              TreeMap<String, Long> pairs = new TreeMap<>();
              for (int i = 0; i < c.classes().size(); i++) {
                for (int j = 0; j < c.classes().size(); j++) {
                  String pair = text(c.classes().get(i)) + "/" + text(c.classes().get(j));
                  if (c.count(i, j) > 0) {
                    pairs.put(pair, c.count(i, j));
                  }
                }
              }
              all.add(pairs);
              return all;
            })
        .hold(40, i -> counts(i, 9));
  }

  @Test
  void tooManyAreTooManyInAnyOrder() {
    PartialLaws.of(new ClassKernel(3), c -> List.of(c.rows(), c.hasTooMany(), c.classes().size()))
        .hold(30, i -> counts(i, 60));
    ClassCounts all = new ClassCounts();
    for (int i = 0; i < 30; i++) {
      all.merge(counts(i, 60));
    }
    assertThat(all.hasTooMany()).isTrue();
    assertThat(all.rows()).isEqualTo(30 * 60);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static ClassCounts counts(int i, int rows) {
    ClassCounts counts = new ClassCounts();
    for (int k = 0; k < rows; k++) {
      byte[] label = Integer.toString(rows > 20 ? i * rows + k : i * k % 11).getBytes();
      byte[] prediction = "class %s".formatted(k % 5).getBytes();
      counts.add(
          counts.number(label, 0, label.length), counts.number(prediction, 0, prediction.length));
      counts.addLoss(Math.scalb(1 / (k + 3.0), 100 * (i % 5)));
    }
    for (int k = 0; k < i % 3; k++) {
      counts.addNull();
      counts.addImprobable();
    }
    return counts;
  }
}
