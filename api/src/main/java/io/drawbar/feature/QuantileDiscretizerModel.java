package io.drawbar.feature;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.ModelContent;
import io.drawbar.Provenance;
import io.drawbar.expr.Expr;
import io.drawbar.expr.Functions;
import io.drawbar.expr.SplitSide;
import io.drawbar.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * A fitted {@link QuantileDiscretizer}: a number becomes the number of splits that are below it.
 *
 * @param column the column of numbers
 * @param type its type when it was fitted, LONG or DOUBLE; the other one is taken, too
 * @param output the column of numbers of buckets
 * @param splits ascending; there is one bucket more than splits
 * @param unknown what becomes of null and NaN
 * @param provenance what it was fitted by, and to
 */
public record QuantileDiscretizerModel(
    String column,
    DataType type,
    String output,
    List<Double> splits,
    Unknown unknown,
    Provenance provenance)
    implements Model {
  private static final long serialVersionUID = 1;

  static final String TYPE = "quantile-discretizer";

  /** Copies; splits are finite and ascend. */
  public QuantileDiscretizerModel {
    splits = List.copyOf(splits);
    if (!type.isNumeric()) {
      throw new IllegalArgumentException("a discretizer takes numbers, not " + type);
    }
    // The expression knows what it can be made of.
    bucket(column, splits, SplitSide.BELOW, unknown);
  }

  static Expr bucket(String column, List<Double> splits, SplitSide side, Unknown unknown) {
    double[] all = splits.stream().mapToDouble(Double::doubleValue).toArray();
    Expr number = Functions.col(column);
    return unknown == Unknown.ERROR
        ? Functions.bucketOf(number, side, all)
        : Functions.bucketOf(number, side, all, all.length + 1);
  }

  /**
   * The dataset with the LONG column of numbers of buckets.
   *
   * @throws io.drawbar.type.UnknownColumnException if the column is not there
   * @throws io.drawbar.expr.TypeMismatchException if it is no number
   */
  @Override
  public Dataset transform(Dataset input) {
    return input.withColumn(output, bucket(column, splits, SplitSide.BELOW, unknown));
  }

  @Override
  public ModelContent content() {
    return ModelContent.of(TYPE)
        .reads(column, type)
        .adds(output, DataType.LONG)
        .setting("column", column)
        .setting("output", output)
        .setting("whole", type == DataType.LONG)
        .setting("unknown", unknown)
        .provenance(provenance)
        .doubles("splits", splits.stream().mapToDouble(Double::doubleValue).toArray())
        .build();
  }

  /** In a line, for people. */
  @Override
  public String toString() {
    return "quantile discretizer of '%s' into '%s': %s buckets%s"
        .formatted(
            column,
            output,
            splits.size() + 1,
            unknown == Unknown.ERROR ? "" : ", one more for null and NaN");
  }

  static QuantileDiscretizerModel of(ModelContent content) {
    return new QuantileDiscretizerModel(
        content.text("column"),
        content.flag("whole") ? DataType.LONG : DataType.DOUBLE,
        content.text("output"),
        Arrays.stream(content.doubles("splits")).boxed().toList(),
        content.choice("unknown", Unknown.class),
        content.provenance());
  }
}
