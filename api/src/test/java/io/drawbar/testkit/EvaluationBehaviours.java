package io.drawbar.testkit;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.vector;
import static io.drawbar.testkit.Behaviours.behaviour;
import static io.drawbar.testkit.Behaviours.collected;

import io.drawbar.Dataset;
import io.drawbar.evaluate.BinaryMetrics;
import io.drawbar.evaluate.CrossValidated;
import io.drawbar.evaluate.CrossValidation;
import io.drawbar.evaluate.GridSearch;
import io.drawbar.evaluate.GridSearched;
import io.drawbar.evaluate.MulticlassMetrics;
import io.drawbar.evaluate.RegressionMetrics;
import io.drawbar.evaluate.Silhouette;
import io.drawbar.learn.LinearRegression;
import io.drawbar.learn.LinearRegressionModel;
import io.drawbar.learn.LogisticRegression;
import io.drawbar.learn.LogisticRegressionModel;
import io.drawbar.type.DataType;
import java.util.List;

/** Classes and clusters that are measured, and rows that are divided into folds. */
final class EvaluationBehaviours {
  private EvaluationBehaviours() {}

  static List<Behaviour> all() {
    return List.of(
        behaviour("measure classes", EvaluationBehaviours::classes),
        behaviour("measure clusters", EvaluationBehaviours::clusters),
        collected(
            "numbers drawn for rows and for keys",
            s ->
                s.keyed()
                    .union(s.keyed().where(col("whole").ge(0)))
                    .withRandom("row", 4)
                    .withRandom("key", 5, "name", "real")
                    .where(col("row").lt(0.9))),
        collected(
            "numbers drawn after a group by",
            s -> Behaviours.groupsOfGroups(s).withRandom("group", 6).drop("minutes")),
        behaviour("search with folds of strata", EvaluationBehaviours::searched),
        behaviour("search classifiers with folds of groups", EvaluationBehaviours::classifiers),
        behaviour(
            "divide rows by groups",
            s -> {
              Dataset.Split split =
                  CrossValidation.folds(2)
                      .withSeed(1)
                      .groupedBy("machine")
                      .splits(numbers(s))
                      .get(1);
              return Canonical.of(split.test().collect())
                  .and(Canonical.of(split.train().select("minute").collect()));
            }));
  }

  private static Dataset numbers(Setting setting) {
    return setting.readings().where(col("heat").isNotNull().and(col("load").isNotNull()));
  }

  private static Canonical classes(Setting setting) {
    Dataset scored =
        numbers(setting)
            .withColumn("heat", col("heat").times(col("heat")))
            .select(
                col("machine"),
                col("minute").mod(2).times(col("minute").mod(2)).as("label"),
                col("minute").gt(900).cast(DataType.LONG).as("prediction"),
                vector(
                        col("heat").dividedBy(col("heat").plus(1)),
                        col("load").eq(0).cast(DataType.DOUBLE))
                    .as("probability"));
    MulticlassMetrics numbers = MulticlassMetrics.of(scored, "label", "prediction", "probability");
    MulticlassMetrics texts =
        MulticlassMetrics.of(scored.withColumn("all", col("machine")), "machine", "all");
    return Canonical.ofValues(
        numbers.accuracy(),
        numbers.kappa(),
        numbers.logLoss(),
        numbers.macroF1(),
        numbers.weightedPrecision(),
        numbers.toString(),
        texts.toString());
  }

  private static Canonical clusters(Setting setting) {
    Dataset rows =
        numbers(setting)
            .select(col("minute").mod(4).as("cluster"), vector(col("heat"), col("load")).as("x"));
    Silhouette found = Silhouette.of(rows, "cluster", "x");
    Canonical all = Canonical.ofValues(found.rows(), found.mean());
    for (Silhouette.Cluster cluster : found.clusters()) {
      all = all.and(Canonical.ofValues(cluster.number(), cluster.rows(), cluster.mean()));
    }
    return all;
  }

  /** Little is trained, but again and again: each fold, each penalty, and all rows. */
  private static Canonical classifiers(Setting setting) {
    LogisticRegression logistic =
        LogisticRegression.on("x").predicting("alarm").standardised().withMostSteps(4);
    GridSearched<LogisticRegressionModel> found =
        GridSearch.over(List.of(logistic.withL2(1), logistic.withElasticNet(.01, .5)))
            .with(CrossValidation.folds(2).withSeed(2).groupedBy("machine"))
            .least(
                numbers(setting)
                    .where(col("alarm").isNotNull())
                    .withColumn("x", vector(col("heat"), col("minute"))),
                scored -> BinaryMetrics.of(scored, "alarm", "probability").logLoss());
    return Canonical.ofValues(
        (long) found.bestTrial(), found.model().fingerprint(), found.toString());
  }

  private static Canonical searched(Setting setting) {
    LinearRegression ridge = LinearRegression.on("x").predicting("load");
    GridSearched<LinearRegressionModel> found =
        GridSearch.over(List.of(ridge.withL2(1), ridge.withL2(100)))
            .with(CrossValidation.folds(2).withSeed(3).stratifiedBy("alarm"))
            .least(
                numbers(setting)
                    .where(col("alarm").isNotNull())
                    .withColumn("x", vector(col("heat"), col("minute"))),
                scored -> RegressionMetrics.of(scored, "load", "prediction").meanAbsoluteError());
    Canonical all = Canonical.ofValues((long) found.bestTrial(), found.model().fingerprint());
    for (GridSearched.Trial<LinearRegressionModel> trial : found.trials()) {
      for (CrossValidated.Fold fold : trial.result().folds()) {
        all = all.and(Canonical.ofValues(fold.trained(), fold.tested(), fold.value()));
      }
    }
    return all;
  }
}
