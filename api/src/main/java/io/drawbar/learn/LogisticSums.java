package io.drawbar.learn;

import io.drawbar.iterate.Partial;
import io.drawbar.math.ExactSums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a superstep of a logistic regression learns of some blocks: for each margin the gradient
 * along the coefficients as given, then those along the intercepts, the loss, and for each step
 * tried beside the candidate the loss and its slope; and the least lead of any row, where that is
 * above zero: of a block with rows on the wrong side, that of the rows up to the first of them.
 * Where it is asked for, also how the loss curves, over some of the rows, and their weight.
 */
final class LogisticSums implements Partial<LogisticSums> {
  final ExactSums sums;

  /**
   * The weight of the rows that it is of, then {@link InformationPairs}; null if none was asked.
   */
  ExactSums curvature;

  double least = Double.POSITIVE_INFINITY;

  LogisticSums(int size) {
    this(new ExactSums(size));
  }

  private LogisticSums(ExactSums sums) {
    this.sums = sums;
  }

  @Override
  public void merge(LogisticSums other) {
    sums.merge(other.sums);
    least = Math.min(least, other.least);
    if (other.curvature != null) {
      curvature(other.curvature.size()).merge(other.curvature);
    }
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    out.writeDouble(least);
    sums.encode(out);
    out.writeBoolean(curvature != null);
    if (curvature != null) {
      curvature.encode(out);
    }
  }

  /** The curvature, begun if it is not there. */
  ExactSums curvature(int size) {
    if (curvature == null) {
      curvature = new ExactSums(size);
    }
    return curvature;
  }

  static LogisticSums decode(DataInput in, int size, int curvatureSize) throws IOException {
    double least = in.readDouble();
    LogisticSums decoded = new LogisticSums(ExactSums.decode(in, size));
    decoded.least = least;
    if (in.readBoolean()) {
      decoded.curvature = ExactSums.decode(in, curvatureSize);
    }
    return decoded;
  }
}
