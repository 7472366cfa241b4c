package io.drawbar.learn;

import io.drawbar.iterate.Partial;
import io.drawbar.math.ExactSums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The information of some blocks: for each pair of margins, of which the second is not before the
 * first, a triangle of coefficients, packed by rows.
 */
record InformationSums(ExactSums sums) implements Partial<InformationSums> {
  InformationSums(int size) {
    this(new ExactSums(size));
  }

  @Override
  public void merge(InformationSums other) {
    sums.merge(other.sums);
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    sums.encode(out);
  }

  static InformationSums decode(DataInput in, int size) throws IOException {
    return new InformationSums(ExactSums.decode(in, size));
  }
}
