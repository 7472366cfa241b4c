package io.drawbar.benchmarks;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.NaiveBayes;
import org.apache.spark.ml.classification.NaiveBayesModel;
import org.apache.spark.ml.clustering.GaussianMixture;
import org.apache.spark.ml.clustering.GaussianMixtureModel;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.PCAModel;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * MLlib's trainers, with the settings that they come with, where a {@link Training} does not say
 * otherwise; in the form of its numbers.
 */
final class MllibTrainings {
  private static final Map<String, Function<Dataset<Row>, double[]>> FITS =
      Map.of(
          "logistic", MllibTrainings::logistic,
          "softmax", MllibTrainings::softmax,
          "linear", SparkMllib::fit,
          "kmeans", MllibTrainings::kMeans,
          "gmm", MllibTrainings::gaussianMixture,
          "pca", MllibTrainings::pca,
          "naiveBayes", MllibTrainings::naiveBayes);

  private MllibTrainings() {}

  /** Offers all that there are, from cached rows and from CSV. */
  static void offer(ByHand programs, Supplier<SparkSession> session) {
    for (Training training : Training.ALL) {
      if (training instanceof LassoPathTraining) {
        MllibLassoPath.offer(programs, training, session);
      }
      Function<Dataset<Row>, double[]> fit = FITS.get(training.name());
      if (fit != null) {
        programs.offer(training.from("cached"), "mllib", new Cached(training, session, fit));
        programs.offer(
            training.from("csv"),
            "mllib",
            input -> fit.apply(SparkMllib.rows(session.get(), input.file(training.data().file()))));
      }
    }
  }

  private static double[] logistic(Dataset<Row> rows) {
    LogisticRegressionModel model = new LogisticRegression().setLabelCol("y").fit(rows);
    return DoubleStream.concat(
            DoubleStream.of(model.intercept()), Arrays.stream(model.coefficients().toArray()))
        .toArray();
  }

  private static double[] softmax(Dataset<Row> rows) {
    LogisticRegressionModel model =
        new LogisticRegression().setFamily("multinomial").setLabelCol("y").fit(rows);
    int features = model.numFeatures();
    double[] numbers = new double[model.numClasses() * (1 + features)];
    for (int k = 0; k < model.numClasses(); k++) {
      int at = k * (1 + features);
      numbers[at] = model.interceptVector().apply(k);
      for (int j = 0; j < features; j++) {
        numbers[at + 1 + j] = model.coefficientMatrix().apply(k, j);
      }
    }
    return numbers;
  }

  private static double[] kMeans(Dataset<Row> rows) {
    KMeansModel model =
        new KMeans()
            .setK(KMeansTraining.CLUSTERS)
            .setMaxIter(KMeansTraining.ROUNDS)
            .setSeed(42)
            .fit(rows);
    return Arrays.stream(model.clusterCenters())
        .flatMapToDouble((Vector centre) -> Arrays.stream(centre.toArray()))
        .toArray();
  }

  /** From a random start; its tolerance is of the sum over rows, and never met in ten rounds. */
  private static double[] gaussianMixture(Dataset<Row> rows) {
    GaussianMixtureModel model =
        new GaussianMixture()
            .setK(GaussianMixtureTraining.COMPONENTS)
            .setMaxIter(GaussianMixtureTraining.ROUNDS)
            .setSeed(42)
            .fit(rows);
    DoubleStream numbers = DoubleStream.empty();
    for (int k = 0; k < model.weights().length; k++) {
      Matrix covariances = model.gaussians()[k].cov(); // symmetric, so rows are columns
      numbers =
          DoubleStream.concat(
              DoubleStream.concat(numbers, DoubleStream.of(model.weights()[k])),
              DoubleStream.concat(
                  Arrays.stream(model.gaussians()[k].mean().toArray()),
                  Arrays.stream(covariances.toArray())));
    }
    return numbers.toArray();
  }

  private static double[] pca(Dataset<Row> rows) {
    PCAModel model =
        new PCA()
            .setInputCol("features")
            .setOutputCol("components")
            .setK(PcaTraining.COMPONENTS)
            .fit(rows);
    return model.pc().values(); // by column, of which each is a direction
  }

  private static double[] naiveBayes(Dataset<Row> rows) {
    NaiveBayesModel model = new NaiveBayes().setModelType("gaussian").setLabelCol("y").fit(rows);
    int features = model.numFeatures();
    double[] numbers = new double[model.numClasses() * (1 + 2 * features)];
    for (int k = 0; k < model.numClasses(); k++) {
      int at = k * (1 + 2 * features);
      numbers[at] = Math.exp(model.pi().apply(k));
      for (int j = 0; j < features; j++) {
        numbers[at + 1 + j] = model.theta().apply(k, j);
        numbers[at + 1 + features + j] = model.sigma().apply(k, j);
      }
    }
    return numbers;
  }

  /** From a DataFrame that is kept in memory. */
  private static final class Cached implements Contender {
    private final Training training;
    private final Supplier<SparkSession> session;
    private final Function<Dataset<Row>, double[]> fit;
    private Dataset<Row> rows;

    Cached(
        Training training, Supplier<SparkSession> session, Function<Dataset<Row>, double[]> fit) {
      this.training = training;
      this.session = session;
      this.fit = fit;
    }

    @Override
    public void prepare(Input input) throws Exception {
      rows = SparkMllib.rows(session.get(), input.file(training.data().file())).cache();
      rows.count();
    }

    @Override
    public double[] run(Input input) {
      return fit.apply(rows);
    }
  }
}
