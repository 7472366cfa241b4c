package io.drawbar.learn;

import io.drawbar.Dataset;
import io.drawbar.Provenance;
import io.drawbar.Trainer;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.iterate.Fingerprinted;
import io.drawbar.iterate.FingerprintedKernel;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import io.drawbar.type.UnknownColumnException;
import io.drawbar.type.VectorType;
import java.util.Arrays;
import java.util.List;

/**
 * Least squares: the coefficients b and the intercept a that minimise {@code 1/(2n) sum (y - a - b
 * x)^2 + l2/2 sum b_j^2} over n rows, by the normal equations, in one pass over the data. Without a
 * penalty ({@link #withL2}) these are ordinary least squares, with one it is ridge regression (A.
 * E. Hoerl, R. W. Kennard, "Ridge Regression", 1970); the intercept is not penalised.
 *
 * <pre>{@code
 * LinearRegressionModel model =
 *     LinearRegression.on("features").predicting("income").fit(customers);
 * }</pre>
 *
 * <p>The model has the same bits on every engine, at any parallelism and after any retry. The
 * package page says how, and how many digits are right.
 *
 * @param features the name of a vector column without nulls, NaN or infinities
 * @param label the name of a LONG, DOUBLE or BOOLEAN column without those
 * @param intercept whether a is fitted or zero
 * @param l2 the weight of the penalty, at least 0
 * @param scale in which unit the coefficients are penalised
 */
public record LinearRegression(
    String features, String label, Intercept intercept, double l2, PenaltyScale scale)
    implements Trainer<LinearRegressionModel> {

  /** With more, what a task sends no longer fits an array of bytes. */
  private static final int MOST_ELEMENTS = 10_000;

  /** Checks the names (neither is blank, and they differ) and the penalty. */
  public LinearRegression {
    if (features.isBlank() || label.isBlank() || features.equals(label)) {
      throw new IllegalArgumentException(
          "features and label are two columns: LinearRegression.on(\"features\")"
              + ".predicting(\"label\"), not on '%s' predicting '%s'".formatted(features, label));
    }
    if (!(l2 >= 0) || Double.isInfinite(l2)) {
      throw new IllegalArgumentException("a penalty is 0 or more: withL2(0.01), not " + l2);
    }
  }

  /** A trainer on a vector column, for a label named {@code label}, with an intercept. */
  public static LinearRegression on(String features) {
    return new LinearRegression(features, "label", Intercept.FITTED, 0, PenaltyScale.AS_GIVEN);
  }

  /** The same for a label of another name. */
  public LinearRegression predicting(String label) {
    return new LinearRegression(features, label, intercept, l2, scale);
  }

  /** The same without an intercept: the model is zero where all features are. */
  public LinearRegression withoutIntercept() {
    return new LinearRegression(features, label, Intercept.ZERO, l2, scale);
  }

  /**
   * The same with a penalty on the coefficients, which shrinks them and lets elements follow from
   * each other.
   *
   * @param l2 its weight beside the mean squared error, at least 0
   */
  public LinearRegression withL2(double l2) {
    return new LinearRegression(features, label, intercept, l2, scale);
  }

  /** The same with the penalty on features scaled to standard deviation 1. */
  public LinearRegression standardised() {
    return new LinearRegression(features, label, intercept, l2, PenaltyScale.STANDARDISED);
  }

  /**
   * Fits in one pass.
   *
   * @throws UnknownColumnException if one of the columns is not there
   * @throws TypeMismatchException if features are no vector, or one of more than 10,000 elements,
   *     or the label is no number
   * @throws TooFewRowsException if there are no rows, or fewer than coefficients
   * @throws UnusableValueException if a value is null, NaN, infinite, or too large or small to
   *     square
   * @throws SingularMatrixException if an element of the features is constant or follows from
   *     others
   */
  @Override
  public LinearRegressionModel fit(Dataset training) {
    int elements = check(training.schema());
    MomentKernel kernel = new MomentKernel(features, label, elements);
    Fingerprinted<Moments> found = training.reduce(new FingerprintedKernel<>(kernel));
    Moments moments = found.partial();
    List<String> names = training.elementNames(features);
    boolean centred = intercept == Intercept.FITTED;
    int fitted = centred ? 1 : 0;
    // A penalty determines what rows do not.
    new MomentChecks(new TrainingColumns(toString(), features, names, List.of(label)), moments)
        .check(
            l2 > 0 ? 1 : elements + fitted,
            elements + fitted + " coefficients" + (centred ? " (with the intercept)" : ""));
    GramMatrix matrix = centred ? GramMatrix.centred(moments) : GramMatrix.raw(moments);
    GramMatrix penalised = l2 == 0 ? matrix : matrix.penalised(l2, scale);
    double[] coefficients = new NormalEquations(penalised, this, names).solve();
    double start = centred ? matrix.intercept(coefficients) : 0.0;
    double squaredError = matrix.squaredError(coefficients);
    double total = matrix.at(elements, elements);
    long freedom = moments.rows() - elements - fitted;
    return new LinearRegressionModel(
        features,
        names,
        Arrays.stream(coefficients).boxed().toList(),
        start,
        moments.rows(),
        total == 0 ? Double.NaN : 1 - squaredError / total,
        freedom <= 0 ? Double.NaN : Math.sqrt(squaredError / freedom),
        Provenance.of(this, training, kernel.columns(), found.data()));
  }

  private int check(Schema schema) {
    for (String name : new String[] {features, label}) {
      if (schema.find(name).isEmpty()) {
        try {
          schema.field(name, this);
        } catch (UnknownColumnException e) {
          if (!name.equals(features)) {
            throw e;
          }
          throw new UnknownColumnException(
              "%s Make it before: VectorAssembler.of(columns to learn from).into(\"%s\")."
                  .formatted(e.getMessage(), features));
        }
      }
    }
    DataType type = schema.field(features).type();
    if (!(type instanceof VectorType vector)) {
      throw new TypeMismatchException(
          ("%s: column '%s' is %s, but features are one vector column; make it before:"
                  + " VectorAssembler.of(\"%s\").into(\"features\"), with all the columns to learn"
                  + " from")
              .formatted(this, features, type, features));
    }
    DataType labelType = schema.field(label).type();
    if (!labelType.isNumeric() && labelType != DataType.BOOLEAN) {
      throw new TypeMismatchException(
          ("%s: column '%s' is %s, but a label is LONG, DOUBLE or BOOLEAN; if it holds numbers,"
                  + " make it one before: withColumn(\"%s\", col(\"%s\").cast(DataType.DOUBLE))")
              .formatted(this, label, labelType, label, label));
    }
    if (vector.size() > MOST_ELEMENTS) {
      throw new TypeMismatchException(
          "%s: column '%s' is %s; normal equations are for %s elements at most"
              .formatted(this, features, type, MOST_ELEMENTS));
    }
    return vector.size();
  }

  /** As it is written in a program. */
  @Override
  public String toString() {
    return "LinearRegression.on(\"%s\").predicting(\"%s\")%s%s%s"
        .formatted(
            features,
            label,
            intercept == Intercept.FITTED ? "" : ".withoutIntercept()",
            l2 == 0 ? "" : ".withL2(" + l2 + ")",
            scale == PenaltyScale.STANDARDISED ? ".standardised()" : "");
  }
}
