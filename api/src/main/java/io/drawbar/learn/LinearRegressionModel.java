package io.drawbar.learn;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.ModelContent;
import io.drawbar.Provenance;
import io.drawbar.expr.Expr;
import io.drawbar.expr.Functions;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.math.FisherDistribution;
import io.drawbar.summary.Summary;
import io.drawbar.type.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A fitted plane: the prediction is the dot product of features and coefficients, plus the
 * intercept. Two models are equal if they are to the bit.
 *
 * @param features the name of the vector column
 * @param elements the names of its elements, as {@link Dataset#elementNames} had them at the fit
 * @param coefficients one for each element
 * @param intercept the prediction where all features are zero; 0.0 if none was fitted
 * @param rows how many rows it was fitted to
 * @param rSquared the share of the label's variance that the model explains; without an intercept,
 *     of its sum of squares, as is the custom; NaN if the label has none
 * @param residualStandardError the root of the sum of squared errors over rows less coefficients,
 *     in the label's unit; of a penalty on magnitudes, less those that are not zero; NaN if there
 *     are no more rows than that. Rows count by their weight
 * @param inference how sure the coefficients are
 * @param provenance what it was fitted by, and to
 */
public record LinearRegressionModel(
    String features,
    List<String> elements,
    List<Double> coefficients,
    double intercept,
    long rows,
    double rSquared,
    double residualStandardError,
    Inference inference,
    Provenance provenance)
    implements Model {
  private static final long serialVersionUID = 1;

  /** More elements than this are not printed, but counted. */
  private static final int MOST_SHOWN = 50;

  private static final int WIDEST_NAME = 40;

  static final String TYPE = "linear-regression";

  /** Of revision 1 on, with the inference. */
  static final int REVISION = 1;

  /** The name of the column that {@link #transform} adds. */
  public static final String PREDICTION = "prediction";

  /** Copies the coefficients, at least one, and the names, as many. */
  public LinearRegressionModel {
    coefficients = List.copyOf(coefficients);
    elements = List.copyOf(elements);
    if (coefficients.isEmpty() || elements.size() != coefficients.size()) {
      throw new IllegalArgumentException(
          "a model needs at least one coefficient, and a name for each; here are %s and %s"
              .formatted(coefficients.size(), elements.size()));
    }
    inference.check(elements.size(), 1);
  }

  /** A model that does not know how sure its coefficients are. */
  public LinearRegressionModel(
      String features,
      List<String> elements,
      List<Double> coefficients,
      double intercept,
      long rows,
      double rSquared,
      double residualStandardError,
      Provenance provenance) {
    this(
        features,
        elements,
        coefficients,
        intercept,
        rows,
        rSquared,
        residualStandardError,
        Inference.unknown(),
        provenance);
  }

  /**
   * A t test of each coefficient, the intercept first, if it was fitted; none where standard errors
   * are not known ({@link Inference#standing} says why).
   */
  public List<CoefficientTest> tests() {
    if (inference.standing() != Inference.Standing.KNOWN) {
      return List.of();
    }
    return CoefficientTests.of(inference)
        .ofMargin(elements, coefficients, List.of(intercept), inference, 0);
  }

  /**
   * F: the variance that the model explains, by coefficient, over that of the errors; NaN where
   * standard errors are not known.
   */
  public double statistic() {
    return inference.standing() == Inference.Standing.KNOWN
        ? rSquared / elements.size() / ((1 - rSquared) / inference.freedom())
        : Double.NaN;
  }

  /** How likely so large an F would be if all coefficients but the intercept were zero. */
  public double probability() {
    double statistic = statistic();
    return statistic != statistic
        ? Double.NaN
        : FisherDistribution.above(statistic, elements.size(), inference.freedom());
  }

  /** What the fit is worth, a table of coefficients with their tests, and a plot of them. */
  @Override
  public Summary summary() {
    return RegressionSummary.of(this);
  }

  private double[] weights() {
    return coefficients.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private Expr prediction() {
    return Functions.dot(Functions.col(features), weights()).plus(intercept);
  }

  @Override
  public ModelContent content() {
    ModelContent.Builder content =
        ModelContent.of(TYPE)
            .revision(REVISION)
            .reads(features, DataType.vector(coefficients.size()))
            .adds(PREDICTION, DataType.DOUBLE)
            .setting("features", features)
            .setting("rows", rows)
            .metric("rSquared", rSquared)
            .metric("residualStandardError", residualStandardError)
            .provenance(provenance)
            .doubles("coefficients", weights())
            .number("intercept", intercept)
            .texts("elements", elements);
    return inference.addTo(content).build();
  }

  static LinearRegressionModel of(ModelContent content) {
    return new LinearRegressionModel(
        content.text("features"),
        content.texts("elements"),
        Arrays.stream(content.doubles("coefficients")).boxed().toList(),
        content.number("intercept"),
        content.whole("rows"),
        content.metric("rSquared"),
        content.metric("residualStandardError"),
        Inference.of(content),
        content.provenance());
  }

  /**
   * The dataset with a DOUBLE column {@value #PREDICTION}, in place of one of that name; null where
   * the features are.
   *
   * @throws io.drawbar.type.UnknownColumnException if there is no column of the features' name
   * @throws TypeMismatchException if it is not a vector of as many elements as coefficients
   */
  @Override
  public Dataset transform(Dataset input) {
    DataType found =
        input.schema().field(features, "linear regression on '" + features + "'").type();
    DataType wanted = DataType.vector(coefficients.size());
    if (!found.equals(wanted)) {
      throw new TypeMismatchException(
          ("this model was fitted to '%s' as %s, but here it is %s; assemble the same columns in"
                  + " the same order")
              .formatted(features, wanted, found));
    }
    return input.withColumn(PREDICTION, prediction());
  }

  /** A table for people: the coefficient of each element, by name, of the first fifty. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "linear regression on '%s': %,d rows, R² %.6f, residual standard error %.6g%n",
            features,
            rows,
            rSquared,
            residualStandardError));
    int most = Math.min(elements.size(), MOST_SHOWN);
    int width = "intercept".length();
    for (String name : elements.subList(0, most)) {
      width = Math.max(width, Math.min(name.length(), WIDEST_NAME));
    }
    String line = "  %-" + width + "s %16.9g%n";
    text.append(String.format(Locale.ROOT, line, "intercept", intercept));
    for (int i = 0; i < most; i++) {
      text.append(String.format(Locale.ROOT, line, elements.get(i), coefficients.get(i)));
    }
    if (most < elements.size()) {
      text.append(String.format(Locale.ROOT, "  and %,d more%n", elements.size() - most));
    }
    return text.toString();
  }
}
