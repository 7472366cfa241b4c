package io.drawbar.evaluate;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.drawbar.Dataset;
import io.drawbar.Pipeline;
import io.drawbar.Session;
import io.drawbar.UnusableDataException;
import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.feature.StandardScaler;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Csv;
import io.drawbar.io.Records;
import io.drawbar.learn.LinearRegression;
import io.drawbar.learn.LinearRegressionModel;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrossValidationTest {
  private static final Schema SCHEMA =
      Schema.empty()
          .with("id", DataType.LONG)
          .with("label", DataType.STRING)
          .with("patient", DataType.LONG)
          .with("x", DataType.DOUBLE)
          .with("y", DataType.DOUBLE);

  private static final LinearRegression RIDGE = LinearRegression.on("features").predicting("y");

  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.block.rows", "17", "drawbar.leaf.rows", "40"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private static List<Row> rows(int count) {
    Random random = new Random(count);
    List<Row> rows = new ArrayList<>();
    for (long id = 0; id < count; id++) {
      String label = random.nextInt(10) == 0 ? "rare" : random.nextInt(3) == 0 ? "some" : "often";
      double x = random.nextGaussian();
      double y = 3 * x - 1 + random.nextGaussian();
      rows.add(Row.of(SCHEMA, id, label, (long) random.nextInt(count / 8), x, y));
    }
    return rows;
  }

  private static Dataset read(Session session, int count) {
    return session.read(Records.of(SCHEMA, rows(count)));
  }

  private static Dataset featured(Dataset rows) {
    return rows.withColumn("features", vector(col("x")));
  }

  private static List<CrossValidation> ways() {
    return List.of(
        CrossValidation.folds(5).withSeed(42),
        CrossValidation.folds(4).withSeed(-1).stratifiedBy("label"),
        CrossValidation.folds(3).groupedBy("patient"));
  }

  @Test
  void everyRowTestsOnceAndTrainsInTheOtherFolds() {
    List<Row> all = rows(300);
    for (CrossValidation way : ways()) {
      Set<Object> tested = new HashSet<>();
      List<Dataset.Split> splits = way.splits(read(session, 300));
      assertThat(splits).hasSize(way.folds());
      for (Dataset.Split split : splits) {
        List<Row> test = split.test().collect();
        List<Row> others = new ArrayList<>(all);
        others.removeAll(test);
        assertThat(split.train().schema()).isEqualTo(SCHEMA);
        // In the order as read.
        assertThat(split.train().collect()).isEqualTo(others);
        test.forEach(row -> assertThat(tested.add(row.value("id"))).isTrue());
      }
      assertThat(tested).hasSize(300);
    }
  }

  @Test
  void foldsAreThoseOfSample() {
    Dataset rows = read(session, 300);
    assertThat(CrossValidation.folds(4).withSeed(9).splits(rows).get(0).test().collect())
        .isEqualTo(rows.sample(.25, 9).collect());
    assertThat(CrossValidation.folds(4).withSeed(9).splits(rows).get(3).train().collect())
        .isEqualTo(rows.sample(.75, 9).collect());
  }

  @Test
  void strataDifferByOneRowAtMost() {
    for (int folds : new int[] {2, 3, 7, 40}) {
      CrossValidation way = CrossValidation.folds(folds).withSeed(3).stratifiedBy("label");
      Map<Object, List<Integer>> shares = new HashMap<>();
      for (Dataset.Split split : way.splits(read(session, 300))) {
        Map<Object, Integer> counts = new HashMap<>(Map.of("rare", 0, "some", 0, "often", 0));
        split.test().collect().forEach(row -> counts.merge(row.value("label"), 1, Integer::sum));
        counts.put("all", counts.values().stream().mapToInt(Integer::intValue).sum());
        counts.forEach((k, n) -> shares.computeIfAbsent(k, l -> new ArrayList<>()).add(n));
      }
      shares.forEach(
          (label, counts) -> {
            int most = counts.stream().mapToInt(Integer::intValue).max().orElseThrow();
            int least = counts.stream().mapToInt(Integer::intValue).min().orElseThrow();
            assertThat(most - least).as("%s in %s folds", label, folds).isLessThanOrEqualTo(1);
          });
    }
  }

  /** Rows are found by bins as by sorting all; labels of all types. */
  @Test
  void manyRowsAreRankedAsFewAre() {
    Dataset rows =
        read(session, 900)
            .withColumn("whole", col("patient").mod(3))
            .withColumn("real", col("patient").mod(2).times(-0.0))
            .withColumn("flag", col("x").gt(0))
            .withRandom("u", 8);
    for (String label : List.of("label", "whole", "real", "flag")) {
      CrossValidation way = CrossValidation.folds(6).stratifiedBy(label);
      assertThat(Strata.of(way, rows, "u", 0).folds())
          .hasSize(6)
          .isEqualTo(Strata.of(way, rows, "u", 1_000).folds());
    }
  }

  @Test
  void aGroupIsInOneFold() {
    Map<Object, Integer> folds = new HashMap<>();
    CrossValidation way = CrossValidation.folds(3).withSeed(5).groupedBy("patient");
    Set<Integer> used = new HashSet<>();
    List<Dataset.Split> splits = way.splits(read(session, 300));
    for (int fold = 0; fold < 3; fold++) {
      for (Row row : splits.get(fold).test().collect()) {
        Integer before = folds.putIfAbsent(row.value("patient"), fold);
        assertThat(before == null || before == fold).isTrue();
        used.add(fold);
      }
    }
    assertThat(used).hasSize(3);
    assertThat(folds.size()).isGreaterThan(20);
    // The fold is the value's: other rows of it are in the same one, too.
    for (Row row : way.splits(read(session, 600)).get(1).test().collect()) {
      assertThat(folds.getOrDefault(row.value("patient"), 1)).isEqualTo(1);
    }
  }

  private static double rmse(List<Row> train, List<Row> test, double lambda) {
    double n = train.size();
    double meanX = train.stream().mapToDouble(r -> (double) r.value("x")).sum() / n;
    double meanY = train.stream().mapToDouble(r -> (double) r.value("y")).sum() / n;
    double xx = 0;
    double xy = 0;
    for (Row row : train) {
      double dx = (double) row.value("x") - meanX;
      xx += dx * dx;
      xy += dx * ((double) row.value("y") - meanY);
    }
    double slope = xy / (xx + n * lambda);
    double squares = 0;
    for (Row row : test) {
      double predicted = meanY + slope * ((double) row.value("x") - meanX);
      double error = (double) row.value("y") - predicted;
      squares += error * error;
    }
    return Math.sqrt(squares / test.size());
  }

  private static double error(Dataset scored) {
    return RegressionMetrics.of(scored, "y", "prediction").rootMeanSquaredError();
  }

  @Test
  void ridgeByHand() {
    for (CrossValidation way : ways()) {
      Dataset rows = featured(read(session, 300));
      CrossValidated found = way.evaluate(RIDGE.withL2(.5), rows, CrossValidationTest::error);
      double sum = 0;
      double squares = 0;
      List<Dataset.Split> splits = way.splits(rows);
      for (int fold = 0; fold < way.folds(); fold++) {
        List<Row> train = splits.get(fold).train().collect();
        List<Row> test = splits.get(fold).test().collect();
        double wanted = rmse(train, test, .5);
        CrossValidated.Fold one = found.folds().get(fold);
        assertThat(one.trained()).isEqualTo(train.size());
        assertThat(one.tested()).isEqualTo(test.size());
        assertThat(one.value()).isCloseTo(wanted, within(1e-12));
        sum += wanted;
        squares += wanted * wanted;
      }
      int k = way.folds();
      assertThat(found.mean()).isCloseTo(sum / k, within(1e-12));
      assertThat(found.spread())
          .isCloseTo(Math.sqrt((squares - sum * sum / k) / (k - 1)), within(1e-11));
    }
  }

  private static List<Object> everything(Session session) {
    List<Object> results = new ArrayList<>();
    for (CrossValidation way : ways()) {
      GridSearched<LinearRegressionModel> found =
          GridSearch.over(List.of(RIDGE, RIDGE.withL2(.1)))
              .with(way)
              .least(featured(read(session, 300)), CrossValidationTest::error);
      found.trials().forEach(trial -> results.add(trial.result()));
      results.add(found.model().fingerprint());
      results.add(found.toString());
    }
    return results;
  }

  @Test
  void parallelismDoesNotCount() {
    List<Object> wanted = everything(session);
    for (String parallelism : List.of("1", "2", "7")) {
      for (String gathered : List.of("0", "64MiB")) {
        Config config =
            Config.of(
                "drawbar.block.rows",
                "17",
                "drawbar.leaf.rows",
                "40",
                "drawbar.parallelism",
                parallelism,
                "drawbar.gather.bytes",
                gathered);
        try (Session other = Session.open(config)) {
          assertThat(everything(other)).isEqualTo(wanted);
        }
      }
    }
  }

  @Test
  void theBestIsFittedToAllRows() {
    Dataset rows = featured(read(session, 300));
    List<LinearRegression> trainers = List.of(RIDGE.withL2(2), RIDGE.withL2(.01), RIDGE.withL2(.9));
    GridSearch<LinearRegressionModel> search = GridSearch.over(trainers);
    GridSearched<LinearRegressionModel> least = search.least(rows, CrossValidationTest::error);
    assertThat(least.bestTrial()).isEqualTo(1);
    assertThat(least.best()).isEqualTo(trainers.get(1));
    assertThat(least.model()).isEqualTo(trainers.get(1).fit(rows));
    GridSearched<LinearRegressionModel> greatest =
        search.greatest(rows, CrossValidationTest::error);
    assertThat(greatest.bestTrial()).isZero();
    assertThat(greatest.trials().get(2).result()).isEqualTo(least.trials().get(2).result());
    assertThat(greatest.toString())
        .startsWith("GridSearch of 3 trainers, CrossValidation.folds(5).withSeed(0)\ntrainer ")
        .containsPattern("(?m)^LinearRegression l2=2\\.0 .*  \\*$")
        .containsPattern("(?m)^LinearRegression l2=0\\.01 .*\\d$");
    assertThat(GridSearch.over(List.of(RIDGE, RIDGE)).least(rows, scored -> 7).toString())
        .containsPattern("(?m)^1 .*  \\*$")
        .containsPattern("(?m)^2 .*\\d$")
        .containsPattern("(?m)^2: LinearRegression");
  }

  @Test
  void theFirstOfEqualsIsBestAndNaNNever() {
    Dataset rows = featured(read(session, 100));
    GridSearch<LinearRegressionModel> search =
        GridSearch.over(List.of(RIDGE.withL2(1), RIDGE.withL2(2), RIDGE.withL2(3)));
    assertThat(search.least(rows, scored -> 7).bestTrial()).isZero();
    assertThat(search.greatest(rows, scored -> 7).bestTrial()).isZero();
    int[] calls = {0};
    assertThat(search.least(rows, scored -> calls[0]++ < 7 ? Double.NaN : 7).bestTrial())
        .isEqualTo(2);
    assertThatThrownBy(() -> search.least(rows, scored -> Double.NaN))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("NaN for each of 3 trainers");
  }

  @Test
  void aPipelineIsFittedInEachFold() {
    Pipeline pipeline =
        Pipeline.of(
            VectorAssembler.of("x").into("features"),
            StandardScaler.on("features").into("scaled"),
            LinearRegression.on("scaled").predicting("y"));
    CrossValidation way = CrossValidation.folds(3);
    CrossValidated found = way.evaluate(pipeline, read(session, 100), CrossValidationTest::error);
    CrossValidated plain =
        way.evaluate(RIDGE, featured(read(session, 100)), CrossValidationTest::error);
    for (int fold = 0; fold < 3; fold++) {
      assertThat(found.folds().get(fold).value())
          .isCloseTo(plain.folds().get(fold).value(), within(1e-13));
    }
  }

  @Test
  void rowsAreReadOnce(@TempDir Path folder) throws Exception {
    StringBuilder text = new StringBuilder();
    rows(100).forEach(row -> text.append("%s,%s%n".formatted(row.value("x"), row.value("y"))));
    Path file = Files.writeString(folder.resolve("rows.csv"), text);
    Schema schema = Schema.empty().with("x", DataType.DOUBLE).with("y", DataType.DOUBLE);
    Dataset rows = featured(session.read(Csv.of(schema).at(file.toString())));
    boolean[] isRead = {false};
    GridSearched<LinearRegressionModel> found =
        GridSearch.over(List.of(RIDGE, RIDGE.withL2(1)))
            .least(
                rows,
                scored -> {
                  isRead[0] |= file.toFile().delete();
                  return error(scored);
                });
    assertThat(isRead[0]).isTrue();
    assertThat(found.model().rows()).isEqualTo(100);
  }

  @Test
  void resultsAreTables() {
    CrossValidated found =
        new CrossValidated(
            CrossValidation.folds(2).withSeed(7).stratifiedBy("label"),
            List.of(new CrossValidated.Fold(1_000, 20, .5), new CrossValidated.Fold(20, 1_000, 1)));
    assertThat(found.mean()).isEqualTo(.75);
    assertThat(found.spread()).isEqualTo(Math.sqrt(.125));
    assertThat(found.toString())
        .isEqualTo(
            """
            CrossValidation.folds(2).withSeed(7).stratifiedBy("label"): mean 0.750000, spread 0.353553
            fold  trained on  tested on     value
            1          1,000         20  0.500000
            2             20      1,000  1.000000
            """);
  }

  @Test
  void aColumnOfTheNameIsLeftAlone() {
    Dataset rows = read(session, 60).withColumn("draw", col("id")).withColumn("draw_", col("id"));
    for (Dataset.Split split : CrossValidation.folds(2).splits(rows)) {
      assertThat(split.test().schema()).isEqualTo(rows.schema());
      split.test().collect().forEach(r -> assertThat(r.value("draw")).isEqualTo(r.value("id")));
    }
  }

  @Test
  void whatCannotBeDividedIsNamed() {
    Dataset few = read(session, 16).limit(3);
    assertThatThrownBy(() -> CrossValidation.folds(20).splits(few))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageStartingWith("CrossValidation.folds(20).withSeed(0): none of 3 rows is in fold ")
        .hasMessageEndingWith("take fewer folds, or stratifiedBy(...)");
    assertThatThrownBy(
            () ->
                CrossValidation.folds(2).stratifiedBy("label").splits(few.where(col("x").isNull())))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("none of 0 rows");
    Dataset rows = read(session, 300);
    Dataset nulls = rows.leftJoin(rows.limit(290).select(col("id"), col("label").as("l")), "id");
    assertThatThrownBy(() -> CrossValidation.folds(2).stratifiedBy("l").splits(nulls))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("the label is null in 10 rows")
        .hasMessageContaining("col(\"l\").isNotNull()");
    assertThatThrownBy(() -> CrossValidation.folds(2).stratifiedBy("id").splits(rows))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("there are 300 labels in 300 rows, but 256");
    assertThatThrownBy(
            () -> CrossValidation.folds(2).stratifiedBy("features").splits(featured(rows)))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("VECTOR(1)");
    assertThatThrownBy(() -> CrossValidation.folds(2).groupedBy("nobody").splits(rows))
        .isInstanceOf(DrawbarException.class)
        .hasMessageContaining("nobody");
    assertThatThrownBy(() -> CrossValidation.folds(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 to 100 folds, not 1");
    assertThatThrownBy(() -> CrossValidation.folds(2).groupedBy("a").stratifiedBy("b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stratified or grouped");
    assertThatThrownBy(() -> GridSearch.over(List.<LinearRegression>of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFitThatFailsSaysWhere() {
    Dataset rows = featured(read(session, 100)).withColumn("y", col("y").dividedBy(col("id")));
    assertThatThrownBy(
            () ->
                CrossValidation.folds(3)
                    .evaluate(RIDGE, rows.where(col("id").ge(0)), CrossValidationTest::error))
        .isInstanceOf(DrawbarException.class)
        .hasMessageStartingWith("fold ")
        .hasMessageContaining("of 3, LinearRegression");
  }
}
