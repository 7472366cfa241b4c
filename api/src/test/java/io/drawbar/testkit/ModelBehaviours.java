package io.drawbar.testkit;

import static io.drawbar.expr.Functions.col;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.Pipeline;
import io.drawbar.Scorer;
import io.drawbar.Trainer;
import io.drawbar.evaluate.BinaryMetrics;
import io.drawbar.evaluate.RegressionMetrics;
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
import io.drawbar.feature.Unknown;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.learn.GaussianMixture;
import io.drawbar.learn.KMeans;
import io.drawbar.learn.LinearRegression;
import io.drawbar.learn.LogisticRegression;
import io.drawbar.learn.NaiveBayes;
import io.drawbar.learn.Pca;
import io.drawbar.testkit.Behaviour.Says;
import io.drawbar.type.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Models: trained, saved, loaded, applied and scored, to the same bytes everywhere. */
final class ModelBehaviours {
  /** A row of the readings, as a web service may have it. */
  public record Question(String machine, long minute, Double heat, Double load) {}

  /** What the model says to it. */
  public record Answer(Double prediction) {}

  private static final Pipeline PIPELINE =
      Pipeline.of(
          StringIndexer.on("machine"),
          OneHotEncoder.on("machineIndex").into("machineVector").droppingLast(),
          VectorAssembler.of("minute", "heat", "machineVector").into("features"),
          StandardScaler.on("features"),
          LinearRegression.on("features").predicting("load").withL2(.5));

  private static final Pipeline FEATURES =
      Pipeline.of(
          Imputer.on("heat").with(Filling.MEDIAN),
          Tokenizer.on("machine").into("terms").separatedBy("[^a-z0-9]+"),
          HashingTermFrequency.on("terms").into("frequencies").withElements(8),
          InverseDocumentFrequency.on("frequencies"),
          QuantileDiscretizer.on("minute").withBuckets(5),
          Bucketizer.on("heat").at(0, 20).into("heatBucket"),
          OneHotEncoder.on("minuteBucket").into("minuteVector").droppingLast(),
          VectorAssembler.of("minute", "heat").into("numbers"),
          RobustScaler.on("numbers"),
          PolynomialExpansion.on("numbers").withDegree(2),
          VectorAssembler.of("numbers", "minuteVector", "heatBucket", "frequencies")
              .into("features"),
          MinMaxScaler.on("features"),
          LinearRegression.on("features").predicting("load").withL2(.5));

  private ModelBehaviours() {}

  /** All of them. */
  static List<Behaviour> all() {
    return List.of(
        trained("train and save a pipeline", PIPELINE, ModelBehaviours::whole),
        trained(
            "train and save a regression",
            LinearRegression.on("features").predicting("load"),
            s -> whole(s).transform(VectorAssembler.of("minute", "heat"))),
        trained(
            "train and save a lasso of sparse and dense features",
            Pipeline.of(
                OneHotEncoder.on("group").into("groupVector"),
                VectorAssembler.of("minute", "heat", "groupVector", "again").into("features"),
                LinearRegression.on("features").predicting("load").withL1(.05).standardised()),
            s ->
                whole(s)
                    .withColumn("group", col("minute").mod(5).plus(5).mod(5))
                    .withColumn("again", col("heat"))),
        trained(
            "train and save a regularisation path",
            Pipeline.of(
                VectorAssembler.of("minute", "heat").into("linear"),
                PolynomialExpansion.on("linear").withDegree(3).into("features"),
                LinearRegression.on("features")
                    .predicting("load")
                    .weightedBy("weight")
                    .standardised()
                    .path(20)
                    .withMixing(.8)),
            s -> whole(s).withColumn("weight", col("minute").mod(3).plus(3).mod(3))),
        trained(
            "train and save principal components",
            Pipeline.of(
                VectorAssembler.of("minute", "heat", "load"),
                Pca.on("features").withComponents(2).standardised()),
            ModelBehaviours::whole),
        trained(
            "train and save clusters",
            Pipeline.of(
                VectorAssembler.of("minute", "heat", "load"),
                StandardScaler.on("features"),
                KMeans.on("features").withClusters(5).withSeed(7)),
            ModelBehaviours::whole),
        trained(
            "train and save clusters of groups",
            Pipeline.of(
                VectorAssembler.of("minutes", "peak"),
                KMeans.on("features").withClusters(3).withTolerance(0)),
            ModelBehaviours::groups),
        trained(
            "train and save a regression on groups",
            Pipeline.of(
                VectorAssembler.of("minutes", "peak"),
                StandardScaler.on("features").into("scaled"),
                LinearRegression.on("scaled").predicting("total").withL2(1).standardised()),
            ModelBehaviours::groups),
        trained(
            "train and save a logistic regression",
            Pipeline.of(
                VectorAssembler.of("minute", "heat", "load").into("features"),
                LogisticRegression.on("features").predicting("alarm").withElasticNet(.01, .5)),
            s -> whole(s).where(col("alarm").isNotNull())),
        trained(
            "train and save a logistic regression with standard errors",
            Pipeline.of(
                VectorAssembler.of("heat", "load").into("features"),
                LogisticRegression.on("features").predicting("odd")),
            s -> whole(s).withColumn("odd", col("minute").mod(3).eq(0))),
        trained(
            "train and save a softmax of sparse and dense features",
            Pipeline.of(
                OneHotEncoder.on("group").into("groupVector").droppingLast(),
                VectorAssembler.of("heat", "groupVector").into("features"),
                LogisticRegression.on("features").predicting("third").withClasses(3).withL2(.1)),
            s ->
                whole(s)
                    .withColumn("group", col("minute").mod(5).plus(5).mod(5))
                    .withColumn("third", col("minute").mod(3).plus(3).mod(3))),
        trained(
            "train and save a naive Bayes of measurements",
            Pipeline.of(
                VectorAssembler.of("minute", "heat", "load").into("features"),
                NaiveBayes.on("features").predicting("alarm")),
            s -> whole(s).where(col("alarm").isNotNull())),
        trained(
            "train and save a naive Bayes of counts, sparse and dense",
            Pipeline.of(
                Tokenizer.on("machine").into("terms").separatedBy("[^a-z0-9]+"),
                HashingTermFrequency.on("terms").into("frequencies").withElements(16),
                VectorAssembler.of("hour", "frequencies").into("features"),
                NaiveBayes.on("features").predicting("third").withClasses(3).multinomial()),
            s ->
                whole(s)
                    .withColumn("hour", col("minute").mod(24).plus(24).mod(24))
                    .withColumn("third", col("minute").mod(3).plus(3).mod(3))),
        trained(
            "train and save a mixture",
            Pipeline.of(
                VectorAssembler.of("minute", "heat", "load"),
                StandardScaler.on("features"),
                GaussianMixture.on("features").withComponents(3).withMostSteps(12)),
            ModelBehaviours::whole),
        trained(
            "train and save a mixture of independent elements, of groups",
            Pipeline.of(
                VectorAssembler.of("minutes", "peak"),
                GaussianMixture.on("features").withComponents(2).diagonal().withMostSteps(5)),
            ModelBehaviours::groups),
        trained(
            "train and save an indexer of texts in memory",
            StringIndexer.on("name").unknownAs(Unknown.OWN_INDEX),
            Setting::keyed),
        trained(
            "train and save an imputer of each kind",
            Pipeline.of(
                Imputer.on("heat", "minute"),
                Imputer.on("load").with(Filling.MEDIAN),
                Imputer.on("machine", "alarm").with(Filling.MOST_FREQUENT)),
            Setting::readings),
        trained(
            "train and save scalers to ranges and by quartiles",
            Pipeline.of(
                VectorAssembler.of("minute", "heat", "load").into("features"),
                MinMaxScaler.on("features").to(-1, 1).into("ranged"),
                RobustScaler.on("features").into("robust"),
                PolynomialExpansion.on("ranged").withDegree(3).into("products")),
            ModelBehaviours::whole),
        trained(
            "train and save buckets",
            Pipeline.of(
                QuantileDiscretizer.on("heat").withBuckets(7).unknownAs(Unknown.OWN_INDEX),
                QuantileDiscretizer.on("minute").withBuckets(3),
                Bucketizer.on("load").at(-1, 0, 10.5).unknownAs(Unknown.OWN_INDEX)),
            Setting::readings),
        trained(
            "train and save weights of terms",
            Pipeline.of(
                Tokenizer.on("name").into("terms"),
                HashingTermFrequency.on("terms").into("frequencies").withElements(64),
                InverseDocumentFrequency.on("frequencies").withLeastDocuments(2).into("weights")),
            s -> s.keyed().where(col("name").isNotNull())),
        behaviour("score one row as many", s -> scored(s, PIPELINE)),
        behaviour("score one row as many through all kinds of features", s -> scored(s, FEATURES)),
        behaviour("measure predictions", ModelBehaviours::measured));
  }

  private static Behaviour behaviour(String name, Behaviour.Work work) {
    return new Behaviour(name, Says.ROWS, work);
  }

  /** Readings without a null. */
  private static Dataset whole(Setting setting) {
    return setting.readings().where(col("heat").isNotNull().and(col("load").isNotNull()));
  }

  private static Dataset groups(Setting setting) {
    return Behaviours.groupsOfGroups(setting)
        .where(col("total").isNotNull().and(col("peak").isNotNull()));
  }

  private static Behaviour trained(
      String name, Trainer<?> trainer, Function<Setting, Dataset> rows) {
    return behaviour(
        name,
        setting -> {
          Dataset training = rows.apply(setting);
          Model model = trainer.fit(training);
          Path folder = setting.scratch().resolve("model");
          Path zip = setting.scratch().resolve("model.zip");
          model.save(folder);
          model.save(zip);
          Model loaded = Model.load(zip);
          if (!loaded.equals(model) || !Model.load(folder).equals(model)) {
            throw new AssertionError(model + " was saved, and " + loaded + " loaded");
          }
          if (!loaded.summary().equals(model.summary())) {
            throw new AssertionError(model.summary() + " was saved, and " + loaded.summary());
          }
          return Canonical.ofFolder(folder)
              .and(Canonical.ofFolder(setting.scratch()))
              .and(Canonical.ofValues(model.fingerprint()))
              .and(Canonical.ofValues(loaded.summary().toString(), loaded.summary().html()))
              .and(Canonical.of(training.transform(loaded).collect()));
        });
  }

  private static Canonical scored(Setting setting, Pipeline pipeline) {
    Model model = pipeline.fit(whole(setting));
    Scorer<Question, Answer> scorer = model.scorer(Question.class, Answer.class);
    List<Row> rows = setting.readings().transform(model).collect();
    for (Row row : rows) {
      Question question =
          new Question(
              row.stringValue("machine"),
              row.longValue("minute"),
              (Double) row.value("heat"),
              (Double) row.value("load"));
      Answer wanted = new Answer((Double) row.value("prediction"));
      Answer found = scorer.score(question);
      if (!found.equals(wanted)) {
        throw new AssertionError("%s: %s for one, %s of many".formatted(question, found, wanted));
      }
    }
    return Canonical.of(rows);
  }

  private static Canonical measured(Setting setting) {
    Dataset rows = whole(setting);
    Dataset predicted = rows.transform(PIPELINE.fit(rows)).where(col("alarm").isNotNull());
    RegressionMetrics regression = RegressionMetrics.of(predicted, "load", "prediction");
    BinaryMetrics binary = BinaryMetrics.of(predicted, "alarm", "prediction");
    return Canonical.ofValues(
        regression.rows(),
        regression.meanSquaredError(),
        regression.rootMeanSquaredError(),
        regression.meanAbsoluteError(),
        regression.rSquared(),
        regression.explainedVariance(),
        binary.auc(),
        binary.at(0).truePositives(),
        binary.at(0).falsePositives());
  }
}
