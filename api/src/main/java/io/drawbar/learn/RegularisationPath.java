package io.drawbar.learn;

import io.drawbar.Dataset;
import io.drawbar.Trainer;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.VectorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A linear regression at one penalty after the other, from one pass over the data: which elements
 * help first, and how much is gained by each.
 *
 * <pre>{@code
 * RegularisationPathModel path =
 *     LinearRegression.on("features").predicting("quality").standardised().path(100).fit(wines);
 * System.out.println(path);                        // a table of penalties
 * LinearRegressionModel chosen = path.model(30);   // what a fit at that penalty gives, to the bit
 * }</pre>
 *
 * <p>Penalties are lambda, and the share of magnitudes in them alpha, of J. Friedman, T. Hastie, R.
 * Tibshirani, "Regularization Paths for Generalized Linear Models via Coordinate Descent", 2010
 * (R's glmnet): {@code penalty (mixing |b| + (1 - mixing)/2 |b|^2)}. Without {@link #withPenalties}
 * the first is the least with which all coefficients are zero (with a share of magnitudes below
 * 0.001, as if it were that, as glmnet has it), and the last is {@code ratio} times that.
 *
 * @param regression the columns, intercept and scale; it has no penalty of its own
 * @param mixing the share of magnitudes, from 0 (ridge) to 1 (lasso)
 * @param values how many penalties there are
 * @param ratio the last penalty over the first, from 1e-15 to less than 1
 * @param penalties the penalties, from the greatest to the least; empty if they follow from the
 *     data
 */
public record RegularisationPath(
    LinearRegression regression, double mixing, int values, double ratio, List<Double> penalties)
    implements Trainer<RegularisationPathModel> {
  /** What {@code ratio} is if nothing is said. */
  static final double RATIO = 1e-3;

  /**
   * The least that {@code ratio} may be: beside the first penalty, less is lost in the rounding of
   * doubles, and far less is no double any more.
   */
  static final double LEAST_RATIO = 1e-15;

  /** What glmnet takes for the share of magnitudes where it is less, to find the first penalty. */
  private static final double LEAST_MIXING = 1e-3;

  /** The coefficients of all models fit into memory, and into a file. */
  private static final int MOST_COEFFICIENTS = 10_000_000;

  private static final int MOST_VALUES = 10_000;

  /** Checks the numbers. */
  public RegularisationPath {
    penalties = List.copyOf(penalties);
    if (regression.l1() + regression.l2() > 0) {
      throw new IllegalArgumentException(
          "a path has penalties of its own, %s has one; for a share of squares in each say"
                  .formatted(regression)
              + " path(100).withMixing(0.5)");
    }
    Penalty.checkMixing(mixing);
    int least = penalties.isEmpty() ? 2 : 1;
    if (values < least || values > MOST_VALUES) {
      throw new IllegalArgumentException(
          "a path has 2 to %s penalties, not %s".formatted(MOST_VALUES, values));
    }
    if (!(ratio >= LEAST_RATIO && ratio < 1)) {
      throw new IllegalArgumentException(
          "the last penalty of a path is a share of the first, %s or more and less than 1:"
                  .formatted(LEAST_RATIO)
              + " downTo(0.001), not "
              + ratio);
    }
    for (int i = 0; i < penalties.size(); i++) {
      double penalty = penalties.get(i);
      boolean descends = i == 0 || penalty < penalties.get(i - 1);
      if (!(penalty > 0 && penalty <= Double.MAX_VALUE && descends)) {
        throw new IllegalArgumentException(
            "penalties are more than 0, and each is there once, but here is %s among %s"
                .formatted(penalty, penalties));
      }
    }
    if (!penalties.isEmpty() && values != penalties.size()) {
      throw new IllegalArgumentException(
          "%s penalties are named, not %s".formatted(penalties.size(), values));
    }
  }

  /**
   * The same with squares in the penalties, too: an elastic net, or, with none but them, ridge
   * regression.
   *
   * @param mixing the share of magnitudes, from 0 to 1
   */
  public RegularisationPath withMixing(double mixing) {
    return new RegularisationPath(regression, mixing, values, ratio, penalties);
  }

  /**
   * The same with another last penalty, as a share of the first: 0.001 is what there is else.
   *
   * @param ratio from 1e-15 to less than 1
   */
  public RegularisationPath downTo(double ratio) {
    return new RegularisationPath(regression, mixing, values, ratio, penalties);
  }

  /** The same with these penalties, each more than 0. */
  public RegularisationPath withPenalties(double... penalties) {
    List<Double> descending =
        Arrays.stream(penalties).boxed().sorted(Comparator.reverseOrder()).toList();
    if (descending.isEmpty()) {
      throw new IllegalArgumentException("a path has at least one penalty, and none is named");
    }
    return new RegularisationPath(regression, mixing, descending.size(), ratio, descending);
  }

  /**
   * Fits in one pass.
   *
   * @throws io.drawbar.error.DrawbarException as {@link LinearRegression#fit} with a penalty
   * @throws UnusableValueException if all coefficients are zero at any penalty, as with a constant
   *     label, and no penalties are named
   */
  @Override
  public RegularisationPathModel fit(Dataset training) {
    regression.check(training.schema(), this);
    VectorType features = (VectorType) training.schema().field(regression.features()).type();
    if ((long) features.size() * values > MOST_COEFFICIENTS) {
      throw new TypeMismatchException(
          "%s: with %s elements of '%s' and %s penalties there are more than %s coefficients"
              .formatted(this, features.size(), regression.features(), values, MOST_COEFFICIENTS));
    }
    LeastSquares found = LeastSquares.of(this, training);
    List<Double> along = penalties.isEmpty() ? descending(found.largestPenalty()) : penalties;
    List<LeastSquares.Fit> fits = new ArrayList<>();
    for (double penalty : along) {
      fits.add(found.fit(regression.withElasticNet(penalty, mixing)));
    }
    return new RegularisationPathModel(
        regression.features(),
        regression.label(),
        regression.weight(),
        regression.intercept(),
        regression.scale(),
        mixing,
        found.names(),
        along,
        fits.stream().map(fit -> Arrays.stream(fit.coefficients()).boxed().toList()).toList(),
        fits.stream().map(LeastSquares.Fit::intercept).toList(),
        fits.stream().map(LeastSquares.Fit::rSquared).toList(),
        fits.stream().map(LeastSquares.Fit::standardError).toList(),
        fits.get(0).inference().deviations(),
        found.provenance(this));
  }

  private List<Double> descending(double largest) {
    if (largest == 0) {
      throw new UnusableValueException(
          ("%s: no element of '%s' goes along with '%s', so that all coefficients are zero at any"
                  + " penalty; look whether the label is constant, or name penalties:"
                  + " withPenalties(0.1)")
              .formatted(this, regression.features(), regression.label()));
    }
    double first = largest / Math.max(mixing, LEAST_MIXING);
    List<Double> descending = new ArrayList<>();
    for (int i = 0; i < values; i++) {
      double penalty = first * StrictMath.pow(ratio, i / (values - 1.0));
      // Of labels next to nothing, the first may be the least double there is.
      descending.add(Math.max(penalty, Double.MIN_VALUE));
    }
    return descending;
  }

  /** As it is written in a program. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(regression + ".path(" + values + ")");
    text.append(mixing == 1 ? "" : ".withMixing(" + mixing + ")");
    text.append(ratio == RATIO ? "" : ".downTo(" + ratio + ")");
    if (!penalties.isEmpty()) {
      String listed = penalties.toString();
      text.append(".withPenalties(").append(listed, 1, listed.length() - 1).append(")");
    }
    return text.toString();
  }
}
