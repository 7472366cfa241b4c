package io.drawbar.evaluate;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.lit;

import io.drawbar.Dataset;
import io.drawbar.UnusableDataException;
import io.drawbar.expr.Expr;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.ScalarType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/*
 * Rows are ranked without being sorted: they are counted by label and by the first bits of their
 * number, so that it is known in which bin the row of a rank is, and only the numbers of such bins
 * are looked at. Few rows are one bin.
 */
/** The rows of each label, dealt out to folds by the rank of their numbers. */
final class Strata {
  /** How many conditions there are at most in the expression of a fold. */
  static final int MOST_LABELS = 256;

  /** As many rows come to the driver without further ado. */
  private static final long FEW_ROWS = 1 << 16;

  private static final int BINS = 1 << 12;

  /** A label and its rows: how many, in each bin, and from which number on they are in a fold. */
  private static final class Stratum {
    private final Object label;
    private final long[] bins;
    private long rows;
    private long[] starts;
    private double[] bounds;

    Stratum(Object label, int bins) {
      this.label = label;
      this.bins = new long[bins];
    }

    /** The bin in which the row of a rank is. */
    int binOf(long rank) {
      int bin = 0;
      for (long before = bins[0]; before <= rank; before += bins[bin]) {
        bin++;
      }
      return bin;
    }

    /**
     * Finds the number at which each fold starts.
     *
     * @param drawn the numbers in the bins where one does
     */
    void bound(List<Double> drawn) {
      int folds = starts.length - 1;
      bounds = new double[folds + 1];
      Arrays.fill(bounds, 1.0);
      bounds[0] = 0;
      for (int fold = 1; fold < folds; fold++) {
        if (starts[fold] < rows) {
          int bin = binOf(starts[fold]);
          double[] within =
              drawn.stream()
                  .mapToDouble(Double::doubleValue)
                  .filter(number -> (int) (number * bins.length) == bin)
                  .sorted()
                  .toArray();
          long before = Arrays.stream(bins, 0, bin).sum();
          bounds[fold] = starts[fold] == 0 ? 0 : within[(int) (starts[fold] - before)];
        }
      }
    }
  }

  private final String what;
  private final Expr label;
  private final Expr draw;
  private final int folds;
  private final Map<Object, Stratum> strata = new LinkedHashMap<>();

  private Strata(CrossValidation how, Expr draw) {
    what = how.toString();
    label = col(how.column());
    this.draw = draw;
    folds = how.folds();
  }

  /** Fails unless a column can be a label. */
  static void check(CrossValidation how, Dataset rows) {
    DataType type = rows.schema().field(how.column()).type();
    if (!(type instanceof ScalarType)) {
      throw new TypeMismatchException(
          "%s: the column is %s, but BOOLEAN, LONG, DOUBLE or STRING is wanted"
              .formatted(how, type));
    }
  }

  /**
   * Runs, and ranks the rows.
   *
   * @param draw the column with a number from 0 to less than 1
   */
  static Strata of(CrossValidation how, Dataset rows, String draw) {
    return of(how, rows, draw, FEW_ROWS);
  }

  /** The same, where other numbers of rows are few. */
  static Strata of(CrossValidation how, Dataset rows, String draw, long few) {
    Strata strata = new Strata(how, col(draw));
    Dataset labelled = rows.select(strata.label.as("label"), strata.draw.as("draw"));
    strata.tally(labelled, few);
    strata.deal();
    strata.bound(labelled);
    return strata;
  }

  private static Expr bin(int bins) {
    return col("draw").times(bins).cast(DataType.LONG);
  }

  private void tally(Dataset labelled, long few) {
    List<Row> counts = labelled.groupBy("label").agg(count().as("rows")).collect();
    long rows = 0;
    for (Row row : counts) {
      if (row.value("label") == null) {
        throw new UnusableDataException(
            String.format(
                Locale.ROOT,
                "%s: the label is null in %,d rows; leave them out with"
                    + " where(col(\"%s\").isNotNull())",
                what,
                row.longValue("rows"),
                label.name()));
      }
      rows += row.longValue("rows");
    }
    if (counts.size() > MOST_LABELS) {
      throw new UnusableDataException(
          String.format(
              Locale.ROOT,
              "%s: there are %,d labels in %,d rows, but %s at most can be stratified by",
              what,
              counts.size(),
              rows,
              MOST_LABELS));
    }
    int bins = rows <= few ? 1 : BINS;
    for (Row row : counts) {
      Stratum stratum = new Stratum(key(row.value("label")), bins);
      stratum.rows = row.longValue("rows");
      stratum.bins[0] = bins == 1 ? stratum.rows : 0;
      strata.put(stratum.label, stratum);
    }
    if (bins > 1) {
      Dataset perBin = labelled.select(col("label"), bin(bins).as("bin"));
      for (Row row : perBin.groupBy("label", "bin").agg(count().as("rows")).collect()) {
        Stratum stratum = strata.get(key(row.value("label")));
        stratum.bins[(int) row.longValue("bin")] = row.longValue("rows");
      }
    }
  }

  /** Deals as cards are dealt, one label after the other: the next one goes on where one ended. */
  private void deal() {
    long dealt = 0;
    for (Stratum stratum : strata.values()) {
      stratum.starts = new long[folds + 1];
      for (int fold = 0; fold < folds; fold++) {
        long before = (dealt - fold + folds - 1) / folds;
        long after = (dealt + stratum.rows - fold + folds - 1) / folds;
        stratum.starts[fold + 1] = stratum.starts[fold] + after - before;
      }
      dealt += stratum.rows;
    }
  }

  /** Finds the numbers of the rows at which folds start. */
  private void bound(Dataset labelled) {
    List<Expr> wanted = new ArrayList<>();
    for (Stratum stratum : strata.values()) {
      Expr bin = bin(stratum.bins.length);
      List<Expr> bins = new ArrayList<>();
      IntStream.range(1, folds)
          .filter(fold -> stratum.starts[fold] < stratum.rows)
          .map(fold -> stratum.binOf(stratum.starts[fold]))
          .distinct()
          .forEach(number -> bins.add(bin.eq(number)));
      wanted.add(col("label").eq(lit(stratum.label)).and(any(bins)));
    }
    Map<Object, List<Double>> found = new LinkedHashMap<>();
    for (Row row : labelled.where(any(wanted)).collect()) {
      found
          .computeIfAbsent(key(row.value("label")), label -> new ArrayList<>())
          .add((Double) row.value("draw"));
    }
    for (Stratum stratum : strata.values()) {
      stratum.bound(found.getOrDefault(stratum.label, List.of()));
    }
  }

  /** As a key, -0.0 is 0.0. */
  private static Object key(Object label) {
    return label instanceof Double number ? (Object) (number + 0.0) : label;
  }

  /** For each fold the condition that a row is in it. */
  List<Expr> folds() {
    List<Expr> all = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      List<Expr> within = new ArrayList<>();
      for (Stratum stratum : strata.values()) {
        double from = stratum.bounds[fold];
        double to = stratum.bounds[fold + 1];
        if (from < to) {
          within.add(label.eq(lit(stratum.label)).and(draw.ge(from)).and(draw.lt(to)));
        }
      }
      all.add(any(within));
    }
    return all;
  }

  /** Whether one of the conditions is true: a tree as low as can be. */
  private static Expr any(List<Expr> conditions) {
    int half = conditions.size() / 2;
    return switch (conditions.size()) {
      case 0 -> lit(false);
      case 1 -> conditions.get(0);
      default ->
          any(conditions.subList(0, half)).or(any(conditions.subList(half, conditions.size())));
    };
  }
}
