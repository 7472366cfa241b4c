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
 */
final class LogisticSums implements Partial<LogisticSums> {
  final ExactSums sums;
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
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    out.writeDouble(least);
    sums.encode(out);
  }

  static LogisticSums decode(DataInput in, int size) throws IOException {
    double least = in.readDouble();
    LogisticSums decoded = new LogisticSums(ExactSums.decode(in, size));
    decoded.least = least;
    return decoded;
  }
}
