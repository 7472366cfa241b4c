package io.drawbar.learn;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.ModelContent;
import io.drawbar.Provenance;
import io.drawbar.expr.Expr;
import io.drawbar.expr.Functions;
import io.drawbar.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Linear models of the same rows, one for each penalty; two are equal if they are to the bit.
 * {@link #model} gives one of them; as a transform this adds the predictions of all.
 *
 * @param features the name of the vector column
 * @param label the name of what was predicted
 * @param weight the name of the column of weights; empty if all rows counted the same
 * @param intercept whether intercepts were fitted
 * @param scale in which unit coefficients were penalised
 * @param mixing the share of magnitudes in the penalties
 * @param elements the names of the features' elements, as {@link Dataset#elementNames} had them at
 *     the fit
 * @param penalties from the greatest to the least
 * @param coefficients for each penalty, one for each element
 * @param intercepts for each penalty; 0.0 if none was fitted
 * @param rSquared for each penalty the share of the label's variance that is explained, which
 *     glmnet calls dev.ratio; NaN if it has none
 * @param residualStandardErrors for each penalty, as that of a {@link LinearRegressionModel}
 * @param deviations the standard deviation of each element of the features, as that of an {@link
 *     Inference}; none if the model does not know
 * @param provenance what it was fitted by, and to
 */
public record RegularisationPathModel(
    String features,
    String label,
    String weight,
    Intercept intercept,
    PenaltyScale scale,
    double mixing,
    List<String> elements,
    List<Double> penalties,
    List<List<Double>> coefficients,
    List<Double> intercepts,
    List<Double> rSquared,
    List<Double> residualStandardErrors,
    List<Double> deviations,
    Provenance provenance)
    implements Model {
  private static final long serialVersionUID = 1;

  static final String TYPE = "regularisation-path";

  /** The name of the vector column that {@link #transform} adds. */
  public static final String PREDICTIONS = "predictions";

  /** More penalties than this are not printed, but counted. */
  private static final int MOST_SHOWN = 100;

  /** More elements that come or go at a penalty are counted. */
  private static final int MOST_NAMED = 3;

  private static final int WIDEST_NAME = 40;

  /**
   * Copies; there is at least one penalty and element, and as much of all as there must be. Numbers
   * of the models are finite, and penalties such as a {@link RegularisationPath} has.
   */
  public RegularisationPathModel {
    elements = List.copyOf(elements);
    penalties = List.copyOf(penalties);
    coefficients = coefficients.stream().map(List::copyOf).toList();
    intercepts = List.copyOf(intercepts);
    rSquared = List.copyOf(rSquared);
    residualStandardErrors = List.copyOf(residualStandardErrors);
    deviations = List.copyOf(deviations);
    int size = penalties.size();
    int width = elements.size();
    boolean isWhole = size > 0 && width > 0 && coefficients.size() == size;
    isWhole &= coefficients.stream().allMatch(some -> some.size() == width);
    isWhole &= deviations.isEmpty() || deviations.size() == width;
    isWhole &= intercepts.size() == size && rSquared.size() == size;
    if (!isWhole || residualStandardErrors.size() != size) {
      throw new IllegalArgumentException(
          "%s penalties, %s elements, %s lists of coefficients and %s intercepts are no path"
              .formatted(size, width, coefficients.size(), intercepts.size()));
    }
    Penalty.checkMixing(mixing);
    checkPenalties(penalties);
    boolean isFinite = intercepts.stream().allMatch(Double::isFinite);
    if (!isFinite || !coefficients.stream().flatMap(List::stream).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "a coefficient or an intercept of a path on '%s' is not finite".formatted(features));
    }
  }

  private static void checkPenalties(List<Double> penalties) {
    double before = Double.MAX_VALUE;
    for (double penalty : penalties) {
      if (!(penalty > 0 && penalty <= before)) {
        throw new IllegalArgumentException(
            "penalties are more than 0 and go from the greatest to the least, but here is %s after %s"
                .formatted(penalty, before));
      }
      before = penalty;
    }
  }

  /** How many penalties there are. */
  public int size() {
    return penalties.size();
  }

  /** How many coefficients are not zero at a penalty. */
  public int nonZero(int index) {
    return (int) coefficients.get(index).stream().filter(b -> b != 0).count();
  }

  /**
   * The trainer that fits one of the models by itself; {@code GridSearch.over} compares those of
   * all.
   *
   * @param index of the penalty, from 0
   */
  public LinearRegression trainer(int index) {
    return new LinearRegression(features, label, weight, intercept, 0, 0, scale)
        .withElasticNet(penalties.get(index), mixing);
  }

  /** The trainers of all models, in order. */
  public List<LinearRegression> trainers() {
    List<LinearRegression> trainers = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      trainers.add(trainer(i));
    }
    return trainers;
  }

  /**
   * One of the models, as {@link #trainer} fits it.
   *
   * @param index of the penalty, from 0
   */
  public LinearRegressionModel model(int index) {
    return new LinearRegressionModel(
        features,
        elements,
        coefficients.get(index),
        intercepts.get(index),
        provenance.rows(),
        rSquared.get(index),
        residualStandardErrors.get(index),
        Inference.without(Inference.Standing.PENALISED, array(deviations)),
        provenance.by(trainer(index)));
  }

  /**
   * The dataset with a vector column {@value #PREDICTIONS}, one element for each penalty, in place
   * of one of that name; null where the features are.
   *
   * @throws io.drawbar.type.UnknownColumnException if there is no column of the features' name
   * @throws io.drawbar.expr.TypeMismatchException if it is not a vector of as many elements
   */
  @Override
  public Dataset transform(Dataset input) {
    TrainingColumns.checkScored(
        input.schema(), features, elements.size(), "regularisation path on '" + features + "'");
    Expr[] predictions = new Expr[size()];
    double[][] weights = Matrices.arrays(coefficients);
    for (int i = 0; i < predictions.length; i++) {
      predictions[i] = Functions.dot(Functions.col(features), weights[i]).plus(intercepts.get(i));
    }
    return input.withColumn(PREDICTIONS, Functions.vector(predictions));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Override
  public ModelContent content() {
    return ModelContent.of(TYPE)
        .reads(features, DataType.vector(elements.size()))
        .adds(PREDICTIONS, DataType.vector(size()))
        .setting("features", features)
        .setting("label", label)
        .setting("weight", weight)
        .setting("intercept", intercept)
        .setting("scale", scale)
        .provenance(provenance)
        .number("mixing", mixing)
        .doubles("penalties", array(penalties))
        .tensor("coefficients", Matrices.flat(coefficients), size(), elements.size())
        .doubles("intercepts", array(intercepts))
        .doubles("rSquared", array(rSquared))
        .doubles("residualStandardErrors", array(residualStandardErrors))
        .doubles("deviations", array(deviations))
        .texts("elements", elements)
        .build();
  }

  static RegularisationPathModel of(ModelContent content) {
    return new RegularisationPathModel(
        content.text("features"),
        content.text("label"),
        content.text("weight"),
        content.choice("intercept", Intercept.class),
        content.choice("scale", PenaltyScale.class),
        content.number("mixing"),
        content.texts("elements"),
        list(content, "penalties"),
        Matrices.rows(content, "coefficients"),
        list(content, "intercepts"),
        list(content, "rSquared"),
        list(content, "residualStandardErrors"),
        list(content, "deviations"),
        content.provenance());
  }

  private static List<Double> list(ModelContent content, String part) {
    return Arrays.stream(content.doubles(part)).boxed().toList();
  }

  /** A table for people: of each penalty, what it explains, and which elements come and go. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s path on '%s': %,d rows, %,d penalties%s%n",
            mixing == 1 ? "lasso" : mixing == 0 ? "ridge" : "elastic net (" + mixing + ")",
            features,
            provenance.rows(),
            size(),
            scale == PenaltyScale.STANDARDISED ? " on standardised features" : ""));
    text.append(String.format("%6s %12s %9s %9s%n", "", "penalty", "not zero", "R²"));
    List<Double> before = elements.stream().map(name -> 0.0).toList();
    for (int i = 0; i < Math.min(size(), MOST_SHOWN); i++) {
      text.append(
          String.format(
                  Locale.ROOT,
                  "%6d %12.6g %9d %9.6f  %s",
                  i,
                  penalties.get(i),
                  nonZero(i),
                  rSquared.get(i),
                  changes(before, coefficients.get(i)))
              .stripTrailing());
      text.append(String.format("%n"));
      before = coefficients.get(i);
    }
    if (size() > MOST_SHOWN) {
      text.append(String.format(Locale.ROOT, "  and %,d more%n", size() - MOST_SHOWN));
    }
    return text.toString();
  }

  private String changes(List<Double> before, List<Double> now) {
    List<String> changes = new ArrayList<>();
    for (int j = 0; j < elements.size(); j++) {
      boolean wasThere = before.get(j) != 0;
      if (wasThere != (now.get(j) != 0)) {
        String name = elements.get(j);
        String shown = name.length() > WIDEST_NAME ? name.substring(0, WIDEST_NAME) + "…" : name;
        changes.add((wasThere ? "-" : "+") + shown);
      }
    }
    int more = changes.size() - MOST_NAMED;
    String listed = String.join(" ", changes.subList(0, Math.min(changes.size(), MOST_NAMED)));
    return more > 0 ? listed + " and " + more + " more" : listed;
  }
}
