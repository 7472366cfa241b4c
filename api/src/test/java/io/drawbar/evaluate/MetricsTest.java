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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.block.rows", "7", "drawbar.leaf.rows", "20"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private Dataset rows(DataType labels, Object[]... rows) {
    Schema schema = Schema.empty().with("y", labels).with("p", DataType.DOUBLE);
    List<Row> list = new ArrayList<>();
    for (Object[] row : rows) {
      list.add(Row.of(schema, row));
    }
    return session.read(Records.of(schema, list));
  }

  @Test
  void regressionByHand() {
    // The example of scikit-learn's documentation: MSE .375, MAE .5, R2 .9486081, explained
    // .9571734.
    RegressionMetrics found =
        RegressionMetrics.of(
            rows(DataType.LONG, new Object[][] {{3L, 2.5}, {-1L, 0.0}, {2L, 2.0}, {7L, 8.0}}),
            "y",
            "p");
    assertThat(found.rows()).isEqualTo(4);
    assertThat(found.meanSquaredError()).isEqualTo((.25 + 1 + 0 + 1) / 4);
    assertThat(found.meanAbsoluteError()).isEqualTo(.625);
    assertThat(found.rootMeanSquaredError()).isEqualTo(Math.sqrt(.5625));
    // Errors .5 -1 0 -1: squares 2.25, sum -1.5; labels: squares 63, sum 11.
    assertThat(found.rSquared()).isEqualTo(1 - 2.25 / (63 - 121 / 4.0));
    assertThat(found.explainedVariance())
        .isCloseTo(1 - (2.25 - 1.5 * 1.5 / 4) / (63 - 121 / 4.0), within(1e-16));
  }

  @Test
  void largeMeansCostNoDigitsAndOrderDoesNotCount() {
    Random random = new Random(5);
    List<Object[]> rows = new ArrayList<>();
    double squares = 0;
    for (int i = 0; i < 300; i++) {
      double label = 1e9 + random.nextInt(1 << 20) / 1024.0;
      double error = random.nextInt(1 << 20) / 1024.0;
      squares += error * error;
      rows.add(new Object[] {label, label - error});
    }
    RegressionMetrics found =
        RegressionMetrics.of(rows(DataType.DOUBLE, rows.toArray(Object[][]::new)), "y", "p");
    // Errors are multiples of 2^-10, so that plain sums are exact.
    assertThat(found.meanSquaredError()).isEqualTo(squares / 300);
    Collections.shuffle(rows, random);
    assertThat(RegressionMetrics.of(rows(DataType.DOUBLE, rows.toArray(Object[][]::new)), "y", "p"))
        .isEqualTo(found);
  }

  @Test
  void regressionOfConstantLabelsHasNoShare() {
    Dataset rows = rows(DataType.DOUBLE, new Object[][] {{.1, .1}, {.1, .2}});
    RegressionMetrics found = RegressionMetrics.of(rows, "y", "p");
    assertThat(found.rSquared()).isNaN();
    assertThat(found.explainedVariance()).isNaN();
  }

  @Test
  void whatIsNoRegressionIsNamed() {
    assertThatThrownBy(() -> RegressionMetrics.of(rows(DataType.STRING), "y", "p"))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("column 'y' is STRING");
    assertThatThrownBy(() -> RegressionMetrics.of(rows(DataType.LONG), "y", "p"))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("no rows");
    Object[][] odd = {{1L, null}, {null, 1.0}, {1L, Double.NaN}, {1L, 1e308 * 10}, {1L, 1.0}};
    assertThatThrownBy(() -> RegressionMetrics.of(rows(DataType.LONG, odd), "y", "p"))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("in 4 of 5 rows");
  }

  /** Every pair of a row of label 1 and one of label 0. */
  private static double auc(List<Object[]> rows) {
    long twice = 0;
    long pairs = 0;
    for (Object[] one : rows) {
      for (Object[] zero : rows) {
        if ((double) one[0] == 1 && (double) zero[0] == 0) {
          pairs++;
          double difference = (double) one[1] - (double) zero[1];
          twice += difference > 0 ? 2 : difference == 0 ? 1 : 0;
        }
      }
    }
    return twice / (2.0 * pairs);
  }

  @Test
  void aucIsThatOfAllPairs() {
    Random random = new Random(6);
    for (int distinct : new int[] {2, 5, 40, 100_000}) {
      List<Object[]> rows = new ArrayList<>();
      double loss = 0;
      long[] counts = new long[4];
      for (int i = 0; i < 300; i++) {
        double score = random.nextInt(distinct) / (double) distinct;
        double label = random.nextDouble() < .2 + score / 2 ? 1 : 0;
        score = score == 0 && random.nextBoolean() ? -0.0 : score;
        rows.add(new Object[] {label, score});
        double p = Math.max(1e-15, score);
        loss -= label == 1 ? Math.log(p) : Math.log(1 - p);
        counts[(label == 1 ? 2 : 0) + (score >= .4 ? 1 : 0)]++;
      }
      Dataset data = rows(DataType.DOUBLE, rows.toArray(Object[][]::new));
      BinaryMetrics found = BinaryMetrics.of(data, "y", "p");
      assertThat(found.auc()).isEqualTo(auc(rows));
      assertThat(found.logLoss()).isCloseTo(loss / 300, within(1e-12));
      assertThat(found.rows()).isEqualTo(300);
      assertThat(found.at(.4)).isEqualTo(new Confusion(counts[3], counts[1], counts[0], counts[2]));
    }
  }

  @Test
  void thresholdsByHand() {
    Dataset rows =
        rows(
            DataType.BOOLEAN,
            new Object[][] {{true, .9}, {true, .5}, {true, .2}, {false, .7}, {false, .1}});
    BinaryMetrics found = BinaryMetrics.of(rows, "y", "p");
    Confusion half = found.at(.5);
    assertThat(half).isEqualTo(new Confusion(2, 1, 1, 1));
    assertThat(half.accuracy()).isEqualTo(.6);
    assertThat(half.precision()).isEqualTo(2 / 3.0);
    assertThat(half.recall()).isEqualTo(2 / 3.0);
    assertThat(half.f1()).isEqualTo(2 / 3.0);
    assertThat(found.at(2).precision()).isNaN();
    assertThat(found.auc()).isEqualTo(4 / 6.0);
    // -(log .9 + log .5 + log .2 + log .3 + log .9) / 5
    assertThat(found)
        .hasToString(
            """
            BinaryMetrics: 5 rows, 3 of label 1, AUC 0.666667, log-loss 0.743456
            at threshold 0.5, Confusion: accuracy 0.600000, precision 0.666667, recall 0.666667, F1 0.666667
            label \\ predicted  1  0
            1                  2  1
            0                  1  1
            """);
  }

  @Test
  void certainPredictionsCostAtMost() {
    Dataset rows = rows(DataType.BOOLEAN, new Object[][] {{true, 0.0}, {false, 0.0}});
    assertThat(BinaryMetrics.of(rows, "y", "p").logLoss())
        .isCloseTo(-Math.log(1e-15) / 2, within(1e-14));
    Dataset margins = rows(DataType.BOOLEAN, new Object[][] {{true, 7.0}, {false, -3.0}});
    BinaryMetrics found = BinaryMetrics.of(margins, "y", "p");
    assertThat(found.auc()).isEqualTo(1);
    assertThat(found).hasToString("BinaryMetrics: 2 rows, 1 of label 1, AUC 1.000000\n");
    assertThatThrownBy(found::logLoss)
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("-3.0 is not a probability");
  }

  @Test
  void whatIsNotBinaryIsNamed() {
    Object[][] odd = {
      {0.0, .1}, {1.0, .2}, {.5, .2}, {2.0, .3}, {null, .3}, {1.0, null}, {1.0, Double.NaN}
    };
    assertThatThrownBy(() -> BinaryMetrics.of(rows(DataType.DOUBLE, odd), "y", "p"))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining(
            "': 2 labels are neither 0 nor 1 (from 0.5 to 2.0), 1 label is null, 2 scores are null or"
                + " NaN; filter");
    Object[][] missing = {{0.0, .1}, {1.0, null}};
    assertThatThrownBy(() -> BinaryMetrics.of(rows(DataType.DOUBLE, missing), "y", "p"))
        .hasMessage(
            "BinaryMetrics of 'y' and 'p': 1 score is null or NaN; filter such rows out before");
    Object[][] one = {{1.0, .1}, {1.0, .2}};
    assertThatThrownBy(() -> BinaryMetrics.of(rows(DataType.DOUBLE, one), "y", "p"))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("2 rows have label 1 and 0 have label 0");
    assertThatThrownBy(() -> BinaryMetrics.of(rows(DataType.DOUBLE), "y", "p"))
        .isInstanceOf(UnusableDataException.class);
    assertThatThrownBy(() -> BinaryMetrics.of(rows(DataType.STRING), "y", "p"))
        .isInstanceOf(TypeMismatchException.class);
  }

  /** Products beyond a long: 4e9 rows of each label, in one score and in two. */
  @Test
  void countsBeyondALongAreExact() {
    ScoreCounts counts = new ScoreCounts();
    counts.add(.5, 4_000_000_001L, 4_000_000_003L);
    counts.add(.25, 0, 4_000_000_003L);
    assertThat(BinaryMetrics.of(counts).auc()).isEqualTo(.75);
  }

  @Test
  void partialsKeepTheLaws() {
    PartialLaws.of(
            new ResidualKernel(),
            r -> List.of(r.rows(), r.unusable(), r.rows() == 0 ? "" : r.metrics()))
        .hold(
            50,
            i -> {
              Random random = new Random(i);
              Residuals residuals = new Residuals();
              for (int k = random.nextInt(4); k >= 0; k--) {
                double label = Math.scalb(random.nextGaussian(), random.nextInt(300) - 150);
                residuals.add(label, i % 9 == 0 ? Double.NaN : random.nextGaussian());
              }
              return residuals;
            });
    PartialLaws.of(
            new ScoreKernel(),
            c -> {
              ScoreCounts sorted = c.sorted();
              List<Object> all = new ArrayList<>(List.of(c.unusable()));
              for (int i = 0; i < sorted.size(); i++) {
                all.add(sorted.score(i) + " " + sorted.positives(i) + " " + sorted.negatives(i));
              }
              return all;
            })
        .hold(
            50,
            i -> {
              ScoreCounts counts = new ScoreCounts();
              counts.addUnusable(i % 3);
              for (int k = 0; k < i % 4; k++) {
                counts.add(i * 31 % 50 + k / 8.0, i, k);
              }
              return counts;
            });
  }

  @Test
  void metricsOfNumbersAreATable() {
    assertThat(new RegressionMetrics(1234, .25, .5, 1e-5, .9, 1))
        .hasToString(
            """
            RegressionMetrics: 1,234 rows
            R squared                    0.900000
            explained variance           1.000000
            root mean squared error      0.500000
            mean squared error           0.250000
            mean absolute error      1.000000e-05
            """);
  }
}
