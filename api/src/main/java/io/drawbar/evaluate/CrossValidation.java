package io.drawbar.evaluate;

import io.drawbar.Dataset;
import io.drawbar.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Divides rows into folds, each of which tests what is trained on the others.
 *
 * <pre>{@code
 * CrossValidated found =
 *     CrossValidation.folds(5).withSeed(42).stratifiedBy("churned")
 *         .evaluate(
 *             pipeline,
 *             customers,
 *             scored -> BinaryMetrics.of(scored, "churned", "probability").auc());
 * System.out.println(found);      // mean, spread, and a line for each fold
 * }</pre>
 *
 * <p>Each row is in one fold, which a hash of the seed and of its id decides, as in {@link
 * Dataset#sample}: the same folds on every engine and in every run.
 *
 * <ul>
 *   <li>By itself, a fold has about its share of the rows, as chance would have it.
 *   <li>{@link #stratifiedBy stratifiedBy(label)}: of each label, and of all rows, folds have
 *       shares that differ by one row at most. The rows of a label are ranked by their hash and
 *       dealt out by rank. (Rows with the same hash, of 53 bits, stay together.)
 *   <li>{@link #groupedBy groupedBy(patient)}: rows that agree on the column are in one fold, which
 *       a hash of the value decides; a null is a value like others. Folds have about their share of
 *       the values, and what rows these bring.
 * </ul>
 *
 * @param folds how many, from 2 to {@value #MOST_FOLDS}
 * @param seed which rows meet in a fold
 * @param by what decides on the fold of a row
 * @param column the column of {@link By#STRATUM} and {@link By#GROUP}; else empty
 */
public record CrossValidation(int folds, long seed, By by, String column) {
  /** The most folds. */
  public static final int MOST_FOLDS = 100;

  /** What decides on the fold of a row. */
  public enum By {
    /** Its id. */
    ROW,
    /** The rank of its id among the rows with the same label. */
    STRATUM,
    /** The value of a column. */
    GROUP
  }

  /** Checks the number of folds. */
  public CrossValidation {
    if (folds < 2 || folds > MOST_FOLDS) {
      throw new IllegalArgumentException(
          "rows are divided into 2 to %s folds, not %s".formatted(MOST_FOLDS, folds));
    }
    if (column.isBlank() != (by == By.ROW)) {
      throw new IllegalArgumentException("folds by %s of column '%s'".formatted(by, column));
    }
  }

  /** Folds by ids of rows, with seed 0. */
  public static CrossValidation folds(int folds) {
    return new CrossValidation(folds, 0, By.ROW, "");
  }

  /** The same number of other folds. */
  public CrossValidation withSeed(long seed) {
    return new CrossValidation(folds, seed, by, column);
  }

  /**
   * Folds with the same share of each label.
   *
   * @param label a BOOLEAN, LONG, DOUBLE or STRING column without nulls, of few values
   */
  public CrossValidation stratifiedBy(String label) {
    return by(By.STRATUM, label);
  }

  /**
   * Folds that do not share a value of a column.
   *
   * @param group a BOOLEAN, LONG, DOUBLE or STRING column
   */
  public CrossValidation groupedBy(String group) {
    return by(By.GROUP, group);
  }

  private CrossValidation by(By by, String column) {
    if (this.by != By.ROW) {
      throw new IllegalArgumentException(
          "%s: folds are stratified or grouped, by one column".formatted(this));
    }
    return new CrossValidation(folds, seed, by, column);
  }

  /**
   * The rows, divided: for each fold the others to train with, and itself to test with. Runs: the
   * rows are read once and kept with {@link Dataset#cache}, until the session is closed.
   *
   * @throws io.drawbar.type.UnknownColumnException if the column is not there
   * @throws io.drawbar.expr.TypeMismatchException if it is a vector or list
   * @throws io.drawbar.UnusableDataException if a fold has no rows, or a label is null, or there
   *     are too many labels
   */
  public List<Dataset.Split> splits(Dataset rows) {
    Folds divided = Folds.of(this, rows);
    List<Dataset.Split> splits = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      splits.add(divided.split(fold));
    }
    return splits;
  }

  /**
   * Fits a trainer for each fold, to the rows of the others, and measures its model on the fold.
   *
   * @param rows read once, and kept meanwhile
   * @param metric of the fold's rows as the model transforms them
   * @throws io.drawbar.error.DrawbarException as {@link #splits}, or if a fit or the metric fails;
   *     says in which fold, and of which trainer
   */
  public CrossValidated evaluate(
      Trainer<?> trainer, Dataset rows, ToDoubleFunction<Dataset> metric) {
    try (Folds folds = Folds.of(this, rows)) {
      return folds.evaluate(trainer, metric);
    }
  }

  /** As it is written in a program. */
  @Override
  public String toString() {
    String how =
        switch (by) {
          case ROW -> "";
          case STRATUM -> ".stratifiedBy(\"" + column + "\")";
          case GROUP -> ".groupedBy(\"" + column + "\")";
        };
    return "CrossValidation.folds(%s).withSeed(%s)%s".formatted(folds, seed, how);
  }
}
