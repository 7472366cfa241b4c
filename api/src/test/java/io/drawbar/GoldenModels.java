package io.drawbar;

import static io.drawbar.expr.Functions.col;

import io.drawbar.feature.Bucketizer;
import io.drawbar.feature.Filling;
import io.drawbar.feature.HashingTermFrequency;
import io.drawbar.feature.Imputer;
import io.drawbar.feature.InverseDocumentFrequency;
import io.drawbar.feature.MinMaxScaler;
import io.drawbar.feature.OneHotEncoder;
import io.drawbar.feature.PolynomialExpansion;
import io.drawbar.feature.QuantileDiscretizer;
import io.drawbar.feature.RobustScaler;
import io.drawbar.feature.StandardScaler;
import io.drawbar.feature.StringIndexer;
import io.drawbar.feature.Tokenizer;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Records;
import io.drawbar.learn.GaussianMixture;
import io.drawbar.learn.KMeans;
import io.drawbar.learn.LinearRegression;
import io.drawbar.learn.LogisticRegression;
import io.drawbar.learn.NaiveBayes;
import io.drawbar.learn.Pca;
import io.drawbar.testkit.Canonical;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes one model of each kind in the format of the day, each with the rows that it makes of the
 * rows it was trained on. What it wrote once is in {@code src/test/resources/golden}, a folder a
 * format, and read for ever: {@link GoldenModelsTest}. A new format gets a new folder, by {@link
 * #main} with its path; nothing is ever written over in an old one, but a kind of model that came
 * later may be added to it.
 */
final class GoldenModels {
  /** A row that all golden models are trained on and applied to. */
  public record Reading(
      String machine, long minute, Double heat, double load, boolean alarm, long third) {}

  private static final List<String> MACHINES = List.of("press-1", "press-2", "lathe \u00fc", "saw");

  private GoldenModels() {}

  static List<Reading> readings() {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int noise = i * 7919 % 61 - 30;
      Double heat = i % 13 == 5 ? null : 20 + i * 37 % 41 * .25;
      double load = 3 + .5 * (i * 37 % 41) + .125 * noise;
      boolean alarm = i * 37 % 41 + 2 * (i * 31 % 37) > 56;
      readings.add(new Reading(MACHINES.get(i * 5 % 4), i, heat, load, alarm, (i + noise / 7) % 3));
    }
    return readings.stream()
        .map(
            r ->
                new Reading(
                    r.machine(), r.minute(), r.heat(), r.load(), r.alarm(), (r.third() + 3) % 3))
        .toList();
  }

  static Dataset rows(Session session) {
    return session.read(Records.of(readings(), Reading.class));
  }

  private static Dataset whole(Dataset rows) {
    return rows.where(col("heat").isNotNull());
  }

  /** One of each kind, by the name of its file. */
  private static Map<String, Model> fitted(Dataset rows) {
    VectorAssembler numbers = VectorAssembler.of("minute", "heat", "load").into("features");
    VectorAssembler inputs = VectorAssembler.of("minute", "heat").into("features");
    Map<String, Model> models = new LinkedHashMap<>();
    models.put(
        "linear",
        Pipeline.of(inputs, LinearRegression.on("features").predicting("load")).fit(whole(rows)));
    models.put(
        "ridge",
        Pipeline.of(
                StringIndexer.on("machine"),
                OneHotEncoder.on("machineIndex").into("machineVector").droppingLast(),
                VectorAssembler.of("minute", "heat", "machineVector").into("features"),
                StandardScaler.on("features"),
                LinearRegression.on("features").predicting("load").withL2(.5))
            .fit(whole(rows)));
    models.put(
        "logistic",
        Pipeline.of(numbers, LogisticRegression.on("features").predicting("alarm"))
            .fit(whole(rows)));
    models.put(
        "softmax",
        Pipeline.of(
                numbers,
                LogisticRegression.on("features").predicting("third").withClasses(3).withL2(.1))
            .fit(whole(rows)));
    models.put(
        "clusters",
        Pipeline.of(numbers, KMeans.on("features").withClusters(3).withSeed(7)).fit(whole(rows)));
    models.put(
        "components",
        Pipeline.of(numbers, Pca.on("features").withComponents(2).standardised()).fit(whole(rows)));
    models.put(
        "features",
        Pipeline.of(
                Imputer.on("heat").with(Filling.MEDIAN),
                Tokenizer.on("machine").into("terms").separatedBy("[^a-z0-9]+"),
                HashingTermFrequency.on("terms").into("frequencies").withElements(8),
                InverseDocumentFrequency.on("frequencies"),
                QuantileDiscretizer.on("minute").withBuckets(5),
                Bucketizer.on("heat").at(0, 25).into("heatBucket"),
                OneHotEncoder.on("minuteBucket").into("minuteVector").droppingLast(),
                VectorAssembler.of("minute", "heat").into("numbers"),
                RobustScaler.on("numbers"),
                PolynomialExpansion.on("numbers").withDegree(2),
                VectorAssembler.of("numbers", "minuteVector", "heatBucket", "frequencies")
                    .into("features"),
                MinMaxScaler.on("features"))
            .fit(rows));
    models.put(
        "mixture",
        Pipeline.of(numbers, GaussianMixture.on("features").withComponents(2)).fit(whole(rows)));
    models.put(
        "diagonal",
        Pipeline.of(numbers, GaussianMixture.on("features").withComponents(3).diagonal())
            .fit(whole(rows)));
    models.put(
        "bayes",
        Pipeline.of(numbers, NaiveBayes.on("features").predicting("third").withClasses(3))
            .fit(whole(rows)));
    models.put(
        "counts",
        Pipeline.of(
                inputs, NaiveBayes.on("features").predicting("third").withClasses(3).multinomial())
            .fit(whole(rows)));
    models.put(
        "flags",
        Pipeline.of(
                StringIndexer.on("machine"),
                OneHotEncoder.on("machineIndex").into("features"),
                NaiveBayes.on("features").predicting("alarm").bernoulli())
            .fit(rows));
    models.put(
        "path",
        Pipeline.of(
                numbers,
                LinearRegression.on("features")
                    .predicting("third")
                    .standardised()
                    .path(6)
                    .withMixing(.75))
            .fit(whole(rows)));
    return models;
  }

  /** What a model makes of the rows, in a form that can be compared. */
  static String scored(Model model, Session session) {
    return String.join("\n", Canonical.of(model.transform(rows(session)).collect()).lines()) + "\n";
  }

  /**
   * Writes them.
   *
   * @param folder one argument, a folder that is not there
   */
  public static void main(String[] folder) throws IOException {
    Path into = Files.createDirectory(Path.of(folder[0]));
    try (Session session = Session.open()) {
      for (Map.Entry<String, Model> model : fitted(rows(session)).entrySet()) {
        model.getValue().save(into.resolve(model.getKey() + ".zip"));
        Files.writeString(
            into.resolve(model.getKey() + ".rows"), scored(model.getValue(), session));
        System.out.println(model.getKey() + " " + model.getValue().fingerprint());
      }
    }
  }
}
