package io.drawbar.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether a classifier can be fitted to rows, and, if not, what is to be done about it. */
final class ClassChecks {
  /** Squares from here on are far from underflow. */
  private static final double LEAST_DEVIATION = 0x1p-420;

  private final LogisticRegression trainer;
  private final TrainingColumns columns;
  private final ClassMoments moments;

  ClassChecks(LogisticRegression trainer, List<String> elements, ClassMoments moments) {
    this.trainer = trainer;
    columns =
        new TrainingColumns(
            trainer.toString(), trainer.features(), elements, List.of(trainer.label()));
    this.moments = moments;
  }

  void check() {
    long others = moments.badWeights + moments.strangers;
    columns.check(moments.defects, moments.usable() + others);
    columns.checkWeights(moments.badWeights, trainer.weight());
    if (moments.strangers > 0) {
      throw unusable(
          "%,d labels in '%s' are none of 0 to %d, from %s to %s. %s",
          moments.strangers,
          trainer.label(),
          trainer.classes() - 1,
          moments.leastStranger,
          moments.greatestStranger,
          wayToClasses());
    }
    checkClasses();
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

  private void checkClasses() {
    List<String> missing = new ArrayList<>();
    List<String> present = new ArrayList<>();
    for (int k = 0; k < trainer.classes(); k++) {
      (moments.weight(k) > 0 ? present : missing).add(String.valueOf(k));
    }
    if (!missing.isEmpty()) {
      String weighted = trainer.weight().isEmpty() ? "" : " with a weight above 0";
      throw unusable(
          "of %,d rows%s none has label %s in '%s', all are of class %s: there is nothing to tell"
              + " apart. Look at the where steps, or, if there are fewer classes, say so:"
              + " withClasses(...)",
          moments.usable(),
          weighted,
          String.join(", ", missing),
          trainer.label(),
          String.join(", ", present));
    }
  }

  private String wayToClasses() {
    String more =
        moments.leastStranger >= 0 && moments.greatestStranger < LogisticRegression.MOST_CLASSES
            ? "For more than %d classes say withClasses(%d). "
                .formatted(trainer.classes(), (long) moments.greatestStranger + 1)
            : "";
    return more
        + "Other labels can be numbered before: cast them to DataType.STRING and add"
        + " StringIndexer.on(\"%s\"), or compare them: withColumn(\"%s\", col(\"%s\").gt(...))"
            .formatted(trainer.label(), trainer.label(), trainer.label());
  }

  private UnusableValueException unusable(String message, Object... values) {
    return new UnusableValueException(trainer + ": " + String.format(Locale.ROOT, message, values));
  }
}
