package io.drawbar.learn;

import io.drawbar.iterate.Partial;
import io.drawbar.math.ExactSums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a step does to the rows of some blocks: the slopes of the loss where it ends, for each
 * margin along the coefficients as given, then along the intercepts; and by how much, of any row of
 * a weight above 0, the lead of its class before another grows, at most.
 */
final class NewtonSums implements Partial<NewtonSums> {
  final ExactSums sums;
  double greatest = Double.NEGATIVE_INFINITY;

  NewtonSums(int size) {
    this(new ExactSums(size));
  }

  private NewtonSums(ExactSums sums) {
    this.sums = sums;
  }

  @Override
  public void merge(NewtonSums other) {
    sums.merge(other.sums);
    greatest = Math.max(greatest, other.greatest);
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    out.writeDouble(greatest);
    sums.encode(out);
  }

  static NewtonSums decode(DataInput in, int size) throws IOException {
    double greatest = in.readDouble();
    NewtonSums decoded = new NewtonSums(ExactSums.decode(in, size));
    decoded.greatest = greatest;
    return decoded;
  }
}
