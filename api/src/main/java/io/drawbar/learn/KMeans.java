package io.drawbar.learn;

import io.drawbar.Dataset;
import io.drawbar.HeldDataset;
import io.drawbar.Provenance;
import io.drawbar.Trainer;
import io.drawbar.expr.TypeMismatchException;
import java.util.Arrays;
import java.util.List;

/**
 * k-means: the k centres that make the sum of squared distances of rows to the nearest of them
 * small. Found by Lloyd's algorithm from the centres of some thousand rows that are drawn at random
 * ({@link SeedSearch}); it ends in a local minimum, which another seed may improve.
 *
 * <pre>{@code
 * KMeansModel model = KMeans.on("features").withClusters(5).withSeed(42).fit(customers);
 * Dataset segments = customers.transform(model);   // with a LONG column "cluster"
 * }</pre>
 *
 * <p>Clusters are numbered from 0, in the order in which their centres were drawn. A row that is
 * equally near to several centres belongs to the first of them; a centre that has lost all its rows
 * stays where it is. Distances are compared in the features' own units: scale them before.
 *
 * @param features the name of a vector column without nulls, NaN or infinities
 * @param clusters k, at least 1
 * @param seed of the start
 * @param tolerance the share of the typical distance of rows to their centres (the root of the mean
 *     square): when no centre moves by more, the training ends; 0 for when none moves at all
 * @param mostSupersteps how often centres move at most, at least once
 */
public record KMeans(String features, int clusters, long seed, double tolerance, int mostSupersteps)
    implements Trainer<KMeansModel> {
  /** Centres times elements: what is sent to each task must fit an array of bytes. */
  private static final long MOST_VALUES = 1 << 22;

  private static final double TOLERANCE = 1e-4;
  private static final int MOST_SUPERSTEPS = 100;

  /** Checks the numbers, and that the name is not blank. */
  public KMeans {
    if (features.isBlank()) {
      throw new IllegalArgumentException("features are a column: KMeans.on(\"features\")");
    }
    if (clusters < 1) {
      throw new IllegalArgumentException(
          "there is at least one cluster: withClusters(5), not " + clusters);
    }
    if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
      throw new IllegalArgumentException(
          "a tolerance is 0 or more: withTolerance(1e-4), not " + tolerance);
    }
    if (mostSupersteps < 1) {
      throw new IllegalArgumentException(
          "centres move at least once: withMostSteps(100), not " + mostSupersteps);
    }
  }

  /** Two clusters of a vector column, unless {@link #withClusters(int)} says otherwise. */
  public static KMeans on(String features) {
    return new KMeans(features, 2, 42, TOLERANCE, MOST_SUPERSTEPS);
  }

  /** The same with so many clusters. */
  public KMeans withClusters(int clusters) {
    return new KMeans(features, clusters, seed, tolerance, mostSupersteps);
  }

  /** The same from another start. */
  public KMeans withSeed(long seed) {
    return new KMeans(features, clusters, seed, tolerance, mostSupersteps);
  }

  /** The same that ends when centres move by less than this share of the typical distance. */
  public KMeans withTolerance(double tolerance) {
    return new KMeans(features, clusters, seed, tolerance, mostSupersteps);
  }

  /** The same that moves centres at most so many times. */
  public KMeans withMostSteps(int supersteps) {
    return new KMeans(features, clusters, seed, tolerance, supersteps);
  }

  /**
   * Fits.
   *
   * @throws io.drawbar.type.UnknownColumnException if the column is not there
   * @throws TypeMismatchException if it is no vector, or k times its elements is more than 2^22
   * @throws TooFewRowsException if there are no rows, or fewer distinct ones than clusters; rows
   *     count as distinct if the square of their distance does not underflow to 0
   * @throws UnusableValueException if a value is null, NaN, infinite, or beyond 1e150
   */
  @Override
  public KMeansModel fit(Dataset training) {
    int elements = TrainingColumns.elements(training.schema(), features, this);
    if ((long) elements * clusters > MOST_VALUES) {
      throw new TypeMismatchException(
          "%s: %s clusters of %s elements are more than the %s numbers that can be learned"
              .formatted(this, clusters, elements, MOST_VALUES));
    }
    try (HeldDataset rows = training.hold(List.of(features))) {
      TrainingColumns columns = TrainingColumns.of(this, training, features);
      check(columns, rows.reduce(new SurveyKernel(features, elements)));
      Clustering end = clustering(rows, elements, this);
      return new KMeansModel(
          features,
          columns.elements(),
          Matrices.lists(end.centres()),
          Arrays.stream(end.sizes()).boxed().toList(),
          end.cost(),
          end.superstep(),
          end.costs(),
          Provenance.of(this, training, List.of(features), rows));
    }
  }

  private void check(TrainingColumns columns, FeatureSurvey survey) {
    columns.check(survey.defects(), survey.rows());
    if (survey.hasLarge()) {
      throw new UnusableValueException(
          "%s: values of %s are so large that their squares overflow (beyond 1e150); multiply them"
                  .formatted(this, columns.name(survey.large()))
              + " by a constant before");
    }
    if (survey.rows() < clusters) {
      throw tooFew(survey.rows(), "rows", this);
    }
  }

  /**
   * Finds the clusters of rows that can be used.
   *
   * @param trainer what they are found for, as it is written in a program
   * @throws TooFewRowsException if there are fewer distinct rows than clusters
   */
  Clustering clustering(HeldDataset rows, int elements, Object trainer) {
    double[][] start = start(rows, elements, trainer);
    LloydStep step = new LloydStep(features, elements, clusters, tolerance, mostSupersteps);
    Clustering end = rows.iterate(step, Clustering.start(start));
    // Ended early, it has the cost and sizes of the centres before.
    return step.isDone(end) ? end : rows.iterate(step, end.still());
  }

  private double[][] start(HeldDataset rows, int elements, Object trainer) {
    SeedSearch search = SeedSearch.of(features, elements, clusters, rows.data().rows(), seed);
    SeedSearch.Found found = rows.iterate(search, SeedSearch.Found.none());
    if (found.centres().size() < clusters) {
      throw tooFew(found.centres().size(), "distinct rows", trainer);
    }
    return found.centres().toArray(double[][]::new);
  }

  private TooFewRowsException tooFew(long there, String what, Object trainer) {
    return new TooFewRowsException(
        "%s: %s %s do not make %s clusters; ask for fewer"
            .formatted(trainer, there, what, clusters),
        there);
  }

  /** As it is written in a program. */
  @Override
  public String toString() {
    return "KMeans.on(\"%s\").withClusters(%s).withSeed(%s)%s%s"
        .formatted(
            features,
            clusters,
            seed,
            tolerance == TOLERANCE ? "" : ".withTolerance(" + tolerance + ")",
            mostSupersteps == MOST_SUPERSTEPS ? "" : ".withMostSteps(" + mostSupersteps + ")");
  }
}
