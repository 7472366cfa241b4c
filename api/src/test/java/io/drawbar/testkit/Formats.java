package io.drawbar.testkit;

import static io.drawbar.expr.Functions.avg;
import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.dot;
import static io.drawbar.expr.Functions.explode;
import static io.drawbar.expr.Functions.sum;
import static io.drawbar.testkit.Behaviours.behaviour;
import static io.drawbar.testkit.Behaviours.collected;

import io.drawbar.Dataset;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Csv;
import io.drawbar.io.Json;
import io.drawbar.io.Records;
import io.drawbar.io.parquet.Parquet;
import io.drawbar.learn.LinearRegression;
import io.drawbar.learn.LinearRegressionModel;
import io.drawbar.spi.Sink;
import io.drawbar.testkit.Behaviour.Says;
import io.drawbar.testkit.Behaviour.Work;
import io.drawbar.type.InferredSchema;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What pipelines do with JSON lines, sparse vectors, single files and patterns. */
final class Formats {
  private Formats() {}

  /** All of them. */
  static List<Behaviour> all() {
    List<Behaviour> all = new ArrayList<>();
    all.addAll(json());
    all.addAll(sparse());
    all.addAll(singleFiles());
    all.addAll(inferred());
    all.add(collected("rows over several lines", Setting::notes));
    all.addAll(parquet());
    all.add(collected("a pattern of folders", s -> s.csvLike("ma[a-n]y/**/part-{[5-7],9}.csv*")));
    return all;
  }

  private static List<Behaviour> json() {
    return List.of(
        collected("collect JSON lines in order", Setting::events),
        collected(
            "where and select over JSON lines",
            s ->
                s.events()
                    .where(col("value").gt(0).or(col("alarm")))
                    .select("city", "features", "id")),
        collected(
            "group and explode JSON lines",
            s ->
                s.events()
                    .select(explode(col("tags")).as("tag"), col("value"))
                    .groupBy("tag")
                    .agg(sum("value"), count().as("n"))),
        behaviour(
            "train on JSON lines",
            s -> model(s.events().where(col("value").gt(-1e9)), "features", "value")),
        behaviour("write JSON lines", writing(Setting::events, path -> Json.to(path))),
        behaviour("write compressed JSON", writing(Setting::events, p -> Json.to(p).gzip())),
        behaviour(
            "write groups as JSON",
            writing(s -> s.events().groupBy("note").agg(avg("value")), path -> Json.to(path))),
        behaviour("write JSON and read it back", Formats::readBack));
  }

  private static List<Behaviour> inferred() {
    return List.of(
        new Behaviour(
            "infer the columns of CSV, and read them",
            Says.PLACES,
            s -> {
              String folder = s.data().folder("many", s.packing());
              InferredSchema found = s.session().infer(Csv.at(folder));
              Dataset rows = s.session().read(Csv.of(found.schema()).at(folder));
              return Canonical.ofValues(found.toString(), rows.count());
            }),
        new Behaviour(
            "infer the fields of JSON lines",
            Says.PLACES,
            s -> {
              String folder = s.data().folder("bad-events", s.packing());
              return Canonical.ofValues(s.session().infer(Json.at(folder)).toString());
            }));
  }

  private static Canonical readBack(Setting setting) {
    String path = setting.target().toString();
    setting.events().write(Json.to(path).gzip());
    Dataset read = setting.session().read(Json.of(setting.events().schema()).at(path));
    return Canonical.of(read.collect());
  }

  /** Row groups are of few rows, so that they are divided among tasks and across blocks. */
  private static List<Behaviour> parquet() {
    return List.of(
        behaviour(
            "write Parquet", writing(Setting::events, p -> Parquet.to(p).rowGroups(40, 9_000))),
        behaviour("write sparse vectors as Parquet", writing(Setting::sparse, Parquet::to)),
        behaviour("write Parquet and read it back", Formats::readParquet));
  }

  private static Canonical readParquet(Setting setting) {
    String path = setting.target().toString();
    Dataset events = setting.events();
    events.write(Parquet.to(path).zstd().rowGroups(20, 1 << 20));
    Dataset read = setting.session().read(Parquet.of(events.schema()).at(path));
    Canonical all = Canonical.of(read.collect());
    all.mustEqual(Canonical.of(events.collect()), "rows of Parquet");
    Dataset some = read.where(col("value").gt(0).or(col("alarm"))).select("city", "value");
    return all.and(Canonical.of(some.sample(0.7, 3).collect()))
        .and(Canonical.of(read.groupBy("note").agg(sum("value"), count().as("n")).collect()))
        .and(Canonical.ofValues(setting.session().infer(Parquet.at(path)).schema().toString()));
  }

  private static List<Behaviour> sparse() {
    return List.of(
        collected("collect sparse vectors", Setting::sparse),
        collected(
            "inner products of sparse vectors",
            s ->
                s.sparse()
                    .where(col("label").gt(-1))
                    .withColumn("score", dot(col("features"), weights()))
                    .select("score", "features")),
        collected(
            "sparse vectors joined with numbers",
            s -> s.sparse().transform(VectorAssembler.of("label", "features").into("all"))),
        collected(
            "sort and sample sparse vectors",
            s -> s.sparse().sortBy(col("label").mod(1).desc()).sample(0.7, 3).limit(60)),
        behaviour("sparse vectors are the dense ones", Formats::bothForms),
        behaviour("train on sparse vectors", s -> model(s.sparse(), "features", "label")),
        behaviour(
            "write sparse vectors as JSON",
            writing(s -> s.sparse().where(col("label").gt(1)), path -> Json.to(path))));
  }

  /** What has been collected is dense when it is read again. */
  private static Canonical bothForms(Setting setting) {
    Dataset sparse = setting.sparse();
    Dataset dense = setting.session().read(Records.of(sparse.schema(), sparse.collect()));
    Canonical sorted = Canonical.of(sparse.union(dense).sortBy("label").collect());
    Canonical other = Canonical.of(dense.union(sparse).sortBy("label").collect());
    other.mustEqual(sorted, "rows of both forms, sorted");
    Canonical sampled = Canonical.of(sparse.sortBy("label").sample(0.5, 7).collect());
    other = Canonical.of(dense.sortBy("label").sample(0.5, 7).collect());
    other.mustEqual(sampled, "a sample by content");
    Dataset labels = dense.select(col("label"), col("label").plus(1).as("next"));
    return sorted.and(sampled).and(Canonical.of(sparse.join(labels, "label").collect()));
  }

  private static double[] weights() {
    double[] weights = new double[ContractData.FEATURES];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 1.0 / (i - 4.5);
    }
    return weights;
  }

  private static Canonical model(Dataset rows, String features, String label) {
    LinearRegressionModel model = LinearRegression.on(features).predicting(label).fit(rows);
    return Canonical.ofValues(model.coefficients(), model.intercept(), model.rows())
        .and(Canonical.of(model.transform(rows).select("prediction").collect()));
  }

  private static List<Behaviour> singleFiles() {
    return List.of(
        behaviour(
            "write one CSV file",
            writing(Behaviours::few, p -> Csv.to(p + ".csv").header().separator(';').singleFile())),
        behaviour(
            "write one compressed CSV file",
            writing(
                s -> s.csvFolder("many"), p -> Csv.to(p + ".csv.gz").header().gzip().singleFile())),
        behaviour(
            "write groups into one JSON file",
            writing(
                s -> s.readings().groupBy("machine").agg(avg("heat")),
                p -> Json.to(p + ".json").singleFile())),
        behaviour(
            "write no rows into one file",
            writing(s -> s.csv("empty.csv"), p -> Csv.to(p + ".csv").header().singleFile())));
  }

  /** Shows all that is in the folder afterwards. */
  private static Work writing(Function<Setting, Dataset> rows, Function<String, Sink> sink) {
    return setting -> {
      rows.apply(setting).write(sink.apply(setting.target().toString()));
      Canonical all = Canonical.ofFolder(setting.scratch());
      return Files.isDirectory(setting.target())
          ? all.and(Canonical.ofFolder(setting.target()))
          : all;
    };
  }
}
