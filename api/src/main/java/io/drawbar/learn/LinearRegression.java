package io.drawbar.learn;

import io.drawbar.Dataset;
import io.drawbar.Trainer;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import io.drawbar.type.UnknownColumnException;
import java.util.List;

/**
 * Least squares: the coefficients b and the intercept a that minimise {@code 1/(2n) sum (y - a - b
 * x)^2 + l1 sum |b_j| + l2/2 sum b_j^2} over n rows, by the normal equations, in one pass over the
 * data. Without a penalty these are ordinary least squares; with squares ({@link #withL2}) it is
 * ridge regression (A. E. Hoerl, R. W. Kennard, "Ridge Regression", 1970), with magnitudes ({@link
 * #withL1}) the lasso (R. Tibshirani, "Regression Shrinkage and Selection via the Lasso", 1996),
 * which makes coefficients zero, and with both the elastic net (H. Zou, T. Hastie, 2005). The
 * intercept is not penalised.
 *
 * <pre>{@code
 * LinearRegressionModel model =
 *     LinearRegression.on("features").predicting("income").fit(customers);
 * }</pre>
 *
 * <p>With a penalty, an element that is the same in all rows gets the coefficient 0, and elements
 * may follow from each other. Of duplicates the lasso takes the first; squares have them share.
 * {@link #path} fits many penalties in the same one pass.
 *
 * <p>The model has the same bits on every engine, at any parallelism and after any retry. The
 * package page says how, and how many digits are right.
 *
 * @param features the name of a vector column without nulls, NaN or infinities
 * @param label the name of a LONG, DOUBLE or BOOLEAN column without those
 * @param weight the name of a LONG or DOUBLE column of weights, at least 0: a row of weight 2
 *     counts as two; empty if all count the same
 * @param intercept whether a is fitted or zero
 * @param l1 the weight of the coefficients' magnitudes, at least 0
 * @param l2 the weight of half their squares, at least 0
 * @param scale in which unit the coefficients are penalised
 */
public record LinearRegression(
    String features,
    String label,
    String weight,
    Intercept intercept,
    double l1,
    double l2,
    PenaltyScale scale)
    implements Trainer<LinearRegressionModel> {

  /** With more, what a task sends no longer fits an array of bytes. */
  static final int MOST_ELEMENTS = 10_000;

  /** Checks the names, which differ, and the penalties. */
  public LinearRegression {
    boolean sameName = features.equals(label) || features.equals(weight) || label.equals(weight);
    if (features.isBlank() || label.isBlank() || sameName) {
      throw new IllegalArgumentException(
          ("features, label and weight are columns of their own:"
                  + " LinearRegression.on(\"features\").predicting(\"label\"), not on '%s'"
                  + " predicting '%s'%s")
              .formatted(features, label, weight.isEmpty() ? "" : " weighted by '" + weight + "'"));
    }
    Penalty.check(l1, l2);
  }

  /** A trainer on a vector column, for a label named {@code label}, with an intercept. */
  public static LinearRegression on(String features) {
    return new LinearRegression(
        features, "label", "", Intercept.FITTED, 0, 0, PenaltyScale.AS_GIVEN);
  }

  /** The same for a label of another name. */
  public LinearRegression predicting(String label) {
    return new LinearRegression(features, label, weight, intercept, l1, l2, scale);
  }

  /** The same with rows that count as much as a column says. */
  public LinearRegression weightedBy(String weight) {
    return new LinearRegression(features, label, weight, intercept, l1, l2, scale);
  }

  /** The same without an intercept: the model is zero where all features are. */
  public LinearRegression withoutIntercept() {
    return new LinearRegression(features, label, weight, Intercept.ZERO, l1, l2, scale);
  }

  /**
   * The same with a penalty on the squares of coefficients, which shrinks them (ridge).
   *
   * @param l2 its weight beside half the mean squared error, at least 0
   */
  public LinearRegression withL2(double l2) {
    return new LinearRegression(features, label, weight, intercept, l1, l2, scale);
  }

  /**
   * The same with a penalty on the magnitudes of coefficients, which makes those zero that help
   * little (lasso).
   *
   * @param l1 its weight beside half the mean squared error, at least 0
   */
  public LinearRegression withL1(double l1) {
    return new LinearRegression(features, label, weight, intercept, l1, l2, scale);
  }

  /**
   * The same with both penalties, {@code penalty (mixing |b| + (1 - mixing)/2 |b|^2)}: lambda and
   * alpha of glmnet.
   *
   * @param penalty at least 0
   * @param mixing the share of magnitudes, from 0 to 1
   */
  public LinearRegression withElasticNet(double penalty, double mixing) {
    Penalty.checkMixing(mixing);
    return withL1(penalty * mixing).withL2(penalty * (1 - mixing));
  }

  /** The same with the penalty on features scaled to standard deviation 1. */
  public LinearRegression standardised() {
    return new LinearRegression(
        features, label, weight, intercept, l1, l2, PenaltyScale.STANDARDISED);
  }

  /**
   * The trainer of the models of many penalties, in one pass: from the least with which all
   * coefficients are zero down to a thousandth of it, each the same share of the one before.
   *
   * @param values how many, at least 2
   * @throws IllegalArgumentException if this has a penalty of its own
   */
  public RegularisationPath path(int values) {
    return new RegularisationPath(this, 1, values, RegularisationPath.RATIO, List.of());
  }

  /**
   * Fits in one pass.
   *
   * @throws UnknownColumnException if one of the columns is not there
   * @throws TypeMismatchException if features are no vector, or one of more than 10,000 elements,
   *     or the label is no number
   * @throws TooFewRowsException if there are no rows, or, without a penalty, fewer than
   *     coefficients
   * @throws UnusableValueException if a value is null, NaN, infinite, or too large or small to
   *     square, or a weight is negative
   * @throws SingularMatrixException if there is no penalty, and an element of the features is
   *     constant or follows from others
   * @throws TrainingInterruptedException if the thread is interrupted after the pass
   */
  @Override
  public LinearRegressionModel fit(Dataset training) {
    check(training.schema(), this);
    return LeastSquares.of(this, training).model(this);
  }

  /**
   * Looks whether the columns can be learned from.
   *
   * @param trainer this or what it is a part of, for errors
   */
  void check(Schema schema, Object trainer) {
    int elements = TrainingColumns.elements(schema, features, trainer);
    DataType labelType = schema.field(label, trainer).type();
    if (!labelType.isNumeric() && labelType != DataType.BOOLEAN) {
      throw new TypeMismatchException(
          ("%s: column '%s' is %s, but a label is LONG, DOUBLE or BOOLEAN; if it holds numbers,"
                  + " make it one before: withColumn(\"%s\", col(\"%s\").cast(DataType.DOUBLE))")
              .formatted(trainer, label, labelType, label, label));
    }
    if (!weight.isEmpty() && !schema.field(weight, trainer).type().isNumeric()) {
      throw new TypeMismatchException(
          "%s: column '%s' is %s, but a weight is LONG or DOUBLE"
              .formatted(trainer, weight, schema.field(weight).type()));
    }
    if (elements > MOST_ELEMENTS) {
      throw new TypeMismatchException(
          "%s: column '%s' is %s; normal equations are for %s elements at most"
              .formatted(trainer, features, schema.field(features).type(), MOST_ELEMENTS));
    }
  }

  /** As it is written in a program. */
  @Override
  public String toString() {
    return "LinearRegression.on(\"%s\").predicting(\"%s\")%s%s%s%s%s"
        .formatted(
            features,
            label,
            weight.isEmpty() ? "" : ".weightedBy(\"" + weight + "\")",
            intercept == Intercept.FITTED ? "" : ".withoutIntercept()",
            l1 == 0 ? "" : ".withL1(" + l1 + ")",
            l2 == 0 ? "" : ".withL2(" + l2 + ")",
            scale == PenaltyScale.STANDARDISED ? ".standardised()" : "");
  }
}
