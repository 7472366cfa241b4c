package io.drawbar.learn;

import java.util.Arrays;

/** Whether moments determine anything, and, if not, what is to be done about it. */
final class MomentChecks {
  /** From here on, what centring leaves of a square is still far from underflow. */
  private static final double SMALLEST_SQUARE = 0x1p-840;

  private final TrainingColumns columns;
  private final Moments moments;

  MomentChecks(TrainingColumns columns, Moments moments) {
    this.columns = columns;
    this.moments = moments;
  }

  /**
   * Checks values first: without the rows that they spoil there may be too few.
   *
   * @param least how many rows there must be
   * @param what it is that fewer rows do not determine
   */
  void check(long least, String what) {
    columns.check(moments.defects(), moments.rows() + moments.badWeights());
    if (moments.rows() < least) {
      throw new TooFewRowsException(
          "%s: %s rows do not determine %s; use more rows or fewer features"
              .formatted(columns.trainer(), moments.rows(), what),
          moments.rows());
    }
    checkMagnitudes();
  }

  private void checkMagnitudes() {
    int width = moments.columns();
    double[] sums = moments.rounded();
    int at = 0;
    for (int i = 0; i < width; i++) {
      // If a product of two columns overflows, the square of one of them does: here is its name.
      if (!Double.isFinite(sums[at])) {
        throw unusable(i, "large that their squares overflow (beyond about 1e150)");
      }
      at += width + 1 - i;
    }
    boolean[] zero = new boolean[width + 1];
    Arrays.fill(zero, true);
    at = 0;
    for (int i = 0; i < width; i++) {
      for (int j = i; j <= width; j++, at++) {
        if (!Double.isFinite(sums[at])) {
          throw unusable(i, "large that products with them overflow (beyond about 1e150)");
        }
        zero[i] &= sums[at] == 0;
        zero[j] &= sums[at] == 0;
      }
    }
    at = 0;
    for (int i = 0; i < width; i++) {
      if (sums[at] < SMALLEST_SQUARE && !zero[i]) {
        throw unusable(i, "small that their squares underflow (below about 1e-126)");
      }
      at += width + 1 - i;
    }
  }

  private UnusableValueException unusable(int column, String how) {
    return new UnusableValueException(
        "%s: values of %s are so %s; multiply them by a constant before"
            .formatted(columns.trainer(), columns.name(column), how));
  }
}
