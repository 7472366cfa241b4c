package io.drawbar.learn;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.dot;
import static io.drawbar.expr.Functions.indexOfGreatest;
import static io.drawbar.expr.Functions.nullOf;
import static io.drawbar.expr.Functions.sigmoid;
import static io.drawbar.expr.Functions.softmax;
import static io.drawbar.expr.Functions.when;

import io.drawbar.DamagedModelException;
import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.ModelContent;
import io.drawbar.Provenance;
import io.drawbar.expr.Expr;
import io.drawbar.expr.VectorOf;
import io.drawbar.summary.Summary;
import io.drawbar.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Fitted probabilities of classes; see {@link LogisticRegression} for the formula. Two models are
 * equal if they are to the bit.
 *
 * @param features the name of the vector column
 * @param elements the names of its elements, as {@link Dataset#elementNames} had them at the fit
 * @param predicted the type of predictions: BOOLEAN if the label was, else LONG
 * @param classes how many there are
 * @param coefficients of two classes, one for each element, of class 1; of more, those of class 0,
 *     then those of class 1, and so on
 * @param intercepts of two classes, one; of more, one each; 0.0 if none were fitted
 * @param rows how many rows it was fitted to
 * @param objective the mean of {@code -log(p)} over those rows, in nats, and the penalty
 * @param steepness the largest slope of the objective that is left, along any coefficient of a
 *     feature of standard deviation 1: above the trainer's tolerance if it ran out of steps, or
 *     doubles of digits
 * @param steps how often the rows were looked at
 * @param deviance minus twice the logarithm of the likelihood of the rows, without the penalty; NaN
 *     if the model does not know, as the next
 * @param nullDeviance the same of a model without coefficients, but with intercepts if they were
 *     fitted
 * @param objectives what the objective was before the first step and after each; none if the model
 *     does not know
 * @param inference how sure the coefficients are
 * @param provenance what it was fitted by, and to
 */
public record LogisticRegressionModel(
    String features,
    List<String> elements,
    DataType predicted,
    int classes,
    List<Double> coefficients,
    List<Double> intercepts,
    long rows,
    double objective,
    double steepness,
    int steps,
    double deviance,
    double nullDeviance,
    List<Double> objectives,
    Inference inference,
    Provenance provenance)
    implements Model {
  private static final long serialVersionUID = 1;

  /** More elements than this are not printed, but counted. */
  private static final int MOST_SHOWN = 50;

  private static final int WIDEST_NAME = 40;

  static final String TYPE = "logistic-regression";

  /** Of revision 1 on, with deviances, objectives and the inference. */
  static final int REVISION = 1;

  /** The name of the column of probabilities that {@link #transform} adds. */
  public static final String PROBABILITY = "probability";

  /** The name of the column of the likeliest class that {@link #transform} adds. */
  public static final String PREDICTION = "prediction";

  /** Copies the numbers, which are as many as classes and elements want, and finite. */
  public LogisticRegressionModel {
    elements = List.copyOf(elements);
    coefficients = List.copyOf(coefficients);
    intercepts = List.copyOf(intercepts);
    objectives = List.copyOf(objectives);
    int margins = classes == 2 ? 1 : classes;
    boolean fits = classes >= 2 && intercepts.size() == margins;
    fits &= !elements.isEmpty() && coefficients.size() == (long) margins * elements.size();
    if (!fits) {
      throw new IllegalArgumentException(
          "%s classes and %s elements cannot have %s coefficients and %s intercepts"
              .formatted(classes, elements.size(), coefficients.size(), intercepts.size()));
    }
    boolean isFinite = intercepts.stream().allMatch(Double::isFinite);
    if (!isFinite || !coefficients.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "a coefficient or an intercept on '%s' is not finite".formatted(features));
    }
    if (predicted != DataType.LONG && (predicted != DataType.BOOLEAN || classes > 2)) {
      throw new IllegalArgumentException(
          "predictions of %s classes are no %s".formatted(classes, predicted));
    }
    inference.check(elements.size(), margins);
  }

  /** A model that knows nothing of its training but how it ended. */
  public LogisticRegressionModel(
      String features,
      List<String> elements,
      DataType predicted,
      int classes,
      List<Double> coefficients,
      List<Double> intercepts,
      long rows,
      double objective,
      double steepness,
      int steps,
      Provenance provenance) {
    this(
        features,
        elements,
        predicted,
        classes,
        coefficients,
        intercepts,
        rows,
        objective,
        steepness,
        steps,
        Double.NaN,
        Double.NaN,
        List.of(),
        Inference.unknown(),
        provenance);
  }

  /**
   * A z test of the intercept, if it was fitted, and the coefficients of one class (of two classes,
   * of class 1; of more, in comparison with the mean of all classes); none where standard errors
   * are not known ({@link Inference#standing} says why).
   */
  public List<CoefficientTest> tests(int label) {
    coefficientsOf(label);
    if (inference.standing() != Inference.Standing.KNOWN) {
      return List.of();
    }
    int margin = classes == 2 ? 0 : label;
    return CoefficientTests.of(inference)
        .ofMargin(elements, coefficients, intercepts, inference, margin);
  }

  /**
   * Akaike's information criterion: the deviance and twice the number of coefficients that the rows
   * determine; NaN where standard errors are not known. Less is better.
   */
  public double aic() {
    if (inference.standing() != Inference.Standing.KNOWN) {
      return Double.NaN;
    }
    long determined = inference.standardErrors().stream().filter(e -> !e.isNaN()).count();
    determined += inference.interceptErrors().size();
    // Of several classes, the coefficients of one follow from those of the others.
    return deviance + 2 * (classes == 2 ? determined : determined / classes * (classes - 1.0));
  }

  /**
   * The elements, and {@code intercept}, that may have no finite coefficient in some class: their
   * standard errors are infinite, because the likelihood still grew with them when the training
   * ended. So it does for ever where some rows of a class can be told from all others without error
   * (A. Albert, J. A. Anderson, 1984), as with a category that has rows of one class only. That is
   * a symptom, which a maximum far away gives, too; what the model predicts is right to the
   * tolerance either way. Empty with a penalty, and where standard errors are not known.
   */
  public List<String> unbounded() {
    List<String> names = new ArrayList<>();
    if (inference.interceptErrors().contains(Double.POSITIVE_INFINITY)) {
      names.add("intercept");
    }
    for (int j = 0; j < elements.size() && !inference.standardErrors().isEmpty(); j++) {
      for (int k = 0; k < intercepts.size(); k++) {
        if (inference.standardErrors().get(k * elements.size() + j) == Double.POSITIVE_INFINITY) {
          names.add(elements.get(j));
          break;
        }
      }
    }
    return names;
  }

  /** What the fit is worth, coefficients with their tests, and how the objective came down. */
  @Override
  public Summary summary() {
    return RegressionSummary.of(this);
  }

  /** The intercept, of a model of two classes. */
  public double intercept() {
    if (classes > 2) {
      throw new IllegalStateException("there are " + classes + " intercepts: see intercepts()");
    }
    return intercepts.get(0);
  }

  /** The coefficients of one class; of two classes, those of class 1. */
  public List<Double> coefficientsOf(int label) {
    if (label < 0 || label >= classes || classes == 2 && label == 0) {
      throw new IllegalArgumentException("no coefficients are those of class " + label);
    }
    int margin = classes == 2 ? 0 : label;
    return coefficients.subList(margin * elements.size(), (margin + 1) * elements.size());
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private Expr margin(int label) {
    double intercept = intercepts.get(classes == 2 ? 0 : label);
    return dot(col(features), array(coefficientsOf(label))).plus(intercept);
  }

  /**
   * The dataset with two more columns, in place of those of their names; null where the features
   * are. {@value #PROBABILITY} is that of class 1, a DOUBLE, or, of more than two classes, a vector
   * of all; {@value #PREDICTION} is the likeliest class, the lowest of several, except that one
   * half is class 1. Of features with NaN the probability is NaN, and the prediction null.
   *
   * @throws io.drawbar.type.UnknownColumnException if there is no column of the features' name
   * @throws io.drawbar.expr.TypeMismatchException if it is not a vector of as many elements as
   *     coefficients
   */
  @Override
  public Dataset transform(Dataset input) {
    TrainingColumns.checkScored(
        input.schema(), features, elements.size(), "logistic regression on '" + features + "'");
    if (classes > 2) {
      List<Expr> margins = new ArrayList<>();
      for (int label = 0; label < classes; label++) {
        margins.add(margin(label));
      }
      return input
          .withColumn(PROBABILITY, softmax(new VectorOf(margins)))
          .withColumn(PREDICTION, indexOfGreatest(col(PROBABILITY)));
    }
    Expr isNumber = col(PROBABILITY).le(1.0); // NaN is greater than all
    Expr isLikely = when(isNumber, col(PROBABILITY).ge(0.5)).otherwise(nullOf(DataType.BOOLEAN));
    return input
        .withColumn(PROBABILITY, sigmoid(margin(1)))
        .withColumn(
            PREDICTION, predicted == DataType.BOOLEAN ? isLikely : isLikely.cast(DataType.LONG));
  }

  @Override
  public ModelContent content() {
    DataType probability = classes == 2 ? DataType.DOUBLE : DataType.vector(classes);
    ModelContent.Builder content =
        ModelContent.of(TYPE)
            .revision(REVISION)
            .reads(features, DataType.vector(elements.size()))
            .adds(PROBABILITY, probability)
            .adds(PREDICTION, predicted)
            .setting("features", features)
            .setting("predicted", predicted.toString())
            .setting("classes", (long) classes)
            .setting("rows", rows)
            .setting("steps", (long) steps)
            .metric("objective", objective)
            .metric("steepness", steepness)
            .metric("deviance", deviance)
            .metric("nullDeviance", nullDeviance)
            .provenance(provenance)
            .tensor("coefficients", array(coefficients), intercepts.size(), elements.size())
            .doubles("intercepts", array(intercepts))
            .texts("elements", elements)
            .doubles("objectives", array(objectives));
    return inference.addTo(content).build();
  }

  static LogisticRegressionModel of(ModelContent content) {
    boolean isFirst = content.revision() == 0;
    String predicted = content.text("predicted");
    long classes = content.whole("classes");
    double[] coefficients = content.tensor("coefficients");
    double[] intercepts = content.doubles("intercepts");
    try {
      return new LogisticRegressionModel(
          content.text("features"),
          content.texts("elements"),
          predicted.equals(DataType.BOOLEAN.toString()) ? DataType.BOOLEAN : DataType.LONG,
          Math.toIntExact(classes),
          Arrays.stream(coefficients).boxed().toList(),
          Arrays.stream(intercepts).boxed().toList(),
          content.whole("rows"),
          content.metric("objective"),
          content.metric("steepness"),
          Math.toIntExact(content.whole("steps")),
          isFirst ? Double.NaN : content.metric("deviance"),
          isFirst ? Double.NaN : content.metric("nullDeviance"),
          isFirst ? List.of() : Inference.list(content.doubles("objectives")),
          Inference.of(content),
          content.provenance());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new DamagedModelException(TYPE + ": " + e.getMessage());
    }
  }

  /** A table for people: the coefficients of each element, by name, of the first fifty. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "logistic regression of %d classes on '%s': %,d rows, objective %.6f after %d steps%n",
            classes,
            features,
            rows,
            objective,
            steps));
    int margins = intercepts.size();
    int most = Math.min(elements.size(), MOST_SHOWN);
    int width = "intercept".length();
    for (String name : elements.subList(0, most)) {
      width = Math.max(width, Math.min(name.length(), WIDEST_NAME));
    }
    String name = "  %-" + width + "s";
    if (margins > 1) {
      text.append(String.format(Locale.ROOT, name, "class"));
      for (int k = 0; k < margins; k++) {
        text.append(String.format(Locale.ROOT, " %16d", k));
      }
      text.append(String.format("%n"));
    }
    line(text.append(String.format(Locale.ROOT, name, "intercept")), intercepts);
    for (int j = 0; j < most; j++) {
      List<Double> values = new ArrayList<>();
      for (int k = 0; k < margins; k++) {
        values.add(coefficients.get(k * elements.size() + j));
      }
      line(text.append(String.format(Locale.ROOT, name, elements.get(j))), values);
    }
    if (most < elements.size()) {
      text.append(String.format(Locale.ROOT, "  and %,d more%n", elements.size() - most));
    }
    if (!unbounded().isEmpty()) {
      text.append(String.format("  %s%n", RegressionSummary.unbounded(this)));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, List<Double> values) {
    for (double value : values) {
      text.append(String.format(Locale.ROOT, " %16.9g", value));
    }
    text.append(String.format("%n"));
  }
}
