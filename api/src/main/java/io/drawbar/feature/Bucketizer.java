package io.drawbar.feature;

import io.drawbar.Dataset;
import io.drawbar.ModelContent;
import io.drawbar.Saveable;
import io.drawbar.expr.Expr;
import io.drawbar.expr.SplitSide;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Replaces numbers by the number of their bucket among those between given splits, from 0.
 *
 * <pre>{@code
 * Bucketizer.on("age").at(18, 30, 65)       // below 18: 0, from 18 to below 30: 1, ..., from 65: 3
 * Bucketizer.on("age").at(17, 29, 64).splitsBelow()          // up to 17: 0, above it to 29: 1, ...
 * }</pre>
 *
 * <p>There is one bucket more than splits, and every number has one: nothing is out of range (as in
 * Spark with infinite first and last splits). Null gives null, NaN is an error of its row, unless
 * {@link #unknownAs} gives both a bucket of their own, after the last.
 *
 * @param column a LONG or DOUBLE column
 * @param splits ascending, none twice, none NaN or infinite, at least one
 * @param side the bucket of a number that is equal to a split
 * @param output a LONG column, the number of the bucket; the column's name with {@code Bucket}
 *     unless {@link #into} says otherwise
 * @param unknown what becomes of null and NaN
 */
public record Bucketizer(
    String column, List<Double> splits, SplitSide side, String output, Unknown unknown)
    implements Saveable {
  private static final long serialVersionUID = 1;

  static final String TYPE = "bucketizer";

  /** Checks the names and splits. */
  public Bucketizer {
    splits = List.copyOf(splits);
    if (column.isBlank() || output.isBlank()) {
      throw new IllegalArgumentException(
          "columns have names: Bucketizer.on(\"age\").at(18, 65).into(\"ageBucket\"), say");
    }
    if (splits.isEmpty()) {
      throw new IllegalArgumentException(
          "a bucketizer of '%s' needs splits: at(18, 65), say".formatted(column));
    }
    // The expression knows what it can be made of.
    QuantileDiscretizerModel.bucket(column, splits, side, unknown);
  }

  /** What has a column and wants splits: {@code Bucketizer.on("age").at(18, 65)}. */
  public record On(String column) {
    /** A bucketizer with these splits; a number that is equal to one is in the bucket above it. */
    public Bucketizer at(double... splits) {
      List<Double> all = Arrays.stream(splits).boxed().toList();
      return new Bucketizer(column, all, SplitSide.ABOVE, column + "Bucket", Unknown.ERROR);
    }
  }

  /** Begins a bucketizer of a column of numbers. */
  public static On on(String column) {
    return new On(column);
  }

  /** The same with the numbers of buckets in a column of this name. */
  public Bucketizer into(String output) {
    return new Bucketizer(column, splits, side, output, unknown);
  }

  /** The same with numbers that are equal to a split in the bucket below it. */
  public Bucketizer splitsBelow() {
    return new Bucketizer(column, splits, SplitSide.BELOW, output, unknown);
  }

  /** The same with another treatment of null and NaN. */
  public Bucketizer unknownAs(Unknown unknown) {
    return new Bucketizer(column, splits, side, output, unknown);
  }

  /**
   * The dataset with the column of numbers of buckets.
   *
   * @throws io.drawbar.type.UnknownColumnException if the column is not there
   * @throws TypeMismatchException if it is neither LONG nor DOUBLE
   */
  @Override
  public Dataset transform(Dataset input) {
    DataType type = input.schema().field(column, this).type();
    if (!type.isNumeric()) {
      throw new TypeMismatchException(
          "%s: column '%s' is %s, neither LONG nor DOUBLE".formatted(this, column, type));
    }
    Expr bucket = QuantileDiscretizerModel.bucket(column, splits, side, unknown);
    return input.withColumn(output, bucket);
  }

  @Override
  public ModelContent content() {
    return ModelContent.of(TYPE)
        .adds(output, DataType.LONG)
        .setting("column", column)
        .setting("output", output)
        .setting("side", side)
        .setting("unknown", unknown)
        .doubles("splits", splits.stream().mapToDouble(Double::doubleValue).toArray())
        .build();
  }

  static Bucketizer of(ModelContent content) {
    List<Double> splits = new ArrayList<>();
    for (double split : content.doubles("splits")) {
      splits.add(split);
    }
    return new Bucketizer(
        content.text("column"),
        splits,
        content.choice("side", SplitSide.class),
        content.text("output"),
        content.choice("unknown", Unknown.class));
  }

  /** As it is written in a program. */
  @Override
  public String toString() {
    String all = splits.toString();
    return "Bucketizer.on(\"%s\").at(%s)%s.into(\"%s\")%s"
        .formatted(
            column,
            all.substring(1, all.length() - 1),
            side == SplitSide.BELOW ? ".splitsBelow()" : "",
            output,
            unknown == Unknown.ERROR ? "" : ".unknownAs(Unknown." + unknown + ")");
  }
}
