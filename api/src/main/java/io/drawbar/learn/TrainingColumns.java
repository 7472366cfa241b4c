package io.drawbar.learn;

import io.drawbar.Dataset;
import io.drawbar.MissingValues;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import io.drawbar.type.UnknownColumnException;
import io.drawbar.type.VectorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What a trainer learns from, and what it says of values that it cannot use.
 *
 * @param trainer as it is written in a program
 * @param training the rows, to look again where something is missing
 * @param features the name of the vector column
 * @param elements the names of the features' elements
 * @param label the name of the label; none, if there is no label
 */
record TrainingColumns(
    String trainer, Dataset training, String features, List<String> elements, List<String> label) {
  /** More columns than this are not listed. */
  private static final int MOST_LISTED = 5;

  /**
   * Those of a trainer.
   *
   * @param label none, if there is none
   */
  static TrainingColumns of(Object trainer, Dataset training, String features, String... label) {
    return new TrainingColumns(
        trainer.toString(), training, features, training.elementNames(features), List.of(label));
  }

  /**
   * How many elements the features have.
   *
   * @throws UnknownColumnException if they are not there
   * @throws TypeMismatchException if they are no vector
   */
  static int elements(Schema schema, String features, Object trainer) {
    DataType type;
    try {
      type = schema.field(features, trainer).type();
    } catch (UnknownColumnException e) {
      throw new UnknownColumnException(
          "%s Make it before: VectorAssembler.of(columns to learn from).into(\"%s\")."
              .formatted(e.getMessage(), features));
    }
    if (!(type instanceof VectorType vector)) {
      throw new TypeMismatchException(
          ("%s: column '%s' is %s, but features are one vector column; make it before:"
                  + " VectorAssembler.of(\"%s\").into(\"features\"), with all the columns to learn"
                  + " from")
              .formatted(trainer, features, type, features));
    }
    return vector.size();
  }

  /**
   * Refuses features that are not those that a model was fitted to.
   *
   * @param model what it is, in words
   */
  static void checkScored(Schema schema, String features, int elements, String model) {
    DataType found = schema.field(features, model).type();
    DataType wanted = DataType.vector(elements);
    if (!found.equals(wanted)) {
      throw new TypeMismatchException(
          ("this model was fitted to '%s' as %s, but here it is %s; assemble the same columns in"
                  + " the same order")
              .formatted(features, wanted, found));
    }
  }

  /**
   * Refuses rows that cannot be learned from, and no rows.
   *
   * @param usable how many rows have no defect
   */
  void check(Defects defects, long usable) {
    if (defects.rows > 0) {
      Optional<MissingValues> missing =
          defects.nullFeatures > 0
              ? Optional.of(MissingValues.of(training, features))
              : Optional.empty();
      throw new UnusableValueException(
          String.format(
              Locale.ROOT,
              "%s: %,d of %,d rows cannot be learned from: %s. %s",
              trainer,
              defects.rows,
              defects.rows + usable,
              counted(defects, missing),
              wayOut(defects, missing)));
    }
    if (usable == 0) {
      throw new TooFewRowsException(
          trainer + ": there are no rows to learn from; look at the source and the where steps", 0);
    }
  }

  /** Refuses weights that are none. */
  void checkWeights(long bad, String weight) {
    if (bad > 0) {
      throw new UnusableValueException(
          String.format(
              Locale.ROOT,
              "%s: %,d weights in '%s' are null, NaN, infinite or less than 0; leave those rows out",
              trainer,
              bad,
              weight));
    }
  }

  /** What is wrong with weights that are all 0, and the way out. */
  String noWeight(long rows, String weight) {
    return String.format(
        Locale.ROOT,
        "all weights in '%s' are 0, in %,d rows, and nothing is learned from such rows; look"
            + " where '%s' comes from, or leave weightedBy(\"%s\") out",
        weight,
        rows,
        weight,
        weight);
  }

  private String counted(Defects defects, Optional<MissingValues> missing) {
    List<String> found = new ArrayList<>();
    missing.ifPresent(nulls -> found.add(nulls.found(defects.nullFeatures)));
    if (defects.nullLabels > 0) {
      found.add(counted(defects.nullLabels, "null", "'" + label.get(0) + "'"));
    }
    int listed = 0;
    for (int i = 0; i < defects.notNumbers.length; i++) {
      if (defects.notNumbers[i] + defects.infinities[i] == 0) {
        continue;
      }
      if (listed++ == MOST_LISTED) {
        found.add("and others");
        break;
      }
      String name = name(i);
      if (defects.notNumbers[i] > 0) {
        found.add(counted(defects.notNumbers[i], "NaN", name));
      }
      if (defects.infinities[i] > 0) {
        found.add(counted(defects.infinities[i], "infinite", name));
      }
    }
    return String.join(", ", found);
  }

  private String wayOut(Defects defects, Optional<MissingValues> missing) {
    List<String> ways = new ArrayList<>();
    missing.ifPresent(nulls -> ways.add(nulls.leaving()));
    if (defects.nullLabels > 0) {
      ways.add("where(col(\"%s\").isNotNull())".formatted(label.get(0)));
    }
    if (defects.hasValues()) {
      String x = named(i -> defects.notNumbers[i] + defects.infinities[i] > 0).orElse("x");
      ways.add(
          ("where(col(\"%s\").gt(Double.NEGATIVE_INFINITY)"
                  + ".and(col(\"%s\").lt(Double.POSITIVE_INFINITY))) for each such column before it"
                  + " is assembled (NaN counts as greatest)")
              .formatted(x, x));
    }
    String filling = missing.map(MissingValues::filling).orElse("");
    if (filling.isEmpty()) {
      filling =
          named(i -> defects.notNumbers[i] > 0)
              .map(". Or have Imputer.on(\"%s\") fill NaN before"::formatted)
              .orElse("");
    }
    return "Leave them out with " + String.join(" and ", ways) + filling;
  }

  /** The first element of the features that is so and was a column of its own. */
  private Optional<String> named(IntPredicate isSo) {
    return IntStream.range(0, elements.size())
        .filter(isSo)
        .mapToObj(elements::get)
        .filter(name -> !name.endsWith("]"))
        .findFirst();
  }

  private static String counted(long count, String kind, String column) {
    return String.format(Locale.ROOT, "%,d %s in %s", count, kind, column);
  }

  /** What an element of the features, or, after those, the label is called. */
  String name(int column) {
    return "'" + (column < elements.size() ? elements.get(column) : label.get(0)) + "'";
  }
}
