package io.drawbar.learn;

import io.drawbar.summary.Summary;
import java.util.ArrayList;
import java.util.List;

/** What is said of regressions. */
final class RegressionSummary {
  /** A longer table is read by nobody. */
  private static final int MOST_LINES = 200;

  /** Of more classes, the first are shown. */
  private static final int MOST_CLASSES = 10;

  /** Of more elements of which the same is said, the first are named. */
  private static final int MOST_NAMES = 10;

  private static final int PROBABILITY_DIGITS = 3;
  private static final double LEAST = 1e-300;
  private static final int STATISTIC_DIGITS = 4;

  private RegressionSummary() {}

  static Summary of(LinearRegressionModel model) {
    boolean isKnown = model.inference().standing() == Inference.Standing.KNOWN;
    Summary.Builder summary =
        Summary.of("linear regression on '" + model.features() + "'")
            .figure("rows", model.rows())
            .figure("R\u00b2", model.rSquared());
    if (isKnown) {
      double total = model.inference().freedom() + model.elements().size();
      double adjusted = 1 - (1 - model.rSquared()) * (total / model.inference().freedom());
      summary
          .figure("R\u00b2, adjusted", adjusted)
          .figure("degrees of freedom", model.inference().freedom());
    }
    summary.figure("residual standard error", model.residualStandardError());
    if (isKnown) {
      summary
          .figure("F", Summary.digits(model.statistic(), STATISTIC_DIGITS))
          .figure("p of F", probability(model.probability()));
    }
    List<Double> intercepts = List.of(model.intercept());
    table(
        summary, "coefficients", model.elements(), model.coefficients(), intercepts, model.tests());
    standing(summary, model.inference());
    double bound = isKnown ? CoefficientTests.of(model.inference()).bound() : 0;
    ranges(summary, "", model.elements(), model.coefficients(), model.inference(), 0, bound);
    return summary.part(model.provenance().summary()).build();
  }

  static Summary of(LogisticRegressionModel model) {
    Summary.Builder summary =
        Summary.of(
                "logistic regression of %s classes on '%s'"
                    .formatted(model.classes(), model.features()))
            .figure("rows", model.rows())
            .figure("objective", model.objective());
    if (model.deviance() == model.deviance()) {
      summary
          .figure("deviance", model.deviance())
          .figure("deviance without coefficients", model.nullDeviance());
    }
    double criterion = model.aic();
    if (criterion == criterion) {
      summary.figure("AIC", criterion);
    }
    summary
        .figure("steps", model.steps())
        .figure("slope left", Summary.digits(model.steepness(), PROBABILITY_DIGITS));
    boolean isKnown = model.inference().standing() == Inference.Standing.KNOWN;
    double bound = isKnown ? CoefficientTests.of(model.inference()).bound() : 0;
    int first = model.classes() == 2 ? 1 : 0;
    for (int k = first; k < Math.min(model.classes(), MOST_CLASSES); k++) {
      int margin = k - first;
      String of = model.classes() == 2 ? "" : " of class " + k;
      List<Double> intercepts = List.of(model.intercepts().get(margin));
      List<Double> coefficients = model.coefficientsOf(k);
      table(
          summary, "coefficients" + of, model.elements(), coefficients, intercepts, model.tests(k));
      ranges(summary, of, model.elements(), coefficients, model.inference(), margin, bound);
    }
    if (model.classes() > MOST_CLASSES) {
      summary.note("and " + (model.classes() - MOST_CLASSES) + " more classes");
    }
    standing(summary, model.inference());
    if (!model.unbounded().isEmpty()) {
      summary.note(unbounded(model) + ".");
    }
    summary.curve("objective", "step", 0, "mean of -log(p), and the penalty", model.objectives());
    return summary.part(model.provenance().summary()).build();
  }

  /** A p-value: what is as good as zero is not written as zero. */
  private static String probability(double p) {
    return p < LEAST ? "<1e-300" : Summary.digits(p, PROBABILITY_DIGITS);
  }

  /** What is said of coefficients that may have no finite maximum. */
  static String unbounded(LogisticRegressionModel model) {
    List<String> names = model.unbounded();
    String more = names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "";
    String some = String.join("', '", names.subList(0, Math.min(names.size(), MOST_NAMES)));
    return ("What has an infinite standard error, '%s'%s, may have no finite coefficient: the"
            + " likelihood still grew with it at the end, as it does for ever where all rows of a"
            + " category, or beyond a value, are of one class; a penalty gives it one, withL2(0.01),"
            + " say")
        .formatted(some, more);
  }

  private static void standing(Summary.Builder summary, Inference inference) {
    if (inference.standing() != Inference.Standing.KNOWN) {
      summary.note(inference.standing().reason() + ".");
    } else if (inference.standardErrors().contains(Double.NaN)) {
      summary.note("An element without a standard error is the same in all rows.");
    }
  }

  private static void table(
      Summary.Builder summary,
      String title,
      List<String> elements,
      List<Double> coefficients,
      List<Double> intercepts,
      List<CoefficientTest> tests) {
    List<List<Object>> rows = new ArrayList<>();
    List<String> heads = List.of("element", "coefficient");
    if (tests.isEmpty()) {
      rows.add(List.of("intercept", intercepts.get(0)));
      for (int j = 0; j < elements.size(); j++) {
        rows.add(List.of(elements.get(j), coefficients.get(j)));
      }
    } else {
      heads =
          List.of(
              "element", "coefficient", "standard error", "statistic", "p", "95% from", "95% to");
      for (CoefficientTest test : tests) {
        rows.add(
            List.of(
                test.name(),
                test.value(),
                test.standardError(),
                Summary.digits(test.statistic(), STATISTIC_DIGITS),
                probability(test.probability()),
                test.least(),
                test.most()));
      }
    }
    int most = Math.min(rows.size(), MOST_LINES);
    summary.table(title, heads, rows.subList(0, most));
    if (most < rows.size()) {
      summary.note("and " + (rows.size() - most) + " more");
    }
  }

  /** Coefficients as what a standard deviation of their element changes, if it is known. */
  private static void ranges(
      Summary.Builder summary,
      String of,
      List<String> elements,
      List<Double> coefficients,
      Inference inference,
      int margin,
      double bound) {
    boolean isScaled = !inference.deviations().isEmpty();
    List<Double> values = new ArrayList<>();
    List<Double> halves = new ArrayList<>();
    for (int j = 0; j < elements.size(); j++) {
      double unit = isScaled ? inference.deviations().get(j) : 1;
      int at = margin * elements.size() + j;
      values.add(coefficients.get(j) * unit);
      double half = bound > 0 ? inference.standardErrors().get(at) * bound * unit : Double.NaN;
      halves.add(half < Double.POSITIVE_INFINITY ? half : Double.NaN);
    }
    String what = isScaled ? "effect of one standard deviation" : "coefficients in their units";
    String unit =
        bound > 0
            ? "coefficient \u00d7 deviation, with 95% interval"
            : "coefficient \u00d7 deviation";
    summary.ranges(what + of, isScaled ? unit : "coefficient", elements, values, halves);
  }
}
