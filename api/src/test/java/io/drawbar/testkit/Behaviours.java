package io.drawbar.testkit;

import static io.drawbar.expr.Functions.avg;
import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.explode;
import static io.drawbar.expr.Functions.lit;
import static io.drawbar.expr.Functions.lower;
import static io.drawbar.expr.Functions.max;
import static io.drawbar.expr.Functions.min;
import static io.drawbar.expr.Functions.split;
import static io.drawbar.expr.Functions.sum;

import io.drawbar.Dataset;
import io.drawbar.expr.Aggregate;
import io.drawbar.expr.Expr;
import io.drawbar.io.Csv;
import io.drawbar.io.CsvSink;
import io.drawbar.io.Records;
import io.drawbar.testkit.Behaviour.Says;
import io.drawbar.testkit.Behaviour.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What pipelines do when all is well. */
final class Behaviours {
  private static final Expr HOT = col("heat").gt(0).or(col("alarm"));

  private Behaviours() {}

  /** All of them. */
  static List<Behaviour> all() {
    List<Behaviour> all = new ArrayList<>();
    all.addAll(narrow());
    all.addAll(grouped());
    all.addAll(written());
    all.addAll(Formats.all());
    all.addAll(Outputs.all());
    all.addAll(BadRowBehaviours.all());
    all.addAll(reduced());
    all.addAll(empty());
    all.addAll(ModelBehaviours.all());
    all.addAll(EvaluationBehaviours.all());
    return all;
  }

  static Behaviour behaviour(String name, Work work) {
    return new Behaviour(name, Says.ROWS, work);
  }

  static Behaviour collected(String name, Function<Setting, Dataset> rows) {
    return behaviour(name, setting -> Canonical.of(rows.apply(setting).collect()));
  }

  private static List<Behaviour> narrow() {
    return List.of(
        collected("collect a CSV file in order", Setting::readings),
        collected(
            "where, withColumn and select over CSV",
            s ->
                s.readings()
                    .where(HOT)
                    .withColumn("heat", col("heat").times(3).plus(col("load")))
                    .withColumn("odd", col("minute").mod(2).eq(1))
                    .select("odd", "heat", "machine")),
        collected("explode the words of a text", Behaviours::words),
        collected(
            "explode lists in memory",
            s ->
                s.keyed()
                    .where(col("whole").isNotNull())
                    .select(col("name"), explode(col("words")).as("word"), col("real"))),
        collected("a folder of many files, plain and compressed", s -> s.csvFolder("many")),
        behaviour(
            "count",
            s ->
                Canonical.ofValues(
                    s.readings().where(HOT).count(), s.lines().count(), s.keyed().count())));
  }

  private static Dataset words(Setting setting) {
    return setting
        .lines()
        .select(explode(split(lower(col("line")), "\\W+")).as("word"))
        .where(col("word").ne(""));
  }

  private static Aggregate[] every(String whole, String real) {
    return new Aggregate[] {
      count().as("rows"),
      count(col(real)).as("present"),
      sum(real).as("sum"),
      avg(real).as("avg"),
      min(real).as("min"),
      max(real).as("max"),
      avg(whole).as("avgWhole"),
      min(whole).as("minWhole"),
      max(whole).as("maxWhole")
    };
  }

  private static Dataset perMinute(Setting setting) {
    return setting.readings().groupBy("machine", "minute").agg(every("minute", "heat"));
  }

  /** A pipeline of two exchanges, into stages 1 and 2. */
  static Dataset groupsOfGroups(Setting setting) {
    return perMinute(setting)
        .where(col("rows").ge(1))
        .groupBy("machine")
        .agg(count().as("minutes"), sum("sum").as("total"), max("avg").as("peak"));
  }

  private static List<Behaviour> grouped() {
    return List.of(
        collected("word count", s -> words(s).groupBy("word").agg(count().as("n"))),
        collected(
            "group by text", s -> s.readings().groupBy("machine").agg(every("minute", "heat"))),
        collected(
            "group by text with nulls", s -> s.keyed().groupBy("name").agg(every("whole", "real"))),
        collected(
            "group by whole numbers with nulls and extremes",
            s -> s.keyed().groupBy("whole").agg(every("whole", "weight"))),
        collected(
            "group by real numbers with NaN, both zeros and nulls",
            s -> s.keyed().groupBy("real").agg(every("whole", "weight"))),
        collected(
            "group by several keys, one computed",
            s ->
                s.readings()
                    .where(HOT)
                    .groupBy(col("machine"), col("minute").mod(7).as("day"), col("alarm"))
                    .agg(every("minute", "load"))),
        collected(
            "group folders of files", s -> s.csvFolder("many").groupBy("minute").agg(sum("heat"))),
        collected("group by after group by", Behaviours::groupsOfGroups),
        collected(
            "narrow steps after group by",
            s ->
                perMinute(s)
                    .withColumn("double", col("rows").times(2))
                    .select(explode(split(col("machine"), " ")).as("part"), col("double"))
                    .where(col("part").ne("one"))),
        collected("aggregate all rows", s -> s.keyed().agg(every("whole", "weight"))),
        collected("aggregate all groups", s -> perMinute(s).agg(sum("sum"), avg("avg"), count())));
  }

  private static Work writing(Function<Setting, Dataset> rows, UnaryOperator<CsvSink> format) {
    return setting -> {
      rows.apply(setting).write(format.apply(Csv.to(setting.target().toString())));
      Canonical left = Canonical.ofValues((long) Canonical.list(setting.scratch()).size());
      return Canonical.ofFolder(setting.target()).and(left);
    };
  }

  /** Not many rows: with leaves of a byte each is a file of its own. */
  static Dataset few(Setting setting) {
    return setting.readings().where(col("minute").lt(0));
  }

  private static Dataset flat(Setting setting) {
    return setting.keyed().where(col("whole").ge(7)).select("name", "whole", "real", "weight");
  }

  private static List<Behaviour> written() {
    return List.of(
        behaviour("write CSV", writing(Behaviours::few, CsvSink::header)),
        behaviour("write compressed CSV", writing(s -> s.csvFolder("many"), CsvSink::gzip)),
        behaviour("write rows in memory", writing(Behaviours::flat, sink -> sink)),
        behaviour(
            "write words", writing(s -> words(s).where(col("word").eq("cart")), CsvSink::header)),
        behaviour("write groups", writing(Behaviours::perMinute, CsvSink::gzip)),
        behaviour(
            "write groups of groups",
            writing(s -> perMinute(s).groupBy("rows").agg(sum("sum")), CsvSink::header)),
        behaviour("write one total", writing(s -> s.readings().agg(sum("heat")), s -> s)));
  }

  private static Canonical fold(Dataset rows, String column) {
    return rows.reduce(new BlockFolds(column)).canonical();
  }

  private static List<Behaviour> reduced() {
    return List.of(
        behaviour("fold blocks of a CSV file", s -> fold(s.readings(), "heat")),
        behaviour("fold what a filter leaves", s -> fold(s.readings().where(HOT), "load")),
        behaviour("fold blocks of many files", s -> fold(s.csvFolder("many"), "heat")),
        behaviour("fold rows in memory", s -> fold(s.keyed(), "weight")),
        behaviour(
            "fold exploded rows",
            s -> fold(s.keyed().select(explode(col("words")).as("word"), col("weight")), "weight")),
        behaviour("fold groups", s -> fold(perMinute(s), "sum")),
        behaviour("fold no rows", s -> fold(s.readings().where(lit(false)), "heat")));
  }

  private static List<Behaviour> empty() {
    return List.of(
        collected("an empty file", s -> s.csv("empty.csv")),
        collected(
            "no rows in memory", s -> s.session().read(Records.of(ContractData.KEYED, List.of()))),
        collected("group no rows", s -> s.csv("empty.csv").groupBy("machine").agg(count().as("n"))),
        collected("one total of no rows", s -> s.csv("empty.csv").agg(every("minute", "heat"))),
        behaviour("count no rows", s -> Canonical.ofValues(s.csv("empty.csv").count())),
        behaviour("fold an empty file", s -> fold(s.csv("empty.csv"), "heat")),
        behaviour("write no rows", writing(s -> s.csv("empty.csv").where(HOT), CsvSink::header)));
  }
}
