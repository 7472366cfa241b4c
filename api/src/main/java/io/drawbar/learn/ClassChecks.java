package io.drawbar.learn;

import io.drawbar.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/** Whether a classifier can be fitted to rows, and, if not, what is to be done about it. */
final class ClassChecks {
  /** Squares from here on are far from underflow. */
  private static final double LEAST_DEVIATION = 0x1p-420;

  private final ClassColumns training;
  private final TrainingColumns columns;
  private final LabelSurvey survey;

  ClassChecks(ClassColumns training, Dataset rows, LabelSurvey survey) {
    this.training = training;
    columns = TrainingColumns.of(training.trainer(), rows, training.features(), training.label());
    this.survey = survey;
  }

  /**
   * Checks rows and labels.
   *
   * @param weights of each class
   */
  void check(IntToDoubleFunction weights) {
    long others = survey.badWeights + survey.strangers;
    columns.check(survey.defects, survey.usable() + others);
    columns.checkWeights(survey.badWeights, training.weight());
    if (survey.strangers > 0) {
      throw unusable(
          "%,d labels in '%s' are none of 0 to %d, from %s to %s. %s",
          survey.strangers,
          training.label(),
          training.classes() - 1,
          survey.leastStranger,
          survey.greatestStranger,
          wayToClasses());
    }
    checkClasses(weights);
  }

  /** Checks that squares of features can be computed with. */
  void checkSquares(ClassMoments moments) {
    for (int j = 0; j < moments.elements; j++) {
      double deviation = moments.hasSquares(j) ? moments.magnitude(j) : Double.POSITIVE_INFINITY;
      boolean isConstant = moments.least[j] == moments.greatest[j];
      if (!(deviation <= 0x1p500) || deviation < LEAST_DEVIATION && !isConstant) {
        throw unusable(
            "values of %s are so large or small that their squares overflow or underflow; multiply"
                + " them by a constant before",
            columns.name(j));
      }
    }
  }

  private void checkClasses(IntToDoubleFunction weights) {
    List<String> missing = new ArrayList<>();
    List<String> present = new ArrayList<>();
    for (int k = 0; k < training.classes(); k++) {
      (weights.applyAsDouble(k) > 0 ? present : missing).add(String.valueOf(k));
    }
    checkShares(weights);
    if (present.isEmpty()) {
      throw unusable("%s", columns.noWeight(survey.usable(), training.weight()));
    }
    if (!missing.isEmpty()) {
      String weighted = training.weight().isEmpty() ? "" : " with a weight above 0";
      throw unusable(
          "of %,d rows%s none has label %s in '%s', all are of class %s: there is nothing to tell"
              + " apart. Look at the where steps, or, if there are fewer classes, say so:"
              + " withClasses(...)",
          survey.usable(),
          weighted,
          String.join(", ", missing),
          training.label(),
          String.join(", ", present));
    }
  }

  /** Checks that the share of each class that has rows is a number that a logarithm is taken of. */
  private void checkShares(IntToDoubleFunction weights) {
    double total = 0;
    for (int k = 0; k < training.classes(); k++) {
      total += weights.applyAsDouble(k);
    }
    if (!(total <= Double.MAX_VALUE)) {
      throw unusable(
          "weights in '%s' are so large that their sum overflows; multiply them by a constant"
              + " before",
          training.weight());
    }
    for (int k = 0; k < training.classes(); k++) {
      double weight = weights.applyAsDouble(k);
      if (weight > 0 && !(weight / total >= Double.MIN_NORMAL)) {
        throw unusable(
            "the rows of label %d in '%s' weigh %s of %s in '%s', a share that is as good as none;"
                + " leave them out",
            k, training.label(), weight, total, training.weight());
      }
    }
  }

  private String wayToClasses() {
    String more =
        survey.leastStranger >= 0 && survey.greatestStranger < ClassColumns.MOST_CLASSES
            ? "For more than %d classes say withClasses(%d). "
                .formatted(training.classes(), (long) survey.greatestStranger + 1)
            : "";
    return more
        + "Other labels can be numbered before: cast them to DataType.STRING and add"
        + " StringIndexer.on(\"%s\"), or compare them: withColumn(\"%s\", col(\"%s\").gt(...))"
            .formatted(training.label(), training.label(), training.label());
  }

  /** What is wrong with the values of an element, and the way out. */
  UnusableValueException unusable(int element, String how) {
    return unusable("%s %s", columns.name(element), how);
  }

  private UnusableValueException unusable(String message, Object... values) {
    return new UnusableValueException(
        training.trainer() + ": " + String.format(Locale.ROOT, message, values));
  }
}
