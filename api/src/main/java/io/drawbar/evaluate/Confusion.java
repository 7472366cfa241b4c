package io.drawbar.evaluate;

import java.util.Locale;

/**
 * How many rows are on which side of a threshold: predicted positive means a score of at least the
 * threshold.
 *
 * @param truePositives label 1, predicted positive
 * @param falsePositives label 0, predicted positive
 * @param trueNegatives label 0, predicted negative
 * @param falseNegatives label 1, predicted negative
 */
public record Confusion(
    long truePositives, long falsePositives, long trueNegatives, long falseNegatives) {
  /** The share of rows that are on the right side. */
  public double accuracy() {
    long right = truePositives + trueNegatives;
    return right / (double) (right + falsePositives + falseNegatives);
  }

  /** The share of positives among those predicted positive; NaN if none is. */
  public double precision() {
    return truePositives / (double) (truePositives + falsePositives);
  }

  /** The share of positives that are predicted positive. */
  public double recall() {
    return truePositives / (double) (truePositives + falseNegatives);
  }

  /** The harmonic mean of precision and recall: {@code 2 TP / (2 TP + FP + FN)}. */
  public double f1() {
    return 2 * truePositives / (double) (2 * truePositives + falsePositives + falseNegatives);
  }

  /** A line, and a table of the counts. */
  @Override
  public String toString() {
    TextTable table = new TextTable("label \\ predicted", "1", "0");
    table.add("1", truePositives, falseNegatives);
    table.add("0", falsePositives, trueNegatives);
    return String.format(
        Locale.ROOT,
        "Confusion: accuracy %.6f, precision %.6f, recall %.6f, F1 %.6f\n%s",
        accuracy(),
        precision(),
        recall(),
        f1(),
        table);
  }
}
