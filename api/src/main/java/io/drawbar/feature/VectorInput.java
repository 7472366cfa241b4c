package io.drawbar.feature;

import io.drawbar.Dataset;
import io.drawbar.MissingValues;
import io.drawbar.UnusableDataException;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;
import io.drawbar.type.VectorType;
import java.util.Locale;
import java.util.function.IntPredicate;

/** The vector column that a trainer of this package learns from, and what it asks of its rows. */
final class VectorInput {
  private final Record trainer;
  private final Dataset training;
  private final String column;
  private final int elements;

  /**
   * Looks the column up.
   *
   * @throws io.drawbar.type.UnknownColumnException if it is not there
   * @throws TypeMismatchException if it is no vector
   */
  VectorInput(Record trainer, Dataset training, String column) {
    this.trainer = trainer;
    this.training = training;
    this.column = column;
    DataType type = training.schema().field(column, trainer).type();
    if (!(type instanceof VectorType vector)) {
      throw new TypeMismatchException(
          "%s: column '%s' is %s, not a vector; make one before: VectorAssembler.of(\"%s\")"
              .formatted(trainer, column, type, column));
    }
    elements = vector.size();
  }

  int elements() {
    return elements;
  }

  /** What an element is called, for errors. */
  String name(int element) {
    return training.elementNames(column).get(element);
  }

  /**
   * Checks that there are rows, and that no value was missing.
   *
   * @throws UnusableDataException if not
   */
  void check(long nulls, long rows, IntPredicate isFinite) {
    if (nulls > 0) {
      MissingValues missing = MissingValues.of(training, column);
      throw new UnusableDataException(
          String.format(
              Locale.ROOT,
              "%s: %,d row%s cannot be learned from: %s. Leave them out with %s%s",
              trainer,
              nulls,
              nulls == 1 ? "" : "s",
              missing.found(nulls),
              missing.leaving(),
              missing.filling()));
    }
    if (rows == 0) {
      throw new UnusableDataException(noRows(trainer));
    }
    for (int i = 0; i < elements; i++) {
      if (!isFinite.test(i)) {
        throw new UnusableDataException(
            "%s: '%s' is NaN or infinite in some row; filter such rows out before it is assembled"
                .formatted(trainer, name(i)));
      }
    }
  }

  /**
   * Checks that elements can be divided by what they spread over: it is 0, or its reciprocal is a
   * number.
   *
   * @throws UnusableDataException if not
   */
  void checkWidth(int element, String what, double width) {
    if (width > 0 && width < Double.MIN_NORMAL || Double.isInfinite(width)) {
      throw new UnusableDataException(
          "%s: the %s of '%s' is %s; multiply it by a constant before"
              .formatted(trainer, what, name(element), width));
    }
  }

  static String noRows(Record trainer) {
    return trainer + ": there are no rows to learn from; look at the source and the where steps";
  }
}
