package io.drawbar.learn;

import static io.drawbar.expr.Functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.column.Batch;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.config.Config;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.io.Records;
import io.drawbar.iterate.BlockFold;
import io.drawbar.testkit.PartialLaws;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Moments and regressions of rows that do not all count the same. */
class WeightedRowsTest {
  private static final int ELEMENTS = 3;
  private static final Schema SCHEMA =
      Schema.empty()
          .with("x", DataType.vector(ELEMENTS))
          .with("y", DataType.DOUBLE)
          .with("w", DataType.DOUBLE);
  private static final MomentKernel KERNEL = new MomentKernel(SCHEMA.names(), ELEMENTS);
  private static final LinearRegression TRAINER =
      LinearRegression.on("x").predicting("y").weightedBy("w");

  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.block.rows", "70"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  /** Features, label and weight, by column; means are a million times what rows differ by. */
  private static double[][] block(long seed, int rows) {
    Random random = new Random(seed);
    double[][] columns = new double[ELEMENTS + 2][rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j <= ELEMENTS; j++) {
        columns[j][i] = random.nextGaussian() + 1e6 / (j + 1) + (j > 0 ? columns[0][i] / 2 : 0);
      }
      columns[ELEMENTS + 1][i] = random.nextInt(5) == 0 ? 0 : random.nextDouble() * 3;
    }
    return columns;
  }

  private static Batch batch(double[][] columns, int from, int to) {
    double[][] cut = new double[columns.length][];
    for (int j = 0; j < cut.length; j++) {
      cut[j] = Arrays.copyOfRange(columns[j], from, to);
    }
    int rows = to - from;
    return Batch.of(
        SCHEMA,
        rows,
        new VectorColumn(rows, Arrays.copyOf(cut, ELEMENTS), null),
        new DoubleColumn(rows, cut[ELEMENTS], null),
        new DoubleColumn(rows, cut[ELEMENTS + 1], null));
  }

  private static Moments fold(double[][] columns, int piece) {
    Moments moments = KERNEL.identity();
    BlockFold<Moments> fold = KERNEL.open();
    int rows = columns[0].length;
    for (int from = 0; from < rows; from += piece) {
      fold.batch(batch(columns, from, Math.min(rows, from + piece)));
    }
    fold.endBlock(moments);
    return moments;
  }

  private static Object view(Moments moments) {
    double[] rounded = moments.rounded();
    long[] counts = {moments.rows(), moments.badWeights(), moments.defects().rows};
    return new Object[] {rounded, moments.rest(rounded), counts};
  }

  @Test
  void mergingHasNoOrderAndBlocksMayBeCut() {
    PartialLaws.of(KERNEL, WeightedRowsTest::view).hold(40, i -> fold(block(i, i * 5), 1000));
    for (int rows : new int[] {5, 64, 65, 300}) {
      double[][] block = block(rows, rows);
      block[ELEMENTS + 1][rows / 2] = -1;
      block[0][rows - 1] = Double.NaN;
      Object whole = view(fold(block, 1000));
      assertThat(view(fold(block, 1))).usingRecursiveComparison().isEqualTo(whole);
      assertThat(view(fold(block, 37))).usingRecursiveComparison().isEqualTo(whole);
      assertThat(fold(block, 37).badWeights()).isEqualTo(1);
      assertThat(fold(block, 37).rows()).isEqualTo(rows - 2);
    }
  }

  /** Weights have all their digits: a sum of weights as one double would leave some 4 of them. */
  @Test
  void centredMomentsAreThoseOfExactArithmetic() {
    Moments moments = KERNEL.identity();
    List<double[][]> blocks = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      blocks.add(block(100 + i, 10 + 17 * i));
      moments.merge(fold(blocks.get(i), 1000));
    }
    GramMatrix matrix = GramMatrix.centred(moments);
    for (int i = 0; i <= ELEMENTS; i++) {
      for (int j = i; j <= ELEMENTS; j++) {
        double scale = Math.sqrt(matrix.at(i, i) * matrix.at(j, j));
        assertThat(matrix.at(i, j)).isCloseTo(centred(blocks, i, j), within(scale * 3e-15));
      }
    }
  }

  private static double centred(List<double[][]> blocks, int i, int j) {
    BigDecimal weights = BigDecimal.ZERO;
    BigDecimal first = BigDecimal.ZERO;
    BigDecimal second = BigDecimal.ZERO;
    BigDecimal product = BigDecimal.ZERO;
    for (double[][] block : blocks) {
      for (int row = 0; row < block[0].length; row++) {
        BigDecimal weight = new BigDecimal(block[ELEMENTS + 1][row]);
        BigDecimal a = new BigDecimal(block[i][row]);
        BigDecimal b = new BigDecimal(block[j][row]);
        weights = weights.add(weight);
        first = first.add(a.multiply(weight));
        second = second.add(b.multiply(weight));
        product = product.add(a.multiply(b).multiply(weight));
      }
    }
    return product
        .subtract(first.multiply(second).divide(weights, new MathContext(100)))
        .doubleValue();
  }

  /**
   * Rows that weigh next to nothing, far away: the first alone, a whole tile, and here and there.
   */
  @Test
  void lightRowsFarAwayCostNoDigits() {
    for (int light : new int[] {1, 64, 600, 0}) {
      double[][] block = block(7, 2000);
      for (int i = 0; i < 2000; i++) {
        boolean isLight = light == 0 ? i % 5 == 0 : i < light;
        block[ELEMENTS + 1][i] = isLight ? 1e-14 : 1 + i % 3;
        for (int j = 0; j <= ELEMENTS && isLight; j++) {
          block[j][i] = 1e7 * (j + 1) + i;
        }
      }
      GramMatrix matrix = GramMatrix.centred(fold(block, 1000));
      for (int i = 0; i <= ELEMENTS; i++) {
        for (int j = i; j <= ELEMENTS; j++) {
          double scale = Math.sqrt(matrix.at(i, i) * matrix.at(j, j));
          assertThat(matrix.at(i, j))
              .as("%s rows, moment %s %s", light, i, j)
              .isCloseTo(centred(List.<double[][]>of(block), i, j), within(scale * 1e-13));
        }
      }
      assertThat(view(fold(block, 37)))
          .usingRecursiveComparison()
          .isEqualTo(view(fold(block, 1000)));
      assertByClassAndDeviations(block);
    }
  }

  /** The same of naive Bayes and of what a logistic regression is scaled by. */
  private void assertByClassAndDeviations(double[][] block) {
    int rows = block[0].length;
    List<Row> list = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double[] x = {block[0][i], block[1][i], block[2][i]};
      list.add(Row.of(SCHEMA, x, (double) (i / 7 % 2), block[ELEMENTS + 1][i]));
    }
    NaiveBayesModel model =
        NaiveBayes.on("x")
            .predicting("y")
            .weightedBy("w")
            .withVarianceSmoothing(0)
            .fit(session.read(Records.of(SCHEMA, list)));
    double[][] one = new double[ELEMENTS + 2][];
    for (int k = 0; k < 2; k++) {
      int label = k;
      int[] some = IntStream.range(0, rows).filter(i -> i / 7 % 2 == label).toArray();
      Arrays.setAll(one, j -> Arrays.stream(some).mapToDouble(i -> block[j][i]).toArray());
      double weight = Arrays.stream(one[ELEMENTS + 1]).sum();
      for (int j = 0; j < ELEMENTS; j++) {
        double variance = centred(List.<double[][]>of(one), j, j) / weight;
        assertThat(model.variances().get(k).get(j)).isCloseTo(variance, within(variance * 1e-11));
      }
    }
    List<Double> deviations =
        LogisticRegression.on("x")
            .predicting("y")
            .weightedBy("w")
            .withL2(1)
            .fit(session.read(Records.of(SCHEMA, list)))
            .inference()
            .deviations();
    double weight = Arrays.stream(block[ELEMENTS + 1]).sum();
    for (int j = 0; j < ELEMENTS; j++) {
      double deviation = Math.sqrt(centred(List.<double[][]>of(block), j, j) / weight);
      assertThat(deviations.get(j)).isCloseTo(deviation, within(deviation * 1e-9));
    }
  }

  private Dataset rows(PenalisedRows rows, double... weights) {
    return rows(session, rows, weights);
  }

  private static Dataset rows(Session session, PenalisedRows rows, double... weights) {
    List<Row> list = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      list.add(Row.of(SCHEMA, rows.x()[i], rows.y()[i], weights[i]));
    }
    return session.read(Records.of(SCHEMA, list));
  }

  private static void assertClose(LinearRegressionModel found, LinearRegressionModel wanted) {
    for (int j = 0; j < ELEMENTS; j++) {
      double coefficient = wanted.coefficients().get(j);
      assertThat(found.coefficients().get(j)).isCloseTo(coefficient, within(1e-13));
      assertThat(found.coefficients().get(j) == 0).isEqualTo(coefficient == 0);
    }
    assertThat(found.intercept()).isCloseTo(wanted.intercept(), within(1e-12));
    assertThat(found.rSquared()).isCloseTo(wanted.rSquared(), within(1e-13));
    assertThat(found.residualStandardError())
        .isCloseTo(wanted.residualStandardError(), within(1e-13));
  }

  private static List<LinearRegression> trainers() {
    return List.of(
        TRAINER,
        TRAINER.withoutIntercept(),
        TRAINER.withL2(.3).standardised(),
        TRAINER.withL1(.2),
        TRAINER.withElasticNet(.3, .7).standardised().withoutIntercept());
  }

  @Test
  void weightsCountAsRepetitions() {
    PenalisedRows rows = PenalisedRows.random(3, 250, ELEMENTS, .5);
    Random random = new Random(4);
    double[] weights = random.ints(250, 0, 4).asDoubleStream().toArray();
    List<double[]> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      for (int k = 0; k < weights[i]; k++) {
        x.add(rows.x()[i]);
        y.add(rows.y()[i]);
      }
    }
    PenalisedRows repeated =
        new PenalisedRows(
            x.toArray(new double[0][]), y.stream().mapToDouble(Double::doubleValue).toArray());
    double[] ones = new double[repeated.y().length];
    Arrays.fill(ones, 1);
    for (LinearRegression trainer : trainers()) {
      assertClose(trainer.fit(rows(rows, weights)), trainer.fit(rows(repeated, ones)));
    }
    RegularisationPathModel path = TRAINER.path(5).fit(rows(rows, weights));
    assertThat(path.model(2)).isEqualTo(path.trainer(2).fit(rows(rows, weights)));
    assertThat(path.provenance().inputs()).containsExactly("x", "y", "w");
  }

  @Test
  void equalWeightsChangeNothing() {
    PenalisedRows rows = PenalisedRows.random(3, 200, ELEMENTS, .5);
    double[] weights = new double[200];
    for (LinearRegression trainer : trainers()) {
      LinearRegressionModel plain = trainer.weightedBy("").fit(rows(rows, weights));
      for (double weight : new double[] {1, .25, 4}) {
        Arrays.fill(weights, weight);
        LinearRegressionModel found = trainer.fit(rows(rows, weights));
        assertThat(found.coefficients()).isEqualTo(plain.coefficients());
        assertThat(found.intercept()).isEqualTo(plain.intercept());
        assertThat(found.rSquared()).isEqualTo(plain.rSquared());
        assertThat(found.rows()).isEqualTo(200);
      }
    }
  }

  @Test
  void theBitsAreTheSameEverywhere() {
    PenalisedRows rows = PenalisedRows.random(13, 1000, ELEMENTS, 1);
    double[] weights = new Random(5).doubles(1000, 0, 7).toArray();
    for (LinearRegression trainer : trainers()) {
      assertThat(
              new HashSet<>(
                  Vectors.everywhere(s -> trainer.fit(rows(s, rows, weights)).fingerprint())
                      .values()))
          .hasSize(1);
    }
  }

  @Test
  void weightsThatAreNoneAreRefused() {
    PenalisedRows rows = PenalisedRows.random(3, 6, ELEMENTS, 0);
    double[] weights = {1, -1, Double.NaN, 2, Double.POSITIVE_INFINITY, 0};
    for (LinearRegression trainer : trainers()) {
      assertThatThrownBy(() -> trainer.fit(rows(rows, weights)))
          .isInstanceOf(UnusableValueException.class)
          .hasMessage(
              trainer
                  + ": 3 weights in 'w' are null, NaN, infinite or less than 0; leave those rows"
                  + " out");
      assertThatThrownBy(() -> trainer.fit(rows(rows, new double[6])))
          .isInstanceOf(UnusableValueException.class)
          .hasMessageContaining("all weights in 'w' are 0");
    }
    Dataset nulls = rows(rows, 1, 1, 1, 1, 1, 1).withColumn("w", col("w").times(-1));
    assertThatThrownBy(() -> TRAINER.withL1(1).fit(nulls))
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("6 weights");
    Dataset texts = nulls.withColumn("w", col("y").cast(DataType.STRING));
    assertThatThrownBy(() -> TRAINER.fit(texts))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("a weight is LONG or DOUBLE");
    assertThatThrownBy(() -> TRAINER.weightedBy("y"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("columns of their own");
    assertThat(TRAINER.withL1(.5))
        .hasToString("LinearRegression.on(\"x\").predicting(\"y\").weightedBy(\"w\").withL1(0.5)");
  }

  /** Rows that weigh nothing are often masked by their weight because they hold nonsense. */
  @Test
  void whatARowWithoutWeightHoldsChangesNothing() {
    Random random = new Random(5);
    List<Row> some = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      double[] x = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      double y = x[0] + .3 * random.nextGaussian() > 0 ? 1 : 0;
      some.add(Row.of(SCHEMA, x, y, .5 + random.nextDouble()));
    }
    for (double nonsense : new double[] {1e12, -1e200}) {
      List<Row> more = new ArrayList<>(some);
      double[] x = {nonsense, nonsense, 1};
      more.add(0, Row.of(SCHEMA, x, 1.0, 0.0));
      more.add(31, Row.of(SCHEMA, x, 0.0, 0.0));
      LogisticRegression logistic =
          LogisticRegression.on("x").predicting("y").weightedBy("w").withL2(.01).standardised();
      NaiveBayes naive = NaiveBayes.on("x").predicting("y").weightedBy("w");
      assertThat(TRAINER.fit(dataset(more)).coefficients())
          .isEqualTo(TRAINER.fit(dataset(some)).coefficients());
      List<Double> without = logistic.fit(dataset(some)).coefficients();
      List<Double> with = logistic.fit(dataset(more)).coefficients();
      for (int j = 0; j < ELEMENTS; j++) {
        // In the passes after the first such rows take part in the lanes, with nothing.
        assertThat(with.get(j)).isCloseTo(without.get(j), within(1e-12));
      }
      assertThat(naive.fit(dataset(more)).variances())
          .isEqualTo(naive.fit(dataset(some)).variances());
    }
  }

  private Dataset dataset(List<Row> rows) {
    return session.read(Records.of(SCHEMA, rows));
  }
}
