package io.drawbar.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether a classifier can be fitted to rows, and, if not, what is to be done about it. */
final class ClassChecks {
  /** More columns than this are not listed. */
  private static final int MOST_LISTED = 5;

  /** Squares from here on are far from underflow. */
  private static final double LEAST_DEVIATION = 0x1p-420;

  private final LogisticRegression trainer;
  private final ClassMoments moments;

  ClassChecks(LogisticRegression trainer, ClassMoments moments) {
    this.trainer = trainer;
    this.moments = moments;
  }

  void check() {
    if (moments.defects.rows > 0) {
      throw new UnusableValueException(defects());
    }
    if (moments.badWeights > 0) {
      throw unusable(
          "%,d weights in '%s' are null, NaN, infinite or less than 0; leave those rows out",
          moments.badWeights, trainer.weight());
    }
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
    if (moments.usable() == 0) {
      throw new TooFewRowsException(
          trainer + ": there are no rows to learn from; look at the source and the where steps", 0);
    }
    checkClasses();
    for (int j = 0; j < moments.elements; j++) {
      double deviation = moments.hasSquares(j) ? moments.magnitude(j) : Double.POSITIVE_INFINITY;
      boolean isConstant = moments.least[j] == moments.greatest[j];
      if (!(deviation <= 0x1p500) || deviation < LEAST_DEVIATION && !isConstant) {
        throw unusable(
            "values of element %d of '%s' are so large or small that their squares overflow or"
                + " underflow; multiply them by a constant before",
            j, trainer.features());
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

  private String defects() {
    Defects defects = moments.defects;
    List<String> found = new ArrayList<>();
    List<String> ways = new ArrayList<>();
    if (defects.nullFeatures > 0) {
      found.add(counted(defects.nullFeatures, "null", "'" + trainer.features() + "'"));
      ways.add("where(col(\"%s\").isNotNull())".formatted(trainer.features()));
    }
    if (defects.nullLabels > 0) {
      found.add(counted(defects.nullLabels, "null", "'" + trainer.label() + "'"));
      ways.add("where(col(\"%s\").isNotNull())".formatted(trainer.label()));
    }
    for (int j = 0; j <= moments.elements && found.size() < MOST_LISTED; j++) {
      String column =
          j < moments.elements
              ? "element %s of '%s'".formatted(j, trainer.features())
              : "'" + trainer.label() + "'";
      if (defects.notNumbers[j] > 0) {
        found.add(counted(defects.notNumbers[j], "NaN", column));
      }
      if (defects.infinities[j] > 0) {
        found.add(counted(defects.infinities[j], "infinite", column));
      }
    }
    if (defects.hasValues()) {
      ways.add(
          "where(col(\"x\").gt(Double.NEGATIVE_INFINITY)"
              + ".and(col(\"x\").lt(Double.POSITIVE_INFINITY))) for each such column x before it is"
              + " assembled (NaN counts as greatest)");
    }
    return String.format(
        Locale.ROOT,
        "%s: %,d rows cannot be learned from: %s. Leave them out with %s",
        trainer,
        defects.rows,
        String.join(", ", found),
        String.join(" and ", ways));
  }

  private static String counted(long count, String kind, String column) {
    return String.format(Locale.ROOT, "%,d %s in %s", count, kind, column);
  }
}
