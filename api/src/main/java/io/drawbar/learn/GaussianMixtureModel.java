package io.drawbar.learn;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.indexOfGreatest;
import static io.drawbar.expr.Functions.logSumExp;
import static io.drawbar.expr.Functions.normalLogs;
import static io.drawbar.expr.Functions.softmax;

import io.drawbar.DamagedModelException;
import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.ModelContent;
import io.drawbar.Provenance;
import io.drawbar.math.Logarithm;
import io.drawbar.summary.Summary;
import io.drawbar.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A fitted mixture of normal distributions; see {@link GaussianMixture}. Two models are equal if
 * they are to the bit.
 *
 * @param features the name of the vector column
 * @param elements the names of its elements, as {@link Dataset#elementNames} had them at the fit
 * @param shape which covariances the components have
 * @param weights the share of each component in the rows, the largest first; they add up to 1
 * @param means of each component and element
 * @param covariances of each component, regularised: the upper triangle packed by rows, (0,0),
 *     (0,1), ..., (1,1), ...; or the variances of a diagonal; see {@link #covariance}
 * @param rows how many rows it was fitted to
 * @param logLikelihood of those rows, the sum of the logarithms of their densities
 * @param supersteps how often the rows were gone over, after the start
 * @param provenance what it was fitted by, and to
 */
public record GaussianMixtureModel(
    String features,
    List<String> elements,
    CovarianceShape shape,
    List<Double> weights,
    List<List<Double>> means,
    List<List<Double>> covariances,
    long rows,
    double logLikelihood,
    long supersteps,
    Provenance provenance)
    implements Model {
  private static final long serialVersionUID = 1;

  static final String TYPE = "gaussian-mixture";

  /** The name of the column of the likeliest component that {@link #transform} adds. */
  public static final String COMPONENT = "component";

  /** The name of the vector column of the components' probabilities. */
  public static final String PROBABILITY = "probability";

  /** The name of the column of the logarithm of the mixture's density. */
  public static final String LOG_DENSITY = "logDensity";

  private static final int MOST_SHOWN = 20;
  private static final int MOST_ELEMENTS_SHOWN = 6;

  /** Copies; all numbers are finite, and covariances have an inverse where there is a weight. */
  public GaussianMixtureModel {
    elements = List.copyOf(elements);
    weights = List.copyOf(weights);
    means = means.stream().map(List::copyOf).toList();
    covariances = covariances.stream().map(List::copyOf).toList();
    int size = elements.size();
    boolean valid = size > 0 && !weights.isEmpty();
    valid &= means.size() == weights.size() && covariances.size() == weights.size();
    for (int k = 0; valid && k < weights.size(); k++) {
      valid &= weights.get(k) >= 0 && Double.isFinite(weights.get(k));
      valid &= means.get(k).size() == size;
      valid &= covariances.get(k).size() == MixtureStep.covariances(shape, size);
      valid &= means.get(k).stream().allMatch(Double::isFinite);
      valid &= covariances.get(k).stream().allMatch(Double::isFinite);
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "%s weights, %s means and %s covariances of %s elements are no mixture"
              .formatted(weights.size(), means.size(), covariances.size(), size));
    }
    factors(shape, weights, covariances, size);
  }

  private static NormalFactors factors(
      CovarianceShape shape, List<Double> weights, List<List<Double>> covariances, int elements) {
    return NormalFactors.sure(
        shape,
        weights.stream().mapToDouble(Double::doubleValue).toArray(),
        Matrices.arrays(covariances),
        elements);
  }

  /** The covariance matrix of a component, regularised, by rows. */
  public List<List<Double>> covariance(int component) {
    List<Double> packed = covariances.get(component);
    int size = elements.size();
    double[][] matrix = new double[size][size];
    int at = 0;
    for (int i = 0; i < size; i++) {
      int end = shape == CovarianceShape.FULL ? size : i + 1;
      for (int j = i; j < end; j++, at++) {
        matrix[i][j] = packed.get(at);
        matrix[j][i] = packed.get(at);
      }
    }
    return Matrices.lists(matrix);
  }

  /** How many numbers were fitted: weights but one, means and covariances. */
  public long parameters() {
    long components = weights.size();
    return components - 1 + components * (elements.size() + covariances.get(0).size());
  }

  /** Twice the parameters less twice the log-likelihood (H. Akaike, 1974): less is better. */
  public double aic() {
    return 2.0 * parameters() - 2 * logLikelihood;
  }

  /** The parameters times log(rows) less twice the log-likelihood (G. Schwarz, 1978). */
  public double bic() {
    return parameters() * Logarithm.log(rows) - 2 * logLikelihood;
  }

  /**
   * The dataset with three more columns, in place of those of their names; null where the features
   * are. {@value #COMPONENT} is the likeliest component, a LONG from 0, the first of several;
   * {@value #PROBABILITY} the vector of the probabilities of all; {@value #LOG_DENSITY} the
   * logarithm of the mixture's density, a DOUBLE: the less, the stranger the row. An element that
   * is NaN makes NaN of both, and null of the component.
   *
   * @throws io.drawbar.type.UnknownColumnException if there is no column of the features' name
   * @throws io.drawbar.expr.TypeMismatchException if it is no vector of as many elements as before
   */
  @Override
  public Dataset transform(Dataset input) {
    TrainingColumns.checkScored(
        input.schema(), features, elements.size(), "a mixture on '" + features + "'");
    NormalFactors normal = factors(shape, weights, covariances, elements.size());
    // Densities are computed once, under the name of what they become.
    return input
        .withColumn(
            PROBABILITY,
            normalLogs(
                col(features),
                means,
                Matrices.lists(normal.factors()),
                Arrays.stream(normal.constants()).boxed().toList()))
        .withColumn(LOG_DENSITY, logSumExp(col(PROBABILITY)))
        .withColumn(COMPONENT, indexOfGreatest(col(PROBABILITY)))
        .withColumn(PROBABILITY, softmax(col(PROBABILITY)));
  }

  @Override
  public ModelContent content() {
    return ModelContent.of(TYPE)
        .reads(features, DataType.vector(elements.size()))
        .adds(PROBABILITY, DataType.vector(weights.size()))
        .adds(LOG_DENSITY, DataType.DOUBLE)
        .adds(COMPONENT, DataType.LONG)
        .setting("features", features)
        .setting("shape", shape)
        .setting("rows", rows)
        .setting("supersteps", supersteps)
        .metric("logLikelihood", logLikelihood)
        .provenance(provenance)
        .doubles("weights", weights.stream().mapToDouble(Double::doubleValue).toArray())
        .tensor("means", Matrices.flat(means), means.size(), elements.size())
        .tensor(
            "covariances",
            Matrices.flat(covariances),
            covariances.size(),
            covariances.get(0).size())
        .texts("elements", elements)
        .build();
  }

  static GaussianMixtureModel of(ModelContent content) {
    try {
      return new GaussianMixtureModel(
          content.text("features"),
          content.texts("elements"),
          content.choice("shape", CovarianceShape.class),
          Arrays.stream(content.doubles("weights")).boxed().toList(),
          Matrices.rows(content, "means"),
          Matrices.rows(content, "covariances"),
          content.whole("rows"),
          content.metric("logLikelihood"),
          content.whole("supersteps"),
          content.provenance());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new DamagedModelException(TYPE + ": " + e.getMessage());
    }
  }

  /** A table for people: likelihood, and means and deviations of the first components. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "mixture of %d normal distributions on '%s': %,d rows, log-likelihood %.6f after %d"
                + " supersteps%n  AIC %.3f, BIC %.3f, %,d parameters%n",
            weights.size(),
            features,
            rows,
            logLikelihood,
            supersteps,
            aic(),
            bic(),
            parameters()));
    int shown = Math.min(MOST_ELEMENTS_SHOWN, elements.size());
    text.append(String.format("  %-9s %9s", "component", "share"));
    for (int j = 0; j < shown; j++) {
      text.append(String.format(" %22.22s", elements.get(j)));
    }
    int more = elements.size() - shown;
    text.append(more > 0 ? String.format("  and %s more%n", more) : String.format("%n"));
    for (int k = 0; k < Math.min(MOST_SHOWN, weights.size()); k++) {
      text.append(String.format(Locale.ROOT, "  %-9s %9.6f", k, weights.get(k)));
      List<String> cells = expected(k, shown);
      cells.forEach(cell -> text.append(String.format(" %22s", cell)));
      text.append(String.format("%n"));
    }
    if (weights.size() > MOST_SHOWN) {
      text.append(String.format("  and %s more%n", weights.size() - MOST_SHOWN));
    }
    return text.toString();
  }

  /** The likelihood, and shares, means and deviations of components. */
  @Override
  public Summary summary() {
    return UnlabelledSummary.of(this);
  }

  /** The mean of each of the first elements in a component, and its deviation. */
  List<String> expected(int component, int shown) {
    List<String> cells = new ArrayList<>();
    int at = 0;
    for (int j = 0; j < shown; j++) {
      double variance = covariances.get(component).get(at);
      double mean = means.get(component).get(j);
      cells.add(String.format(Locale.ROOT, "%.5g +- %.4g", mean, Math.sqrt(variance)));
      at += shape == CovarianceShape.FULL ? elements.size() - j : 1;
    }
    return cells;
  }
}
