package io.drawbar.benchmarks;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.examples.LinearRegressionFromCsv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Something to learn: the rows, Drawbar's way to do it, a plain one, and the objective that says
 * how well it was done. Each is a room of its own; add it to {@link #ALL}, and offers of other
 * libraries to {@code MllibTrainings} and {@code TribuoTrainings}.
 *
 * <p>What was learned is an array of numbers, in the form that the room states. The objective is
 * computed here, of those numbers and the rows, and of nothing that a library says of itself; it is
 * made small by all of them.
 */
abstract class Training {
  static final List<Training> ALL =
      List.of(
          new LogisticTraining(),
          new SoftmaxTraining(),
          new LinearTraining(),
          new LassoPathTraining(),
          new KMeansTraining(),
          new GaussianMixtureTraining(),
          new PcaTraining(),
          new NaiveBayesTraining());

  /** Where rows are when the clock starts. */
  static final List<String> FROM = List.of("cached", "csv");

  private final String name;
  private final TrainingSet data;

  Training(String name, TrainingSet data) {
    this.name = name;
    this.data = data;
  }

  /** What {@code -p trainer=...} says. */
  final String name() {
    return name;
  }

  static Training named(String name) {
    return ALL.stream()
        .filter(training -> training.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no trainer is named '%s'; there are: %s"
                        .formatted(name, ALL.stream().map(Training::name).toList())));
  }

  /** This from rows in memory, or from a file. */
  final Work from(String from) {
    String title = name + " from " + from;
    return new Work() {
      @Override
      public String name() {
        return title;
      }
    };
  }

  /** What is learned from. */
  final TrainingSet data() {
    return data;
  }

  /** What Drawbar's trainer learns of {@code features} and {@code y}. */
  abstract double[] drawbar(Dataset rows);

  /**
   * What a plain program learns.
   *
   * @param tolerance the largest slope that counts as none, where there are slopes
   */
  abstract double[] byHand(TrainingRows rows, double tolerance);

  /** What is to be small. */
  abstract double objective(double[] learned, TrainingRows rows);

  /** The least objective that is known: by hand, unhurried. */
  double least(TrainingRows rows) {
    return objective(byHand(rows, 1e-8), rows);
  }

  /**
   * The share of the least objective by which a contender may miss it. Drawbar and plain programs
   * end where nothing is left to gain; MLlib's tolerance, as it comes, leaves a little.
   */
  double mostExcess(String contender) {
    return switch (contender) {
      case "mllib" -> 1e-5;
      case "tribuo" -> 0.3; // descends along single rows, for a few rounds
      default -> 1e-9;
    };
  }

  /** The rows as a dataset. */
  final Dataset read(Session session, Input input) {
    return LinearRegressionFromCsv.read(
        session, input.file(data.file()).toString(), data.features());
  }

  /** The rows as arrays. */
  final TrainingRows read(Input input) {
    return TrainingRows.read(input.file(data.file()));
  }

  /** Under which name the {@link #least} is kept: another for all that it depends on. */
  String kept() {
    return name;
  }

  /** The {@link #least} of an input; computed once, and kept beside it. */
  final double least(Input input, TrainingRows rows) {
    Path kept = input.file("least-" + kept() + ".txt");
    try {
      if (!Files.exists(kept)) {
        Path unfinished = Files.createTempFile(kept.getParent(), "least", ".txt");
        Files.writeString(unfinished, Double.toString(least(rows)));
        Files.move(unfinished, kept, StandardCopyOption.ATOMIC_MOVE);
      }
      return Double.parseDouble(Files.readString(kept).trim());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the least objective of " + input.folder(), e);
    }
  }

  /**
   * Holds what a contender learned to the least objective; returns by what share it misses it.
   *
   * @throws IllegalStateException if it misses it by more than it may, or is below it
   */
  final double checked(String contender, double[] learned, TrainingRows rows, double least) {
    double found = objective(learned, rows);
    double excess = (found - least) / least;
    double most = mostExcess(contender);
    // Below the least is as wrong: the objective, or the least, is then not what it says.
    if (!(Math.abs(excess) <= most)) {
      throw new IllegalStateException(
          "%s by %s: an objective of %s instead of %s, or at most %s of it more"
              .formatted(name, contender, found, least, most));
    }
    return excess;
  }
}
