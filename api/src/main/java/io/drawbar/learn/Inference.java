package io.drawbar.learn;

import io.drawbar.ModelContent;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * How sure the coefficients of a regression are, as far as the classical theory says so: that of
 * the rows as a sample, of a model that holds, without a penalty.
 *
 * @param standing whether standard errors are known, or why not
 * @param standardErrors one for each coefficient, in its unit, NaN for one that the rows say
 *     nothing about, infinite for one that may have no finite maximum of the likelihood; none if
 *     they are not known
 * @param interceptErrors one for each intercept that was fitted, infinite likewise; none if they
 *     are not known
 * @param freedom degrees of freedom of Student's t distribution, which the errors go with; infinite
 *     for the normal one, NaN if they are not known
 * @param deviations the standard deviation of each element of the features over n, about zero if no
 *     intercept was fitted: what a coefficient times it says is comparable between elements; none
 *     if the model does not know
 */
public record Inference(
    Standing standing,
    List<Double> standardErrors,
    List<Double> interceptErrors,
    double freedom,
    List<Double> deviations)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Whether standard errors are known. */
  public enum Standing {
    /** They are. */
    KNOWN("Standard errors are known"),

    /** A penalty makes coefficients smaller than the rows alone would. */
    PENALISED(
        "No standard errors and p-values: a penalty pulls coefficients towards zero, and the"
            + " classical theory does not hold for what is left of them"),

    /** There are as many coefficients as rows, or more. */
    NO_FREEDOM(
        "No standard errors and p-values: there are no more rows, counted by their weights, than"
            + " coefficients, so that nothing is left to tell their errors from"),

    /** They would take too long. */
    TOO_MANY(
        "No standard errors and p-values: with so many coefficients they would take longer than the"
            + " training"),

    /** Some elements follow from others, so that coefficients are not determined one by one. */
    UNDETERMINED(
        "No standard errors and p-values: some elements follow from others, and share their"
            + " coefficients; leave one of each such set out of the vector"),

    /** The likelihood may grow without end in a direction in which nearly nothing else changes. */
    UNBOUNDED(
        "No standard errors and p-values: some rows can be told from all others, or nearly, so that"
            + " coefficients may grow without end; a penalty gives them one, withL2(0.01), say"),

    /** The training ran out of steps. */
    UNSETTLED(
        "No standard errors and p-values: the training ran out of steps before it was at the"
            + " minimum"),

    /** The model was saved before they were, or was put together by hand. */
    UNKNOWN("No standard errors and p-values: the model does not have them");

    private final String reason;

    Standing(String reason) {
      this.reason = reason;
    }

    /** A sentence for people. */
    public String reason() {
      return reason;
    }
  }

  /** Copies; there are standard errors if, and only if, they are known, and none is negative. */
  public Inference {
    standardErrors = List.copyOf(standardErrors);
    interceptErrors = List.copyOf(interceptErrors);
    deviations = List.copyOf(deviations);
    boolean isKnown = standing == Standing.KNOWN;
    boolean isEmpty = standardErrors.isEmpty() && interceptErrors.isEmpty();
    for (List<Double> values : List.of(standardErrors, interceptErrors, deviations)) {
      if (isKnown == standardErrors.isEmpty()
          || !isKnown && !isEmpty
          || isKnown != freedom > 0
          || values.stream().anyMatch(value -> value < 0)) {
        throw new IllegalArgumentException(
            "%s with the standard errors %s, %s of freedom %s and the deviations %s"
                .formatted(standing, standardErrors, interceptErrors, freedom, deviations));
      }
    }
  }

  /** That of a model of which nothing is known. */
  public static Inference unknown() {
    return without(Standing.UNKNOWN, new double[0]);
  }

  /** That of features of these deviations, without standard errors. */
  static Inference without(Standing standing, double[] deviations) {
    return new Inference(standing, List.of(), List.of(), Double.NaN, list(deviations));
  }

  static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** Refuses other numbers of errors than a model has coefficients. */
  void check(int elements, int margins) {
    boolean fits = deviations.isEmpty() || deviations.size() == elements;
    if (standing == Standing.KNOWN) {
      fits &= standardErrors.size() == (long) elements * margins;
      fits &= interceptErrors.isEmpty() || interceptErrors.size() == margins;
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "%s standard errors, %s of intercepts and %s deviations for %s elements and %s margins"
              .formatted(
                  standardErrors.size(),
                  interceptErrors.size(),
                  deviations.size(),
                  elements,
                  margins));
    }
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Puts it into the content of a model. */
  ModelContent.Builder addTo(ModelContent.Builder content) {
    return content
        .setting("inference", standing)
        .doubles("standardErrors", array(standardErrors))
        .doubles("interceptErrors", array(interceptErrors))
        .number("freedom", freedom)
        .doubles("deviations", array(deviations));
  }

  /** What {@link #addTo} put there; content of revision 0 has none. */
  static Inference of(ModelContent content) {
    if (content.revision() == 0) {
      return unknown();
    }
    return new Inference(
        content.choice("inference", Standing.class),
        list(content.doubles("standardErrors")),
        list(content.doubles("interceptErrors")),
        content.number("freedom"),
        list(content.doubles("deviations")));
  }
}
