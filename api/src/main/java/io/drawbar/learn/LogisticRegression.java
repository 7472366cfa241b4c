package io.drawbar.learn;

import io.drawbar.Dataset;
import io.drawbar.HeldDataset;
import io.drawbar.Provenance;
import io.drawbar.Trainer;
import io.drawbar.expr.TypeMismatchException;
import java.util.List;

/**
 * The probabilities of two or more classes: for two, {@code p = 1 / (1 + e^-(a + b x))} of class 1;
 * for more, {@code p_k} in proportion to {@code e^(a_k + b_k x)} (softmax). Coefficients and
 * intercepts minimise the mean over rows of {@code -log(p)} of their own class, plus {@code l1 |b|
 * + l2/2 |b|^2}: the objective of J. Friedman, T. Hastie, R. Tibshirani, "Regularization Paths for
 * Generalized Linear Models via Coordinate Descent", 2010 (R's glmnet). Intercepts are not
 * penalised.
 *
 * <pre>{@code
 * LogisticRegressionModel model =
 *     LogisticRegression.on("features").predicting("churned").withL2(0.01).fit(customers);
 * }</pre>
 *
 * <p>The label of two classes is BOOLEAN, or 0 and 1; that of K classes, for {@link #withClasses},
 * is 0 to K - 1. How many there are is said and not guessed, because it decides which columns the
 * model adds. An element that is the same in all rows gets the coefficient 0 beside an intercept;
 * elements that follow from each other share theirs.
 *
 * <p>Classes that are told apart without error are refused where there is no penalty. Where only
 * some rows are, as those of a category in which there is one class, some coefficients have no
 * finite value either: the model then says which ({@link LogisticRegressionModel#unbounded}).
 *
 * <p>The model has the same bits on every engine, at any parallelism and after any retry.
 *
 * @param features the name of a vector column without nulls, NaN or infinities
 * @param label the name of a BOOLEAN, LONG or DOUBLE column of classes
 * @param weight the name of a column of weights, at least 0: a row of weight 2 counts as two; empty
 *     if all count the same
 * @param classes how many classes there are, from 2 to 1,000
 * @param intercept whether intercepts are fitted or zero
 * @param l1 the weight of the coefficients' magnitudes, at least 0
 * @param l2 the weight of half their squares, at least 0
 * @param scale in which unit the coefficients are penalised
 * @param tolerance the largest slope of the objective at the end, along any coefficient of a
 *     feature of standard deviation 1
 * @param mostSteps how many times the rows are looked at, at most
 */
public record LogisticRegression(
    String features,
    String label,
    String weight,
    int classes,
    Intercept intercept,
    double l1,
    double l2,
    PenaltyScale scale,
    double tolerance,
    int mostSteps)
    implements Trainer<LogisticRegressionModel> {
  /** With more coefficients, what a task sends no longer fits an array of bytes. */
  private static final int MOST_COEFFICIENTS = 5_000_000;

  private static final double TOLERANCE = 1e-6;
  private static final int MOST_STEPS = 300;

  /** Checks the names, which differ, and the numbers. */
  public LogisticRegression {
    ClassColumns.check("LogisticRegression", features, label, weight, classes);
    Penalty.check(l1, l2);
    if (!(tolerance > 0 && tolerance < 1) || mostSteps < 1) {
      throw new IllegalArgumentException(
          "a tolerance is between 0 and 1 and there is at least one step, not %s and %s"
              .formatted(tolerance, mostSteps));
    }
  }

  /** A trainer on a vector column, for two classes in {@code label}, without a penalty. */
  public static LogisticRegression on(String features) {
    return new LogisticRegression(
        features,
        "label",
        "",
        2,
        Intercept.FITTED,
        0,
        0,
        PenaltyScale.AS_GIVEN,
        TOLERANCE,
        MOST_STEPS);
  }

  /** The same for a label of another name. */
  public LogisticRegression predicting(String label) {
    return new LogisticRegression(
        features, label, weight, classes, intercept, l1, l2, scale, tolerance, mostSteps);
  }

  /** The same with rows that count as much as a column says. */
  public LogisticRegression weightedBy(String weight) {
    return new LogisticRegression(
        features, label, weight, classes, intercept, l1, l2, scale, tolerance, mostSteps);
  }

  /**
   * The same for so many classes, whose labels are the whole numbers from 0; with more than 2 the
   * model is a softmax, and its probabilities are a vector.
   */
  public LogisticRegression withClasses(int classes) {
    return new LogisticRegression(
        features, label, weight, classes, intercept, l1, l2, scale, tolerance, mostSteps);
  }

  /** The same without intercepts: all classes are equally likely where all features are zero. */
  public LogisticRegression withoutIntercept() {
    return new LogisticRegression(
        features, label, weight, classes, Intercept.ZERO, l1, l2, scale, tolerance, mostSteps);
  }

  /** The same with a penalty on the squares of coefficients, which shrinks them (ridge). */
  public LogisticRegression withL2(double l2) {
    return new LogisticRegression(
        features, label, weight, classes, intercept, l1, l2, scale, tolerance, mostSteps);
  }

  /**
   * The same with a penalty on the magnitudes of coefficients, which makes those zero that help
   * little (R. Tibshirani, "Regression Shrinkage and Selection via the Lasso", 1996).
   */
  public LogisticRegression withL1(double l1) {
    return new LogisticRegression(
        features, label, weight, classes, intercept, l1, l2, scale, tolerance, mostSteps);
  }

  /**
   * The same with both penalties, {@code penalty (mixing |b| + (1 - mixing)/2 |b|^2)}: lambda and
   * alpha of glmnet (H. Zou, T. Hastie, 2005).
   *
   * @param penalty at least 0
   * @param mixing the share of magnitudes, from 0 to 1
   */
  public LogisticRegression withElasticNet(double penalty, double mixing) {
    Penalty.checkMixing(mixing);
    return withL1(penalty * mixing).withL2(penalty * (1 - mixing));
  }

  /** The same with the penalty on features scaled to standard deviation 1. */
  public LogisticRegression standardised() {
    return new LogisticRegression(
        features,
        label,
        weight,
        classes,
        intercept,
        l1,
        l2,
        PenaltyScale.STANDARDISED,
        tolerance,
        mostSteps);
  }

  /** The same that ends at other slopes of the objective: 1e-6 is what there is without this. */
  public LogisticRegression withTolerance(double tolerance) {
    return new LogisticRegression(
        features, label, weight, classes, intercept, l1, l2, scale, tolerance, mostSteps);
  }

  /**
   * The same that looks at the rows no more often than that: 300 is what there is without this. The
   * first look may be for how the loss curves alone, and changes no coefficient.
   */
  public LogisticRegression withMostSteps(int mostSteps) {
    return new LogisticRegression(
        features, label, weight, classes, intercept, l1, l2, scale, tolerance, mostSteps);
  }

  /**
   * Fits, in one pass over the rows that says whether they are usable, some six to ten more as a
   * rule, or thirty of more than 256 coefficients, and one for standard errors where that takes
   * little.
   *
   * @throws io.drawbar.type.UnknownColumnException if one of the columns is not there
   * @throws TypeMismatchException if features are no vector, or of more elements than coefficients
   *     can be, or label or weight are no numbers
   * @throws TooFewRowsException if there are no rows
   * @throws UnusableValueException if a feature is null, NaN or infinite, a label is none of the
   *     classes, a class has no rows, or a weight is negative
   * @throws SeparableClassesException if there is no penalty, and the features tell the classes
   *     apart without error
   */
  @Override
  public LogisticRegressionModel fit(Dataset training) {
    ClassColumns source = new ClassColumns(toString(), features, label, weight, classes);
    int elements = source.elements(training.schema());
    checkSize(elements);
    List<String> columns = source.columns();
    try (HeldDataset rows = training.hold(columns)) {
      ClassMoments moments = rows.reduce(new ClassMomentKernel(columns, classes, elements));
      List<String> names = training.elementNames(features);
      ClassChecks checks = new ClassChecks(source, training, moments.labels);
      checks.check(moments::weight);
      checks.checkSquares(moments);
      LogisticProblem problem = new LogisticProblem(this, moments, columns);
      LogisticStep superstep = problem.superstep();
      Descent end = rows.iterate(superstep, problem.start(superstep.descent()));
      if (end.ending() == Descent.Ending.SEPARATED) {
        throw separable();
      }
      return new LogisticRegressionModel(
          features,
          names,
          source.predicted(training.schema()),
          classes,
          problem.coefficients(end),
          problem.intercepts(end),
          moments.usable(),
          end.value(),
          end.steepness(),
          end.step(),
          problem.deviance(end),
          problem.nullDeviance(),
          end.values(),
          new Information(this, problem.coordinates()).at(end, rows, columns, moments),
          Provenance.of(this, training, columns, rows));
    }
  }

  private SeparableClassesException separable() {
    return new SeparableClassesException(
        ("%s: '%s' tells the classes in '%s' apart without error, so that coefficients grow without"
                + " end. A penalty gives them one: withL2(0.01), say. Or look whether an element of"
                + " the features gives the label away")
            .formatted(this, features, label));
  }

  private void checkSize(int elements) {
    if ((long) elements * (classes == 2 ? 1 : classes) > MOST_COEFFICIENTS) {
      throw new TypeMismatchException(
          "%s: with %s elements of '%s' and %s classes there are more than %s coefficients"
              .formatted(this, elements, features, classes, MOST_COEFFICIENTS));
    }
  }

  /** As it is written in a program. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("LogisticRegression.on(\"");
    text.append(features).append("\").predicting(\"").append(label).append("\")");
    text.append(weight.isEmpty() ? "" : ".weightedBy(\"" + weight + "\")");
    text.append(classes == 2 ? "" : ".withClasses(" + classes + ")");
    text.append(intercept == Intercept.FITTED ? "" : ".withoutIntercept()");
    text.append(l1 == 0 ? "" : ".withL1(" + l1 + ")");
    text.append(l2 == 0 ? "" : ".withL2(" + l2 + ")");
    text.append(scale == PenaltyScale.STANDARDISED ? ".standardised()" : "");
    text.append(tolerance == TOLERANCE ? "" : ".withTolerance(" + tolerance + ")");
    text.append(mostSteps == MOST_STEPS ? "" : ".withMostSteps(" + mostSteps + ")");
    return text.toString();
  }
}
