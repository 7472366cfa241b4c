package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.expr.BucketOf;
import io.drawbar.expr.EvaluationException;
import io.drawbar.expr.SplitSide;

/** Numbers of buckets, by halving the splits. */
final class Buckets implements Evaluator {
  private final BucketOf bucketOf;
  private final Evaluator value;
  private final double[] splits;
  private final boolean isBelow;

  Buckets(BucketOf bucketOf, Evaluator value) {
    this.bucketOf = bucketOf;
    this.value = value;
    splits = bucketOf.splits().stream().mapToDouble(Double::doubleValue).toArray();
    isBelow = bucketOf.side() == SplitSide.BELOW;
  }

  @Override
  public ColumnVector evaluate(Batch batch) {
    DoubleColumn column = (DoubleColumn) value.evaluate(batch);
    long[] buckets = new long[batch.rows()];
    Long otherwise = bucketOf.otherwise();
    for (int n = 0; n < batch.selected(); n++) {
      int row = batch.row(n);
      double number = column.values()[row];
      if (column.isNull(row)) {
        buckets[row] = otherwise == null ? 0 : otherwise;
      } else if (number == number) {
        buckets[row] = bucket(number);
      } else if (otherwise != null) {
        buckets[row] = otherwise;
      } else {
        throw new EvaluationException(
            "%s: NaN is in no bucket; filter such rows out before, or give them a bucket, a"
                    .formatted(bucketOf)
                + " Bucketizer's or QuantileDiscretizer's with unknownAs(Unknown.OWN_INDEX)");
      }
    }
    return new LongColumn(buckets.length, buckets, otherwise == null ? column.nulls() : null);
  }

  /** How many splits the number is above. */
  private int bucket(double number) {
    int from = 0;
    int to = splits.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (isBelow ? splits[middle] < number : splits[middle] <= number) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
