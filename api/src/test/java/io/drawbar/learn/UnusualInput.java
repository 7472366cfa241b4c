package io.drawbar.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Data of which something is unusual: a column, the labels, a value, or how many rows there are.
 * Where it is a column, it is the third, {@code head[2]}; where it is one value, it is in the
 * second, {@code head[1]}, of the fifth row.
 */
enum UnusualInput {
  NOTHING("nothing unusual"),
  CONSTANT_COLUMN("a constant column", "'head[2]'", "leave it out"),
  DUPLICATE_COLUMN("a column twice", "'head[2]' follows from 'head[0]'", "leave one of them out"),
  SUM_OF_COLUMNS(
      "a sum of two columns",
      "'head[2]' follows from 'head[0]' and 'head[1]'",
      "leave one of them out"),
  ALL_CONSTANT("all rows equal"),
  ALL_CONSTANT_ONE_CLUSTER("all rows equal, k = 1"),
  SEPARABLE("separable", "'x' tells the classes in 'y' apart without error", "withL2(0.01)"),
  QUASI_SEPARABLE("quasi-separable"),
  SEPARABLE_BY_WEIGHTS(
      "separable by weights 0", "'x' tells the classes in 'y' apart", "withL2(0.01)"),
  ALL_WEIGHTS_ZERO("all weights 0", "60 rows", "'w'"),
  NEGATIVE_WEIGHT("a weight less than 0", "1 weights in 'w' are", "leave those rows out"),
  NAN_WEIGHT("a weight NaN", "1 weights in 'w' are", "leave those rows out"),
  INFINITE_WEIGHT("a weight infinite", "1 weights in 'w' are", "leave those rows out"),
  NULL_WEIGHT("a weight null", "1 weights in 'w' are", "leave those rows out"),
  ONE_CLASS("one class only", "'y'"),
  NO_ROWS("no rows", "there are no rows", "look at the source and the where steps"),
  ONE_ROW("one row"),
  FEW_DISTINCT_ROWS("2 distinct rows, k = 3"),
  NAN("a feature NaN", "1 of 60 rows", "1 NaN in 'head[1]'", "Leave them out"),
  INFINITE("a feature infinite", "1 of 60 rows", "1 infinite in 'head[1]'", "Leave them out"),
  LEAST("a feature -infinite", "1 of 60 rows", "1 infinite in 'head[1]'", "Leave them out"),
  NULL("a feature null", "1 of 60 rows", "1 null in 'head'", "isNotNull()"),
  HUGE("a feature 1e200", "'head[1]'"),
  NEGATIVE("a feature -3", "'head[1]'", "-3.0"),
  NAN_LABEL("a label NaN", "1 NaN in 'y'", "Leave them out"),
  INFINITE_LABEL("a label infinite", "1 infinite in 'y'", "Leave them out"),
  NULL_LABEL("a label null", "1 null in 'y'", "where(col(\"y\").isNotNull())"),
  FRACTIONAL_LABEL("a label 0.5", "1 labels in 'y' are none of 0 to", "0.5", "StringIndexer"),
  NEGATIVE_LABEL("a label -1", "1 labels in 'y' are none of 0 to", "-1.0", "StringIndexer");

  private static final int ROWS = 60;

  /** What a trainer takes for features. */
  enum Domain {
    /** Any numbers. */
    MEASUREMENTS(.1) {
      @Override
      double of(double value) {
        return value;
      }
    },
    /** Whole numbers from 0. */
    COUNTS(3) {
      @Override
      double of(double value) {
        return Math.abs(Math.rint(value));
      }
    },
    /** 0 and 1. */
    FLAGS(1) {
      @Override
      double of(double value) {
        return value > 2 ? 1 : 0;
      }
    };

    private final double constant;

    Domain(double constant) {
      this.constant = constant;
    }

    abstract double of(double value);
  }

  /**
   * A row.
   *
   * @param head some features, or null
   * @param flag another feature, 0 or 1
   * @param y its label
   * @param w its weight
   */
  record Example(double[] head, int flag, Double y, Double w) {
    Example with(double... features) {
      return new Example(features, flag, y, w);
    }

    Example and(double feature) {
      double[] more = Arrays.copyOf(head, head.length + 1);
      more[head.length] = feature;
      return with(more);
    }

    Example labelled(Double label) {
      return new Example(head, flag, label, w);
    }

    Example weighted(Double weight) {
      return new Example(head, flag, y, weight);
    }
  }

  private final String text;
  private final List<String> says;

  UnusualInput(String text, String... says) {
    this.text = text;
    this.says = List.of(says);
  }

  /** What whoever refuses it says of it. */
  List<String> says() {
    return says;
  }

  /** How many clusters there are to be, where there are clusters. */
  int clusters() {
    return this == ALL_CONSTANT_ONE_CLUSTER ? 1 : this == FEW_DISTINCT_ROWS ? 3 : 2;
  }

  /** Whether there is a column more. */
  boolean isAColumn() {
    return this == CONSTANT_COLUMN || this == DUPLICATE_COLUMN || this == SUM_OF_COLUMNS;
  }

  /** Whether it is about weights. */
  boolean isWeighted() {
    return name().contains("WEIGHT");
  }

  /** Whether one has to look for clusters to find out. */
  boolean isFoundByClustering() {
    return this == ALL_CONSTANT || this == FEW_DISTINCT_ROWS;
  }

  /** Two groups of rows, each of which has labels of all classes. */
  private static List<Example> usual(Domain domain, int classes) {
    Random random = new Random(17);
    List<Example> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      double centre = i % 2 * 6;
      double first = domain.of(centre + random.nextGaussian());
      double second = domain.of(centre / 2 + 1 + random.nextGaussian());
      double label = random.nextInt(Math.max(2, classes));
      rows.add(new Example(new double[] {first, second}, random.nextInt(2), label, 1.0));
    }
    return rows;
  }

  /** The rows without what is unusual; for a right answer that has to be the same. */
  List<Example> without(Domain domain, int classes) {
    return this == SEPARABLE_BY_WEIGHTS ? SEPARABLE.rows(domain, classes) : usual(domain, classes);
  }

  /** The rows. */
  List<Example> rows(Domain domain, int classes) {
    List<Example> rows = usual(domain, classes);
    Example first = rows.get(0);
    Example fifth = rows.get(4);
    switch (this) {
      case NOTHING -> {}
      case CONSTANT_COLUMN -> rows.replaceAll(row -> row.and(domain.constant));
      case DUPLICATE_COLUMN -> rows.replaceAll(row -> row.and(row.head[0]));
      case SUM_OF_COLUMNS -> rows.replaceAll(row -> row.and(sum(domain, row.head)));
      case ALL_CONSTANT, ALL_CONSTANT_ONE_CLUSTER ->
          rows.replaceAll(row -> new Example(first.head, 1, row.y, row.w));
      case SEPARABLE -> rows = separable(domain, classes);
      case QUASI_SEPARABLE -> rows.replaceAll(row -> row.flag == 1 ? row.labelled(1.0) : row);
      case SEPARABLE_BY_WEIGHTS -> {
        rows = separable(domain, classes);
        for (Example row : List.copyOf(rows)) {
          rows.add(row.labelled((row.y + 1) % Math.max(2, classes)).weighted(0.0));
        }
      }
      case ALL_WEIGHTS_ZERO -> rows.replaceAll(row -> row.weighted(0.0));
      case NEGATIVE_WEIGHT -> rows.set(4, fifth.weighted(-1.0));
      case NAN_WEIGHT -> rows.set(4, fifth.weighted(Double.NaN));
      case INFINITE_WEIGHT -> rows.set(4, fifth.weighted(Double.POSITIVE_INFINITY));
      case NULL_WEIGHT -> rows.set(4, fifth.weighted(null));
      case ONE_CLASS -> rows.replaceAll(row -> row.labelled(1.0));
      case NO_ROWS -> rows.clear();
      case ONE_ROW -> rows = List.of(first);
      case FEW_DISTINCT_ROWS -> {
        List<Example> two = List.copyOf(rows.subList(0, 2));
        for (int i = 0; i < ROWS; i++) {
          Example like = two.get(i % 2);
          rows.set(i, new Example(like.head, i % 2, rows.get(i).y, 1.0));
        }
      }
      case NAN -> rows.set(4, fifth.with(fifth.head[0], Double.NaN));
      case INFINITE -> rows.set(4, fifth.with(fifth.head[0], Double.POSITIVE_INFINITY));
      case LEAST -> rows.set(4, fifth.with(fifth.head[0], Double.NEGATIVE_INFINITY));
      case NULL -> rows.set(4, fifth.with((double[]) null));
      case HUGE -> rows.set(4, fifth.with(fifth.head[0], 1e200));
      case NEGATIVE -> rows.set(4, fifth.with(fifth.head[0], -3));
      case NAN_LABEL -> rows.set(4, fifth.labelled(Double.NaN));
      case INFINITE_LABEL -> rows.set(4, fifth.labelled(Double.POSITIVE_INFINITY));
      case NULL_LABEL -> rows.set(4, fifth.labelled(null));
      case FRACTIONAL_LABEL -> rows.set(4, fifth.labelled(.5));
      case NEGATIVE_LABEL -> rows.set(4, fifth.labelled(-1.0));
    }
    return rows;
  }

  private static double sum(Domain domain, double[] head) {
    // Of flags, whatever follows from them and is one, too.
    return domain == Domain.FLAGS ? 1 - head[0] : head[0] + head[1];
  }

  /** The label follows from the first column; each class has a third or half of the rows. */
  private static List<Example> separable(Domain domain, int classes) {
    List<Example> rows = usual(domain, classes);
    double[] firsts = rows.stream().mapToDouble(row -> row.head[0]).sorted().toArray();
    rows.replaceAll(
        row -> {
          int below = (int) Arrays.stream(firsts).filter(f -> f < row.head[0]).count();
          return row.labelled((double) (below * Math.max(2, classes) / ROWS));
        });
    return rows;
  }

  @Override
  public String toString() {
    return text;
  }
}
