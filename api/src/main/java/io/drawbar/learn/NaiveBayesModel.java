package io.drawbar.learn;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.dot;
import static io.drawbar.expr.Functions.indexOfGreatest;
import static io.drawbar.expr.Functions.normalLogs;
import static io.drawbar.expr.Functions.sigmoid;
import static io.drawbar.expr.Functions.softmax;

import io.drawbar.DamagedModelException;
import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.ModelContent;
import io.drawbar.Provenance;
import io.drawbar.expr.Expr;
import io.drawbar.expr.VectorOf;
import io.drawbar.math.ExactSum;
import io.drawbar.math.Logarithm;
import io.drawbar.summary.Summary;
import io.drawbar.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Fitted probabilities of classes; see {@link NaiveBayes} for the formulas. Two models are equal if
 * they are to the bit.
 *
 * @param features the name of the vector column
 * @param elements the names of its elements, as {@link Dataset#elementNames} had them at the fit
 * @param distribution that of the elements in each class
 * @param predicted the type of predictions: BOOLEAN if the label was, else LONG
 * @param priors the share of each class in the rows
 * @param means of each class and element: the mean of a normal distribution; of a multinomial one,
 *     the share of the element in all counts; of a Bernoulli one, the probability of 1
 * @param variances of each class and element, smoothed; none of a multinomial distribution
 * @param rows how many rows it was fitted to
 * @param provenance what it was fitted by, and to
 */
public record NaiveBayesModel(
    String features,
    List<String> elements,
    Distribution distribution,
    DataType predicted,
    List<Double> priors,
    List<List<Double>> means,
    List<List<Double>> variances,
    long rows,
    Provenance provenance)
    implements Model {
  private static final long serialVersionUID = 1;

  static final String TYPE = "naive-bayes";

  /** The name of the column of probabilities that {@link #transform} adds. */
  public static final String PROBABILITY = "probability";

  /** The name of the column of the likeliest class that {@link #transform} adds. */
  public static final String PREDICTION = "prediction";

  private static final int MOST_SHOWN = 50;
  private static final int MOST_CLASSES_SHOWN = 8;
  private static final int WIDEST_NAME = 40;

  /** Copies the numbers, which are as many as classes and elements want. */
  public NaiveBayesModel {
    elements = List.copyOf(elements);
    priors = List.copyOf(priors);
    means = means.stream().map(List::copyOf).toList();
    variances = variances.stream().map(List::copyOf).toList();
    int size = elements.size();
    int spread = distribution == Distribution.MULTINOMIAL ? 0 : size;
    boolean fits = size > 0 && priors.size() >= 2 && means.size() == priors.size();
    fits &= variances.size() == priors.size();
    fits &= means.stream().allMatch(of -> of.size() == size);
    fits &= variances.stream().allMatch(of -> of.size() == spread);
    boolean isPositive = priors.stream().allMatch(NaiveBayesModel::isPositive);
    isPositive &= variances.stream().flatMap(List::stream).allMatch(NaiveBayesModel::isPositive);
    isPositive &=
        distribution == Distribution.GAUSSIAN
            || means.stream().flatMap(List::stream).allMatch(NaiveBayesModel::isPositive);
    if (!fits || !isPositive || !means.stream().flatMap(List::stream).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          ("%s classes and %s elements cannot have %s means and %s variances, or one of those, or a"
                  + " prior, is not above 0")
              .formatted(priors.size(), size, means.size(), variances.size()));
    }
    if (predicted != DataType.LONG && (predicted != DataType.BOOLEAN || priors.size() > 2)) {
      throw new IllegalArgumentException(
          "predictions of %s classes are no %s".formatted(priors.size(), predicted));
    }
  }

  private static boolean isPositive(double value) {
    return value >= Double.MIN_NORMAL && value < Double.POSITIVE_INFINITY;
  }

  /** How many classes there are. */
  public int classes() {
    return priors.size();
  }

  /**
   * The dataset with two more columns, in place of those of their names; null where the features
   * are. {@value #PROBABILITY} is that of class 1, a DOUBLE, or, of more than two classes, a vector
   * of all; {@value #PREDICTION} is the likeliest class, the lowest of several. An element that is
   * NaN makes NaN of the probability and null of the prediction; so far from all classes that
   * squares overflow, there is no probability but NaN. Elements of a Bernoulli distribution should
   * be 0 or 1 here as well.
   *
   * @throws io.drawbar.type.UnknownColumnException if there is no column of the features' name
   * @throws io.drawbar.expr.TypeMismatchException if it is not a vector of as many elements as
   *     before
   */
  @Override
  public Dataset transform(Dataset input) {
    TrainingColumns.checkScored(
        input.schema(), features, elements.size(), "naive Bayes on '" + features + "'");
    // Logarithms are computed once, under the name of what they become.
    Expr greatest = indexOfGreatest(col(PROBABILITY));
    Expr shares = classes() > 2 ? softmax(col(PROBABILITY)) : sigmoid(dot(col(PROBABILITY), -1, 1));
    return input
        .withColumn(PROBABILITY, logs())
        .withColumn(PREDICTION, predicted == DataType.BOOLEAN ? greatest.eq(1) : greatest)
        .withColumn(PROBABILITY, shares);
  }

  /** Of each class, the logarithm of its share times the density or probability of the features. */
  private Expr logs() {
    if (distribution == Distribution.GAUSSIAN) {
      return densities();
    }
    List<Expr> logs = new ArrayList<>();
    for (int k = 0; k < classes(); k++) {
      logs.add(dot(col(features), weights(k)).plus(constant(k)));
    }
    return new VectorOf(logs);
  }

  private Expr densities() {
    double[] weights = priors.stream().mapToDouble(Double::doubleValue).toArray();
    NormalFactors normal =
        NormalFactors.sure(
            CovarianceShape.DIAGONAL, weights, Matrices.arrays(variances), elements.size());
    return normalLogs(
        col(features),
        means,
        Matrices.lists(normal.factors()),
        Arrays.stream(normal.constants()).boxed().toList());
  }

  /** What does not depend on the features: with no element that is not 0. */
  private double constant(int label) {
    ExactSum sum = new ExactSum();
    sum.add(Logarithm.log(priors.get(label)));
    for (int j = 0; j < variances.get(label).size(); j++) {
      sum.add(logOfZero(label, j));
    }
    return sum.round();
  }

  /** The logarithm of the probability that an element is 0. */
  private double logOfZero(int label, int element) {
    return Logarithm.log(variances.get(label).get(element) / means.get(label).get(element));
  }

  private double[] weights(int label) {
    double[] weights = new double[elements.size()];
    for (int j = 0; j < weights.length; j++) {
      weights[j] = Logarithm.log(means.get(label).get(j));
      if (distribution == Distribution.BERNOULLI) {
        weights[j] -= logOfZero(label, j);
      }
    }
    return weights;
  }

  @Override
  public ModelContent content() {
    ModelContent.Builder content =
        ModelContent.of(TYPE)
            .reads(features, DataType.vector(elements.size()))
            .adds(PROBABILITY, classes() == 2 ? DataType.DOUBLE : DataType.vector(classes()))
            .adds(PREDICTION, predicted)
            .setting("features", features)
            .setting("distribution", distribution)
            .setting("predicted", predicted.toString())
            .setting("rows", rows)
            .provenance(provenance)
            .doubles("priors", priors.stream().mapToDouble(Double::doubleValue).toArray())
            .tensor("means", Matrices.flat(means), classes(), elements.size())
            .texts("elements", elements);
    if (distribution != Distribution.MULTINOMIAL) {
      content.tensor("variances", Matrices.flat(variances), classes(), elements.size());
    }
    return content.build();
  }

  static NaiveBayesModel of(ModelContent content) {
    Distribution distribution = content.choice("distribution", Distribution.class);
    List<List<Double>> means = Matrices.rows(content, "means");
    List<List<Double>> none = means.stream().map(of -> List.<Double>of()).toList();
    String predicted = content.text("predicted");
    try {
      return new NaiveBayesModel(
          content.text("features"),
          content.texts("elements"),
          distribution,
          predicted.equals(DataType.BOOLEAN.toString()) ? DataType.BOOLEAN : DataType.LONG,
          Arrays.stream(content.doubles("priors")).boxed().toList(),
          means,
          distribution == Distribution.MULTINOMIAL ? none : Matrices.rows(content, "variances"),
          content.whole("rows"),
          content.provenance());
    } catch (IllegalArgumentException e) {
      throw new DamagedModelException(TYPE + ": " + e.getMessage());
    }
  }

  /** What is expected of each element in each class, of the first of both. */
  @Override
  public Summary summary() {
    int shown = Math.min(classes(), MOST_CLASSES_SHOWN);
    List<String> heads = new ArrayList<>(List.of("element"));
    List<String> names = new ArrayList<>();
    for (int k = 0; k < shown; k++) {
      heads.add("class " + k);
      names.add(String.valueOf(k));
    }
    List<List<Object>> lines = new ArrayList<>();
    for (int j = 0; j < Math.min(elements.size(), MOST_SHOWN); j++) {
      List<Object> line = new ArrayList<>(List.of(elements.get(j)));
      for (int k = 0; k < shown; k++) {
        line.add(expected(k, j));
      }
      lines.add(line);
    }
    return Summary.of("naive Bayes of %s classes on '%s'".formatted(classes(), features))
        .figure("rows", rows)
        .figure("classes", classes())
        .figure("elements", elements.size())
        .figure("distribution", distribution.toString().toLowerCase(Locale.ROOT))
        .table("what is expected in each class", heads, lines)
        .bars("shares of classes", "share of the rows", names, priors.subList(0, shown))
        .part(provenance.summary())
        .build();
  }

  /** A table for people: what is expected of each element in each class, of the first of both. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "naive Bayes, %s, of %d classes on '%s': %,d rows%n",
            distribution.toString().toLowerCase(Locale.ROOT),
            classes(),
            features,
            rows));
    int shown = Math.min(classes(), MOST_CLASSES_SHOWN);
    int most = Math.min(elements.size(), MOST_SHOWN);
    int width = "share".length();
    for (String name : elements.subList(0, most)) {
      width = Math.max(width, Math.min(name.length(), WIDEST_NAME));
    }
    String name = "  %-" + width + "s";
    text.append(String.format(Locale.ROOT, name, "class"));
    for (int k = 0; k < shown; k++) {
      text.append(String.format(Locale.ROOT, " %24d", k));
    }
    int others = classes() - shown;
    text.append(others > 0 ? String.format("  and %d more%n", others) : String.format("%n"));
    text.append(String.format(Locale.ROOT, name, "share"));
    for (int k = 0; k < shown; k++) {
      text.append(String.format(Locale.ROOT, " %24.6f", priors.get(k)));
    }
    text.append(String.format("%n"));
    for (int j = 0; j < most; j++) {
      text.append(String.format(Locale.ROOT, name, elements.get(j)));
      for (int k = 0; k < shown; k++) {
        text.append(String.format(Locale.ROOT, " %24s", expected(k, j)));
      }
      text.append(String.format("%n"));
    }
    if (most < elements.size()) {
      text.append(String.format(Locale.ROOT, "  and %,d more%n", elements.size() - most));
    }
    return text.toString();
  }

  private String expected(int label, int element) {
    double mean = means.get(label).get(element);
    return distribution == Distribution.GAUSSIAN
        ? String.format(
            Locale.ROOT, "%.5g +- %.4g", mean, Math.sqrt(variances.get(label).get(element)))
        : String.format(Locale.ROOT, "%.6g", mean);
  }
}
