package io.drawbar.expr;

import java.util.List;

/**
 * The number of a number's bucket, from 0: how many of the splits are below it. There is one bucket
 * more than splits; the first and the last have no other end.
 *
 * @param value a LONG or DOUBLE
 * @param splits ascending, none twice, none NaN or infinite
 * @param side where a number that is equal to a split belongs
 * @param otherwise the bucket of null and NaN; without one, null gives null and NaN is an error
 */
public record BucketOf(Expr value, List<Double> splits, SplitSide side, Long otherwise)
    implements Expr {
  public BucketOf {
    splits = List.copyOf(splits);
    double last = Double.NEGATIVE_INFINITY;
    for (double split : splits) {
      if (!(split > last) || split == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "splits ascend, are finite and each there once; %s follows %s"
                .formatted(split, last == Double.NEGATIVE_INFINITY ? "nothing" : last));
      }
      last = split;
    }
  }

  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.bucketOf(this);
  }

  @Override
  public String toString() {
    return "bucketOf(" + value + ", " + splits.size() + " splits)";
  }
}
