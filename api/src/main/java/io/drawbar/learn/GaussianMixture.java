package io.drawbar.learn;

import io.drawbar.Dataset;
import io.drawbar.HeldDataset;
import io.drawbar.Provenance;
import io.drawbar.Trainer;
import io.drawbar.expr.TypeMismatchException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A mixture of k normal distributions, {@code p(x) = sum_k w_k N(x; m_k, S_k)}, that makes the
 * rows' likelihood large: how rows fall into groups that overlap, and how likely a row is, which
 * tells those apart that are like no other. Found by expectation and maximisation (A. P. Dempster,
 * N. M. Laird, D. B. Rubin, "Maximum Likelihood from Incomplete Data via the EM Algorithm", 1977)
 * from the clusters of {@link KMeans}; it ends in a local maximum, which another seed may improve.
 *
 * <pre>{@code
 * GaussianMixtureModel model = GaussianMixture.on("features").withComponents(3).fit(flowers);
 * Dataset scored = model.transform(flowers); // with component, probability and logDensity
 * Dataset strange = scored.where(col("logDensity").lt(-12));
 * }</pre>
 *
 * <p>It ends when the mean log-likelihood of a row changes by no more than the tolerance from one
 * round to the next. Log-likelihoods change with the unit of the features by a constant, and their
 * differences do not: a change of 1e-6 makes a row's likelihood a millionth more, in any unit.
 *
 * <p>What is returned is a mixture whose likelihood was measured, also where rounds ran out, or
 * somebody ended the training ({@link io.drawbar.SuperstepProgress#end}), which then takes one more
 * look at the rows.
 *
 * <p>A component on few rows could be made as narrow and its density as large as one likes, and
 * where elements follow from each other there is no density. So after each round the variance of
 * each element has {@code regularisation} times the element's variance over all rows added, in each
 * component: no component is narrower than the root of that. It is a share, and not a number as in
 * scikit-learn, so that units do not matter. A component that has lost all rows stays where it was
 * and has the weight 0.
 *
 * <p>Components are numbered from 0, the one of largest weight first; of equal ones the one whose
 * mean is less in the first element in which they differ.
 *
 * @param features the name of a vector column without nulls, NaN or infinities
 * @param components k, at least 1
 * @param covariances whether a component has all covariances of the elements, or variances alone
 * @param seed of the start
 * @param regularisation the share of an element's variance that is added to those of the
 *     components, at least 0
 * @param tolerance by how much a row's mean log-likelihood, in nats, changes at the end, at most
 * @param mostSupersteps how many rounds there are at most, at least one
 */
public record GaussianMixture(
    String features,
    int components,
    CovarianceShape covariances,
    long seed,
    double regularisation,
    double tolerance,
    int mostSupersteps)
    implements Trainer<GaussianMixtureModel> {
  /** Sums in each task, eight times: what is sent must fit an array of bytes. */
  private static final long MOST_SUMS = 1 << 20;

  private static final double REGULARISATION = 1e-6;
  private static final double TOLERANCE = 1e-6;
  private static final int MOST_SUPERSTEPS = 200;

  /** The start need not be settled. */
  private static final double START_TOLERANCE = 1e-3;

  private static final int MOST_START_SUPERSTEPS = 30;

  /** Checks the numbers, and that the name is not blank. */
  public GaussianMixture {
    if (features.isBlank()) {
      throw new IllegalArgumentException("features are a column: GaussianMixture.on(\"features\")");
    }
    if (components < 1) {
      throw new IllegalArgumentException(
          "there is at least one component: withComponents(3), not " + components);
    }
    if (!(regularisation >= 0) || Double.isInfinite(regularisation)) {
      throw new IllegalArgumentException(
          "a share of the variance is 0 or more: withRegularisation(1e-6), not " + regularisation);
    }
    if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
      throw new IllegalArgumentException(
          "a tolerance is 0 or more: withTolerance(1e-6), not " + tolerance);
    }
    if (mostSupersteps < 1) {
      throw new IllegalArgumentException(
          "there is at least one round: withMostSteps(200), not " + mostSupersteps);
    }
  }

  /** Two components with full covariances, unless more is said. */
  public static GaussianMixture on(String features) {
    return new GaussianMixture(
        features, 2, CovarianceShape.FULL, 42, REGULARISATION, TOLERANCE, MOST_SUPERSTEPS);
  }

  /** The same with so many components. */
  public GaussianMixture withComponents(int components) {
    return new GaussianMixture(
        features, components, covariances, seed, regularisation, tolerance, mostSupersteps);
  }

  /** The same whose elements are independent within a component. */
  public GaussianMixture diagonal() {
    return with(CovarianceShape.DIAGONAL);
  }

  /** The same with other covariances. */
  public GaussianMixture with(CovarianceShape covariances) {
    return new GaussianMixture(
        features, components, covariances, seed, regularisation, tolerance, mostSupersteps);
  }

  /** The same from another start. */
  public GaussianMixture withSeed(long seed) {
    return new GaussianMixture(
        features, components, covariances, seed, regularisation, tolerance, mostSupersteps);
  }

  /** The same with this share of each element's variance added: 1e-6 without this. */
  public GaussianMixture withRegularisation(double regularisation) {
    return new GaussianMixture(
        features, components, covariances, seed, regularisation, tolerance, mostSupersteps);
  }

  /** The same that ends at another change of a row's mean log-likelihood: 1e-6 without this. */
  public GaussianMixture withTolerance(double tolerance) {
    return new GaussianMixture(
        features, components, covariances, seed, regularisation, tolerance, mostSupersteps);
  }

  /** The same of so many rounds at most: 200 without this. */
  public GaussianMixture withMostSteps(int supersteps) {
    return new GaussianMixture(
        features, components, covariances, seed, regularisation, tolerance, supersteps);
  }

  /**
   * Fits.
   *
   * @throws io.drawbar.type.UnknownColumnException if the column is not there
   * @throws TypeMismatchException if it is no vector, or the components have more than a million
   *     covariances
   * @throws TooFewRowsException if there are less than two rows, or fewer distinct ones than
   *     components
   * @throws UnusableValueException if a value is null, NaN, infinite, or too large or small to
   *     square, or an element is the same in all rows
   * @throws SingularMatrixException if an element of a component follows from others and there is
   *     no regularisation, or too little
   */
  @Override
  public GaussianMixtureModel fit(Dataset training) {
    int elements = TrainingColumns.elements(training.schema(), features, this);
    if (MixtureSums.length(covariances, components, elements) > MOST_SUMS) {
      throw new TypeMismatchException(
          "%s: %s components of %s elements have more than %s covariances; say diagonal(), or %s"
              .formatted(
                  this,
                  components,
                  elements,
                  MOST_SUMS,
                  "reduce the elements before, as Pca does"));
    }
    try (HeldDataset rows = training.hold(List.of(features))) {
      TrainingColumns columns = TrainingColumns.of(this, training, features);
      Moments moments = rows.reduce(new MomentKernel(features, elements));
      new MomentChecks(columns, moments).check(2, "a variance");
      List<Double> floors = floors(GramMatrix.centred(moments), columns, moments.rows());
      Clustering start =
          new KMeans(features, components, seed, START_TOLERANCE, MOST_START_SUPERSTEPS)
              .clustering(rows, elements, this);
      MixtureStep step =
          new MixtureStep(
              toString(),
              features,
              elements,
              components,
              covariances,
              moments.rows(),
              floors,
              tolerance,
              mostSupersteps);
      int size = MixtureStep.covariances(covariances, elements);
      Mixture end = rows.iterate(step, Mixture.start(start.centres(), size));
      if (!step.isDone(end)) {
        // Somebody has had enough: this mixture has come of one whose likelihood is known.
        end = rows.iterate(step.measuring(), end);
      }
      if (end.phase() == Mixture.Phase.SINGULAR) {
        throw singular(end, columns);
      }
      return model(
          end,
          columns.elements(),
          moments.rows(),
          Provenance.of(this, training, step.columns(), rows));
    }
  }

  /** The share of each element's variance that is added. */
  private List<Double> floors(GramMatrix centred, TrainingColumns columns, long rows) {
    List<Double> floors = new ArrayList<>();
    for (int j = 0; j < columns.elements().size(); j++) {
      double variance = centred.at(j, j) / rows;
      if (!(variance > 0)) {
        throw new UnusableValueException(
            "%s: %s is the same in all rows, so that no density has a width along it; leave it out"
                .formatted(this, columns.name(j)));
      }
      floors.add(regularisation * variance);
    }
    return floors;
  }

  private SingularMatrixException singular(Mixture end, TrainingColumns columns) {
    return new SingularMatrixException(
        ("%s: in round %s a component with a share of %.3g of the rows has no width along %s, given"
                + " the elements before it; leave out elements that follow from others, ask for"
                + " fewer components, or give them a width: withRegularisation(%s)")
            .formatted(
                this,
                end.superstep(),
                end.weights()[end.component()],
                columns.name(end.element()),
                Math.max(REGULARISATION, 100 * regularisation)),
        end.element(),
        0);
  }

  private GaussianMixtureModel model(
      Mixture end, List<String> elements, long rows, Provenance provenance) {
    int[] order =
        IntStream.range(0, components)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingDouble(k -> -end.weights()[k])
                    .thenComparing((a, b) -> Arrays.compare(end.means()[a], end.means()[b])))
            .mapToInt(Integer::intValue)
            .toArray();
    return new GaussianMixtureModel(
        features,
        elements,
        covariances,
        Arrays.stream(order).mapToObj(k -> end.weights()[k]).toList(),
        Matrices.lists(Arrays.stream(order).mapToObj(k -> end.means()[k]).toArray(double[][]::new)),
        Matrices.lists(
            Arrays.stream(order).mapToObj(k -> end.covariances()[k]).toArray(double[][]::new)),
        rows,
        end.logLikelihood(),
        end.superstep(),
        provenance);
  }

  /** As it is written in a program. */
  @Override
  public String toString() {
    return "GaussianMixture.on(\"%s\").withComponents(%s).withSeed(%s)%s%s%s%s"
        .formatted(
            features,
            components,
            seed,
            covariances == CovarianceShape.DIAGONAL ? ".diagonal()" : "",
            regularisation == REGULARISATION ? "" : ".withRegularisation(" + regularisation + ")",
            tolerance == TOLERANCE ? "" : ".withTolerance(" + tolerance + ")",
            mostSupersteps == MOST_SUPERSTEPS ? "" : ".withMostSteps(" + mostSupersteps + ")");
  }
}
