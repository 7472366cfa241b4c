package io.drawbar.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Whether moments determine anything, and, if not, what is to be done about it. */
final class MomentChecks {
  /** More columns than this are not listed. */
  private static final int MOST_LISTED = 5;

  /** From here on, what centring leaves of a square is still far from underflow. */
  private static final double SMALLEST_SQUARE = 0x1p-840;

  private final LinearRegression trainer;
  private final List<String> names;
  private final Moments moments;

  MomentChecks(LinearRegression trainer, List<String> names, Moments moments) {
    this.trainer = trainer;
    this.names = names;
    this.moments = moments;
  }

  /** Checks values first: without the rows that they spoil there may be too few. */
  void check(int coefficients) {
    if (moments.defects().rows > 0) {
      throw new UnusableValueException(defects());
    }
    long rows = moments.rows();
    if (rows == 0) {
      throw new TooFewRowsException(
          trainer + ": there are no rows to learn from; look at the source and the where steps", 0);
    }
    if (rows < coefficients) {
      throw new TooFewRowsException(
          "%s: %s rows do not determine %s coefficients%s; use more rows or fewer features"
              .formatted(
                  trainer,
                  rows,
                  coefficients,
                  trainer.intercept() == Intercept.FITTED ? " (with the intercept)" : ""),
          rows);
    }
    checkMagnitudes();
  }

  private void checkMagnitudes() {
    int columns = moments.columns();
    double[] sums = moments.rounded();
    int at = 0;
    for (int i = 0; i < columns; i++) {
      // If a product of two columns overflows, the square of one of them does: here is its name.
      if (!Double.isFinite(sums[at])) {
        throw unusable(i, "large that their squares overflow (beyond about 1e150)");
      }
      at += columns + 1 - i;
    }
    boolean[] zero = new boolean[columns + 1];
    Arrays.fill(zero, true);
    at = 0;
    for (int i = 0; i < columns; i++) {
      for (int j = i; j <= columns; j++, at++) {
        if (!Double.isFinite(sums[at])) {
          throw unusable(i, "large that products with them overflow (beyond about 1e150)");
        }
        zero[i] &= sums[at] == 0;
        zero[j] &= sums[at] == 0;
      }
    }
    at = 0;
    for (int i = 0; i < columns; i++) {
      if (sums[at] < SMALLEST_SQUARE && !zero[i]) {
        throw unusable(i, "small that their squares underflow (below about 1e-126)");
      }
      at += columns + 1 - i;
    }
  }

  private UnusableValueException unusable(int column, String how) {
    return new UnusableValueException(
        "%s: values of %s are so %s; multiply them by a constant before"
            .formatted(trainer, column(column), how));
  }

  private String defects() {
    Defects defects = moments.defects();
    List<String> found = new ArrayList<>();
    if (defects.nullFeatures > 0) {
      found.add(counted(defects.nullFeatures, "null", "'" + trainer.features() + "'"));
    }
    if (defects.nullLabels > 0) {
      found.add(counted(defects.nullLabels, "null", "'" + trainer.label() + "'"));
    }
    int listed = 0;
    int more = 0;
    for (int i = 0; i < moments.columns(); i++) {
      if (defects.notNumbers[i] + defects.infinities[i] == 0) {
        continue;
      }
      if (listed++ == MOST_LISTED) {
        more = moments.columns() - i;
        break;
      }
      if (defects.notNumbers[i] > 0) {
        found.add(counted(defects.notNumbers[i], "NaN", column(i)));
      }
      if (defects.infinities[i] > 0) {
        found.add(counted(defects.infinities[i], "infinite", column(i)));
      }
    }
    return String.format(
        Locale.ROOT,
        "%s: %,d of %,d rows cannot be learned from: %s%s. %s",
        trainer,
        defects.rows,
        defects.rows + moments.rows(),
        String.join(", ", found),
        more > 0 ? ", and others" : "",
        wayOut(defects));
  }

  private String wayOut(Defects defects) {
    List<String> ways = new ArrayList<>();
    if (defects.nullFeatures > 0) {
      ways.add("where(col(\"%s\").isNotNull())".formatted(trainer.features()));
    }
    if (defects.nullLabels > 0) {
      ways.add("where(col(\"%s\").isNotNull())".formatted(trainer.label()));
    }
    if (defects.hasValues()) {
      ways.add(
          "where(col(\"x\").gt(Double.NEGATIVE_INFINITY)"
              + ".and(col(\"x\").lt(Double.POSITIVE_INFINITY))) for each such column x before it is"
              + " assembled (NaN counts as greatest)");
    }
    return "Leave them out with " + String.join(" and ", ways);
  }

  private static String counted(long count, String kind, String column) {
    return String.format(Locale.ROOT, "%,d %s in %s", count, kind, column);
  }

  private String column(int index) {
    return "'" + (index < names.size() ? names.get(index) : trainer.label()) + "'";
  }
}
