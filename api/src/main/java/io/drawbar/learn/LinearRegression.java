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

/**
 * Ordinary least squares: the coefficients b and the intercept a that minimise the sum over rows of
 * {@code (y - a - b x)^2}, by the normal equations, in one pass over the data.
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
 * @param intercept whether a is fitted, or zero
 */
public record LinearRegression(String features, String label, boolean intercept)
    implements Trainer<LinearRegressionModel> {

  /** With more, what a task sends no longer fits an array of bytes. */
  private static final int MOST_ELEMENTS = 10_000;

  /** Checks the names: neither is blank, and they differ. */
  public LinearRegression {
    if (features.isBlank() || label.isBlank() || features.equals(label)) {
      throw new IllegalArgumentException(
          "features and label are two columns: LinearRegression.on(\"features\")"
              + ".predicting(\"label\"), not on '%s' predicting '%s'".formatted(features, label));
    }
  }

  /** A trainer on a vector column, for a label named {@code label}, with an intercept. */
  public static LinearRegression on(String features) {
    return new LinearRegression(features, "label", true);
  }

  /** The same for a label of another name. */
  public LinearRegression predicting(String label) {
    return new LinearRegression(features, label, intercept);
  }

  /** The same without an intercept: the model is zero where all features are. */
  public LinearRegression withoutIntercept() {
    return new LinearRegression(features, label, false);
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
    new MomentChecks(this, moments).check(elements + (intercept ? 1 : 0));
    GramMatrix matrix = intercept ? GramMatrix.centred(moments) : GramMatrix.raw(moments);
    double[] coefficients = new NormalEquations(matrix, elements, features, intercept).solve();
    double start = intercept ? matrix.intercept(coefficients) : 0.0;
    double squaredError = matrix.squaredError(coefficients);
    double total = matrix.at(elements, elements);
    long freedom = moments.rows() - elements - (intercept ? 1 : 0);
    return new LinearRegressionModel(
        features,
        Arrays.stream(coefficients).boxed().toList(),
        start,
        moments.rows(),
        total == 0 ? Double.NaN : 1 - squaredError / total,
        freedom == 0 ? Double.NaN : Math.sqrt(squaredError / freedom),
        Provenance.of(this, kernel.columns(), found.data()));
  }

  private int check(Schema schema) {
    for (String name : new String[] {features, label}) {
      if (schema.find(name).isEmpty()) {
        try {
          schema.indexOf(name);
        } catch (UnknownColumnException e) {
          String wayOut =
              name.equals(features)
                  ? " Make it before: VectorAssembler.of(columns to learn from).into(\"%s\")."
                      .formatted(features)
                  : "";
          throw new UnknownColumnException(this + ": " + e.getMessage() + wayOut);
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
    return "LinearRegression.on(\"%s\").predicting(\"%s\")%s"
        .formatted(features, label, intercept ? "" : ".withoutIntercept()");
  }
}
