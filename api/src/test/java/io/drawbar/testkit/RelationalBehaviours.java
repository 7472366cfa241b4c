package io.drawbar.testkit;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.explode;
import static io.drawbar.expr.Functions.lit;
import static io.drawbar.expr.Functions.max;
import static io.drawbar.expr.Functions.sum;

import io.drawbar.Dataset;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Csv;
import io.drawbar.learn.LinearRegression;
import io.drawbar.learn.LinearRegressionModel;
import io.drawbar.testkit.Behaviour.Says;
import io.drawbar.testkit.Behaviour.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What joins, unions, sorts and the like do when all is well. */
final class RelationalBehaviours {
  private RelationalBehaviours() {}

  /** All of them. */
  static List<Behaviour> all() {
    List<Behaviour> all = new ArrayList<>();
    all.addAll(matched());
    all.addAll(ordered());
    all.addAll(observed());
    all.addAll(unordered());
    return all;
  }

  private static Behaviour behaviour(String name, Work work) {
    return new Behaviour(name, Says.ROWS, work);
  }

  private static Behaviour collected(String name, Function<Setting, Dataset> rows) {
    return behaviour(name, setting -> Canonical.of(rows.apply(setting).collect()));
  }

  private static Behaviour written(String name, Function<Setting, Dataset> rows) {
    return behaviour(
        name,
        setting -> {
          rows.apply(setting).write(Csv.to(setting.target().toString()).header());
          return Canonical.ofFolder(setting.target());
        });
  }

  private static Canonical fold(Dataset rows, String column) {
    return rows.reduce(new BlockFolds(column)).canonical();
  }

  private static Dataset flat(Setting setting) {
    return setting.keyed().select("name", "whole", "real", "weight");
  }

  private static Dataset perName(Setting setting) {
    return setting.keyed().groupBy("name").agg(count().as("n"), max("real").as("peak"));
  }

  private static Dataset perReal(Setting setting) {
    return flat(setting).where(col("whole").ge(0)).groupBy("real").agg(count().as("n"));
  }

  /** Half the rows have one key. */
  private static Dataset hot(Setting setting) {
    return setting
        .readings()
        .select(col("minute").times(col("minute").mod(2)).as("key"), col("heat"), col("load"));
  }

  static Dataset hotPairs(Setting setting) {
    Dataset other = hot(setting).groupBy("key").agg(sum("load").as("other"));
    return hot(setting).drop("load").join(other.union(other).union(other), "key");
  }

  private static List<Behaviour> matched() {
    return List.of(
        collected("join by text", s -> s.keyed().join(perName(s), "name")),
        collected(
            "left join by real numbers with NaN, both zeros and nulls",
            s -> flat(s).leftJoin(perReal(s), "real")),
        collected(
            "semi join by two keys, of a union",
            s ->
                flat(s)
                    .union(flat(s).where(col("weight").gt(0)))
                    .semiJoin(flat(s).where(col("weight").lt(0)), "name", "whole")),
        collected("anti join by real numbers", s -> flat(s).antiJoin(perReal(s), "real")),
        collected("join where half the rows have one key", RelationalBehaviours::hotPairs),
        collected(
            "join, then group",
            s -> hotPairs(s).groupBy("key").agg(count().as("pairs"), sum("heat"), sum("other"))),
        collected(
            "lookup with keys that are missing",
            s -> flat(s).lookup(perName(s).where(col("n").gt(14)), "name")),
        collected("distinct", s -> flat(s).select("name", "real").distinct()),
        collected(
            "join, leave nothing, join that",
            s ->
                flat(s)
                    .leftJoin(
                        perName(s).join(perReal(s).where(lit(false)).drop("real"), "n"), "name")
                    .sortBy("weight")));
  }

  private static List<Behaviour> ordered() {
    return List.of(
        collected(
            "sort by keys of both directions, one computed",
            s ->
                flat(s)
                    .union(flat(s))
                    .sortBy(col("real").desc(), col("whole").mod(2).asc(), col("name").desc())),
        collected("the first rows of a sort", s -> s.keyed().sortBy("real", "whole").limit(31)),
        collected("the first rows of a union", s -> hot(s).limit(7).union(hot(s)).limit(120)),
        collected("the first rows of a join", s -> hotPairs(s).limit(50)),
        collected(
            "samples of exploded rows, divided",
            s -> {
              Dataset words = s.keyed().select(col("weight"), explode(col("words")).as("word"));
              Dataset.Split split = words.union(words).sample(0.7, 1).split(0.5, 2);
              return split.train().union(split.test().distinct());
            }),
        collected(
            "samples after a join",
            s -> hotPairs(s).sample(0.5, 3).groupBy("key").agg(count().as("n"))),
        collected(
            "a cache used three times",
            s -> {
              Dataset kept = flat(s).union(flat(s).where(col("whole").ge(0))).cache();
              return kept.sample(0.4, 9).antiJoin(kept.limit(40), "name").union(kept.limit(3));
            }));
  }

  private static List<Behaviour> observed() {
    return List.of(
        written(
            "write a scan and an aggregation",
            s ->
                hot(s)
                    .where(col("key").lt(-300))
                    .select("key", "heat")
                    .union(hot(s).groupBy("key").agg(sum("heat").as("heat")))),
        written(
            "write sorted rows", s -> hot(s).sortBy(col("heat").desc()).limit(150).sortBy("key")),
        written("write a join", s -> hotPairs(s).where(col("heat").gt(0))),
        behaviour("fold sorted rows", s -> fold(flat(s).sortBy(col("real").desc()), "weight")),
        behaviour("fold a join", s -> fold(hotPairs(s), "heat")),
        behaviour(
            "fold a limit and a union, kept and not",
            s -> {
              Dataset some = hot(s).limit(50);
              Dataset rows = some.union(some.sortBy("heat").limit(30)).where(col("key").ne(0));
              Canonical blocks = fold(rows, "heat");
              fold(rows.cache(), "heat").mustEqual(blocks, "kept rows");
              return blocks;
            }),
        behaviour(
            "train on kept rows as on others",
            s -> {
              Dataset rows =
                  s.readings().where(col("heat").isNotNull().and(col("load").isNotNull()));
              Canonical model = model(rows);
              model(rows.cache()).mustEqual(model, "kept rows");
              return model;
            }));
  }

  /** The bits of a regression. */
  private static Canonical model(Dataset rows) {
    Dataset assembled =
        rows.withColumn("y", col("load")).transform(VectorAssembler.of("heat").into("features"));
    LinearRegressionModel model = LinearRegression.on("features").predicting("y").fit(assembled);
    return Canonical.ofValues(model.coefficients(), model.intercept(), model.rows());
  }

  private static Dataset shuffled(Setting setting) {
    return setting.session().read(new ShuffledSource(ContractData.KEYED, setting.data().keyed()));
  }

  private static List<Behaviour> unordered() {
    return List.of(
        collected("rows without order, each twice", s -> shuffled(s).union(shuffled(s))),
        collected(
            "the first and some of rows without order",
            s ->
                shuffled(s)
                    .drop("words")
                    .limit(60)
                    .select("weight")
                    .union(shuffled(s).sample(0.5, 4).select("weight"))),
        written(
            "write rows without order", s -> shuffled(s).where(col("whole").ge(7)).drop("words")),
        behaviour(
            "train on rows without order",
            s -> {
              Dataset rows =
                  shuffled(s).select(col("whole").mod(7).as("heat"), col("weight").as("load"));
              return model(rows.where(col("heat").isNotNull()))
                  .and(fold(shuffled(s), "weight"))
                  .and(fold(shuffled(s).cache(), "weight"));
            }));
  }
}
