package io.drawbar.benchmarks;

import java.util.Arrays;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.clustering.ClusterID;
import org.tribuo.clustering.ClusteringFactory;
import org.tribuo.clustering.kmeans.KMeansTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.distance.L2Distance;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.la.DenseVector;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.sgd.objectives.SquaredLoss;

/**
 * Tribuo's trainers, from examples in memory. Its linear models descend along single rows, on one
 * thread, for five rounds: with that their objective is near the least and not at it. What it has
 * no trainer for is left out, and so are rows from CSV, of which its loader makes examples of named
 * features, at many times the cost of the training.
 */
final class TribuoTrainings {
  private static final int ROUNDS = 5;
  private static final long SEED = 42;

  /** What it makes of examples. */
  private interface Fit<T extends Output<T>> {
    double[] learn(MutableDataset<T> examples);
  }

  /** Kept, so that it stays as it is set: a logger that nobody holds is made anew. */
  private static final Logger LOGGER = Logger.getLogger("org.tribuo");

  private TribuoTrainings() {}

  /** Offers all that there are. */
  static void offer(LocalByHand programs) {
    LOGGER.setLevel(Level.WARNING);
    LabelFactory labels = new LabelFactory();
    Map<String, Contender> fits =
        Map.of(
            "logistic", new Held<>(Training.named("logistic"), labels, TribuoTrainings::logistic),
            "softmax", new Held<>(Training.named("softmax"), labels, TribuoTrainings::softmax),
            "linear",
                new Held<>(
                    Training.named("linear"), new RegressionFactory(), TribuoTrainings::linear),
            "kmeans",
                new Held<>(
                    Training.named("kmeans"), new ClusteringFactory(), TribuoTrainings::kMeans));
    fits.forEach((name, fit) -> programs.offer(Training.named(name).from("cached"), "tribuo", fit));
  }

  /** Its own steps for linear models are ten times as long, and end farther from the least. */
  private static AdaGrad steps() {
    return new AdaGrad(0.1, 0.1);
  }

  /** Of two classes, the difference of their rows is a model of one margin. */
  private static double[] logistic(MutableDataset<Label> examples) {
    double[] both = softmax(examples);
    int size = both.length / 2;
    return IntStream.range(0, size).mapToDouble(i -> both[size + i] - both[i]).toArray();
  }

  private static double[] softmax(MutableDataset<Label> examples) {
    LinearSGDModel model =
        (LinearSGDModel)
            new LinearSGDTrainer(new LogMulticlass(), steps(), ROUNDS, SEED).train(examples);
    DenseMatrix weights = model.getWeightsCopy();
    int classes = weights.getDimension1Size();
    int size = weights.getDimension2Size();
    double[] numbers = new double[classes * size];
    for (int k = 0; k < classes; k++) {
      int row = model.getOutputIDInfo().getID(new Label(Integer.toString(k)));
      copy(weights, row, numbers, k * size);
    }
    return numbers;
  }

  private static double[] linear(MutableDataset<Regressor> examples) {
    org.tribuo.regression.sgd.linear.LinearSGDTrainer trainer =
        new org.tribuo.regression.sgd.linear.LinearSGDTrainer(
            new SquaredLoss(), steps(), ROUNDS, SEED);
    DenseMatrix weights = trainer.train(examples).getWeightsCopy();
    double[] numbers = new double[weights.getDimension2Size()];
    copy(weights, 0, numbers, 0);
    return numbers;
  }

  /** Features are in the order of their names; the intercept comes after them. */
  private static void copy(DenseMatrix weights, int row, double[] into, int at) {
    int features = weights.getDimension2Size() - 1;
    into[at] = weights.get(row, features);
    for (int j = 0; j < features; j++) {
      into[at + 1 + j] = weights.get(row, j);
    }
  }

  private static double[] kMeans(MutableDataset<ClusterID> examples) {
    KMeansTrainer trainer =
        new KMeansTrainer(
            KMeansTraining.CLUSTERS,
            KMeansTraining.ROUNDS,
            new L2Distance(),
            KMeansTrainer.Initialisation.PLUSPLUS,
            ByHand.CORES,
            SEED);
    return Arrays.stream(trainer.train(examples).getCentroidVectors())
        .map(DenseVector::toArray)
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  /** Examples that are made before the clock starts. */
  private static final class Held<T extends Output<T>> implements Contender {
    private final Training training;
    private final OutputFactory<T> outputs;
    private final Fit<T> fit;
    private MutableDataset<T> examples;

    Held(Training training, OutputFactory<T> outputs, Fit<T> fit) {
      this.training = training;
      this.outputs = outputs;
      this.fit = fit;
    }

    @Override
    public void prepare(Input input) {
      // Names that are in order as the features are.
      String[] names =
          IntStream.range(0, training.data().features())
              .mapToObj("x%03d"::formatted)
              .toArray(String[]::new);
      examples = new MutableDataset<>(new SimpleDataSourceProvenance("", outputs), outputs);
      for (double[] row : training.read(input).rows()) {
        double[] features = Arrays.copyOf(row, row.length - 1);
        Example<T> example =
            new ArrayExample<>(output(row[row.length - 1]), names.clone(), features);
        examples.add(example);
      }
    }

    private T output(double label) {
      if (outputs instanceof RegressionFactory) {
        return outputs.generateOutput("y=" + label);
      }
      return outputs instanceof LabelFactory
          ? outputs.generateOutput(Integer.toString((int) label))
          : outputs.getUnknownOutput();
    }

    @Override
    public double[] run(Input input) {
      return fit.learn(examples);
    }
  }
}
