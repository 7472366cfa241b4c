package io.drawbar.learn;

import io.drawbar.Dataset;
import io.drawbar.Provenance;
import io.drawbar.Trainer;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.iterate.Fingerprinted;
import io.drawbar.iterate.FingerprintedKernel;
import java.util.List;

/**
 * The probabilities of classes by Bayes' rule, {@code P(k | x)} in proportion to {@code P(k) prod_j
 * p(x_j | k)}, as if the elements of features were independent in each class (C. Manning, P.
 * Raghavan, H. Schütze, "Introduction to Information Retrieval", 2008, chapter 13). {@code P(k)} is
 * the share of class k in the rows. One pass, and no objective: a first model, and for texts often
 * not a bad one.
 *
 * <pre>{@code
 * NaiveBayesModel model = NaiveBayes.on("features").predicting("species").withClasses(3).fit(rows);
 * NaiveBayesModel topics =
 *     NaiveBayes.on("counts").predicting("topic").withClasses(20).multinomial().fit(texts);
 * }</pre>
 *
 * <ul>
 *   <li>Gaussian, unless something else is said: {@code p(x_j | k)} is the normal density with the
 *       mean and the variance (over n) of element j in class k, to which {@code varianceSmoothing}
 *       times the largest variance of any element over all rows is added, as in scikit-learn;
 *   <li>{@link #multinomial()}: {@code p(x | k)} in proportion to {@code prod_j t_kj^x_j}, where
 *       {@code t_kj = (N_kj + a) / (N_k + a d)}, N_kj is the sum of element j in class k, N_k that
 *       of its d elements, and a the smoothing;
 *   <li>{@link #bernoulli()}: an element is 1 with the probability {@code (N_kj + a) / (N_k + 2
 *       a)}, where N_k is the number of rows of class k.
 * </ul>
 *
 * <p>Labels are those of {@link LogisticRegression}: BOOLEAN, or whole numbers from 0.
 *
 * @param features the name of a vector column without nulls, NaN or infinities
 * @param label the name of a BOOLEAN, LONG or DOUBLE column of classes
 * @param weight the name of a column of weights, at least 0: a row of weight 2 counts as two; empty
 *     if all count the same
 * @param classes how many classes there are, from 2 to 1,000
 * @param distribution that of the elements in each class
 * @param smoothing a, what is added to counts: from 1e-10; 1 is P. S. Laplace's
 * @param varianceSmoothing the share of the largest variance that is added to variances, at least 0
 */
public record NaiveBayes(
    String features,
    String label,
    String weight,
    int classes,
    Distribution distribution,
    double smoothing,
    double varianceSmoothing)
    implements Trainer<NaiveBayesModel> {
  /** With more, what a task sends no longer fits an array of bytes. */
  private static final int MOST_SUMS = 5_000_000;

  /** Below it, the logarithm of a probability would be that of nothing. */
  private static final double LEAST_SMOOTHING = 1e-10;

  private static final double VARIANCE_SMOOTHING = 1e-9;

  /** Checks the names, which differ, and the numbers. */
  public NaiveBayes {
    ClassColumns.check("NaiveBayes", features, label, weight, classes);
    if (!(smoothing >= LEAST_SMOOTHING) || Double.isInfinite(smoothing)) {
      throw new IllegalArgumentException(
          "smoothing adds %s or more to each count: withSmoothing(1), not %s"
              .formatted(LEAST_SMOOTHING, smoothing));
    }
    if (!(varianceSmoothing >= 0) || Double.isInfinite(varianceSmoothing)) {
      throw new IllegalArgumentException(
          "smoothing adds 0 or more to variances: withVarianceSmoothing(1e-9), not "
              + varianceSmoothing);
    }
  }

  /** A Gaussian trainer on a vector column, for two classes in {@code label}. */
  public static NaiveBayes on(String features) {
    return new NaiveBayes(features, "label", "", 2, Distribution.GAUSSIAN, 1, VARIANCE_SMOOTHING);
  }

  /** The same for a label of another name. */
  public NaiveBayes predicting(String label) {
    return new NaiveBayes(
        features, label, weight, classes, distribution, smoothing, varianceSmoothing);
  }

  /** The same with rows that count as much as a column says. */
  public NaiveBayes weightedBy(String weight) {
    return new NaiveBayes(
        features, label, weight, classes, distribution, smoothing, varianceSmoothing);
  }

  /**
   * The same for so many classes, whose labels are the whole numbers from 0; with more than 2,
   * probabilities are a vector.
   */
  public NaiveBayes withClasses(int classes) {
    return new NaiveBayes(
        features, label, weight, classes, distribution, smoothing, varianceSmoothing);
  }

  /** The same for counts, such as those of words: no element is less than 0. */
  public NaiveBayes multinomial() {
    return with(Distribution.MULTINOMIAL);
  }

  /** The same for elements that are 0 or 1. */
  public NaiveBayes bernoulli() {
    return with(Distribution.BERNOULLI);
  }

  /** The same with another distribution of the elements. */
  public NaiveBayes with(Distribution distribution) {
    return new NaiveBayes(
        features, label, weight, classes, distribution, smoothing, varianceSmoothing);
  }

  /** The same with this much added to counts: 1 is what there is without this. */
  public NaiveBayes withSmoothing(double smoothing) {
    return new NaiveBayes(
        features, label, weight, classes, distribution, smoothing, varianceSmoothing);
  }

  /** The same with this share of the largest variance added to all: 1e-9 without this. */
  public NaiveBayes withVarianceSmoothing(double varianceSmoothing) {
    return new NaiveBayes(
        features, label, weight, classes, distribution, smoothing, varianceSmoothing);
  }

  /**
   * Fits in one pass.
   *
   * @throws io.drawbar.type.UnknownColumnException if one of the columns is not there
   * @throws TypeMismatchException if features are no vector, or classes times elements are more
   *     than 5,000,000 sums (half of that for normal distributions), or label or weight are no
   *     numbers
   * @throws TooFewRowsException if there are no rows
   * @throws UnusableValueException if a feature is null, NaN or infinite, or one that its
   *     distribution does not have, a label is none of the classes, a class has no rows, a weight
   *     is negative, or an element does not vary in a class and variances are not smoothed
   */
  @Override
  public NaiveBayesModel fit(Dataset training) {
    ClassColumns source = new ClassColumns(toString(), features, label, weight, classes);
    int elements = source.elements(training.schema());
    if (ClassSums.size(classes, elements, distribution) > MOST_SUMS) {
      throw new TypeMismatchException(
          "%s: with %s elements of '%s' and %s classes there are more than %s sums to be taken"
              .formatted(this, elements, features, classes, MOST_SUMS));
    }
    ClassSumKernel kernel = new ClassSumKernel(source.columns(), classes, elements, distribution);
    Fingerprinted<ClassSums> found = training.reduce(new FingerprintedKernel<>(kernel));
    ClassSums sums = found.partial();
    List<String> names = training.elementNames(features);
    ClassChecks checks = new ClassChecks(source, training, sums.labels);
    checks.check(sums::weight);
    check(sums, checks);
    ClassEstimates estimates = new ClassEstimates(sums, smoothing, varianceSmoothing, checks);
    return new NaiveBayesModel(
        features,
        names,
        distribution,
        source.predicted(training.schema()),
        estimates.priors(),
        estimates.means(),
        estimates.variances(),
        sums.labels.usable(),
        Provenance.of(this, training, source.columns(), found.data()));
  }

  private void check(ClassSums sums, ClassChecks checks) {
    if (sums.refused.count() > 0) {
      throw checks.unusable(
          sums.refused.element(),
          distribution == Distribution.MULTINOMIAL
              ? "has counts less than 0, down to %s; counts begin at 0: leave multinomial() out for"
                      .formatted(sums.refused.least())
                  + " measurements"
              : "has values other than 0 and 1, from %s to %s; make them so before, as in"
                      .formatted(sums.refused.least(), sums.refused.greatest())
                  + " col(\"x\").gt(0), or say multinomial() for counts");
    }
    for (int j = 0; j < sums.elements; j++) {
      if (!sums.isFinite(j)) {
        throw checks.unusable(
            j,
            "has values so large that sums of them, or of their squares, overflow; multiply"
                + " them by a constant before");
      }
    }
  }

  /** As it is written in a program. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("NaiveBayes.on(\"");
    text.append(features).append("\").predicting(\"").append(label).append("\")");
    text.append(weight.isEmpty() ? "" : ".weightedBy(\"" + weight + "\")");
    text.append(classes == 2 ? "" : ".withClasses(" + classes + ")");
    text.append(distribution == Distribution.MULTINOMIAL ? ".multinomial()" : "");
    text.append(distribution == Distribution.BERNOULLI ? ".bernoulli()" : "");
    text.append(smoothing == 1 ? "" : ".withSmoothing(" + smoothing + ")");
    text.append(
        varianceSmoothing == VARIANCE_SMOOTHING
            ? ""
            : ".withVarianceSmoothing(" + varianceSmoothing + ")");
    return text.toString();
  }
}
