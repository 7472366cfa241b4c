package io.drawbar.feature;

import io.drawbar.Dataset;
import io.drawbar.HeldDataset;
import io.drawbar.Provenance;
import io.drawbar.Trainer;
import io.drawbar.UnusableDataException;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts a column of numbers into buckets of about as many rows each, and replaces each number by
 * that of its bucket, from 0.
 *
 * <pre>{@code
 * QuantileDiscretizer.on("income").withBuckets(10).fit(customers)
 * }</pre>
 *
 * <p>The splits are exact quantiles by nearest rank: of n rows in ascending order, split i of k
 * buckets is the value of the row {@code ceil(n i / k)}, and belongs to the bucket below it. Equal
 * values are never parted, so where one is frequent there are fewer buckets: splits that are the
 * same are one, and one that is the greatest value of all is none, because nothing lies above it.
 *
 * @param column a LONG or DOUBLE column
 * @param buckets how many buckets there are to be, 2 to 10,000
 * @param output a LONG column, the number of the bucket; the column's name with {@code Bucket}
 *     unless {@link #into} says otherwise
 * @param unknown what becomes of null and NaN; ERROR: they may not be in training, later null gives
 *     null, and NaN is an error of its row
 */
public record QuantileDiscretizer(String column, int buckets, String output, Unknown unknown)
    implements Trainer<QuantileDiscretizerModel> {
  /** The most buckets. */
  public static final int MOST_BUCKETS = 10_000;

  /** Checks that the names are not blank, and the number of buckets. */
  public QuantileDiscretizer {
    if (column.isBlank() || output.isBlank()) {
      throw new IllegalArgumentException(
          "columns have names: QuantileDiscretizer.on(\"income\").into(\"incomeBucket\"), say");
    }
    if (buckets < 2 || buckets > MOST_BUCKETS) {
      throw new IllegalArgumentException(
          "%s buckets of '%s'; there are 2 to %s".formatted(buckets, column, MOST_BUCKETS));
    }
  }

  /** A discretizer of a column of numbers, into quarters. */
  public static QuantileDiscretizer on(String column) {
    return new QuantileDiscretizer(column, 4, column + "Bucket", Unknown.ERROR);
  }

  /** The same with so many buckets. */
  public QuantileDiscretizer withBuckets(int buckets) {
    return new QuantileDiscretizer(column, buckets, output, unknown);
  }

  /** The same with the numbers of buckets in a column of this name. */
  public QuantileDiscretizer into(String output) {
    return new QuantileDiscretizer(column, buckets, output, unknown);
  }

  /** The same with another treatment of null and NaN. */
  public QuantileDiscretizer unknownAs(Unknown unknown) {
    return new QuantileDiscretizer(column, buckets, output, unknown);
  }

  /**
   * Fits: reads the rows once, and goes over what is held of them a few times.
   *
   * @throws io.drawbar.type.UnknownColumnException if the column is not there
   * @throws TypeMismatchException if it is neither LONG nor DOUBLE
   * @throws UnusableDataException if there are no numbers, one is infinite, or one is null or NaN
   *     and unknown values are errors
   */
  @Override
  public QuantileDiscretizerModel fit(Dataset training) {
    DataType type = training.schema().field(column, this).type();
    if (!type.isNumeric()) {
      throw new TypeMismatchException(
          "%s: column '%s' is %s, neither LONG nor DOUBLE".formatted(this, column, type));
    }
    long[] wanted = new long[buckets];
    for (int i = 0; i < buckets; i++) {
      wanted[i] = i + 1;
    }
    List<String> columns = List.of(column);
    try (HeldDataset rows = training.hold(columns)) {
      ExactQuantiles found = ExactQuantiles.of(rows, columns, 1, wanted, buckets);
      check(found);
      List<Double> splits = new ArrayList<>();
      double greatest = value(found, type, buckets - 1);
      for (int i = 0; i < buckets - 1; i++) {
        double split = value(found, type, i);
        if (split < greatest && (splits.isEmpty() || split > splits.get(splits.size() - 1))) {
          splits.add(split);
        }
      }
      Provenance provenance = Provenance.of(this, training, columns, rows.data());
      return new QuantileDiscretizerModel(column, type, output, splits, unknown, provenance);
    }
  }

  private static double value(ExactQuantiles found, DataType type, int quantile) {
    return type == DataType.LONG ? found.toLong(0, quantile) : found.toDouble(0, quantile);
  }

  private void check(ExactQuantiles found) {
    if (unknown == Unknown.ERROR && found.nulls(0) + found.notNumbers(0) > 0) {
      throw new UnusableDataException(
          String.format(
              Locale.ROOT,
              "%s: '%s' is null in %,d rows and NaN in %,d; leave them out with where(...), or give"
                  + " them a bucket with unknownAs(Unknown.OWN_INDEX)",
              this,
              column,
              found.nulls(0),
              found.notNumbers(0)));
    }
    if (found.infinities(0) > 0) {
      throw new UnusableDataException(
          String.format(
              Locale.ROOT,
              "%s: '%s' is infinite in %,d rows; leave them out with where(...)",
              this,
              column,
              found.infinities(0)));
    }
    if (found.present(0) == 0) {
      throw new UnusableDataException(VectorInput.noRows(this));
    }
  }

  /** As it is written in a program. */
  @Override
  public String toString() {
    String as = unknown == Unknown.ERROR ? "" : ".unknownAs(Unknown." + unknown + ")";
    return "QuantileDiscretizer.on(\"%s\").withBuckets(%s).into(\"%s\")%s"
        .formatted(column, buckets, output, as);
  }
}
