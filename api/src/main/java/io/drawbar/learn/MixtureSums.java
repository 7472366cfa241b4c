package io.drawbar.learn;

import io.drawbar.iterate.Partial;
import io.drawbar.math.ExactSums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Of each component, sums over the rows, each counted by its share in the component, about the
 * component's mean; and of all rows the logarithm of the density. Exact sums of what blocks amount
 * to.
 *
 * <p>With full covariances a component has the upper triangle, packed by rows, of the products of
 * its deviations and a one; with a diagonal, the deviations, their squares, and the shares.
 */
final class MixtureSums implements Partial<MixtureSums> {
  private final ExactSums sums;

  MixtureSums(CovarianceShape shape, int components, int elements) {
    this(new ExactSums(Math.toIntExact(length(shape, components, elements))));
  }

  private MixtureSums(ExactSums sums) {
    this.sums = sums;
  }

  /** How many sums a component has. */
  static long ofComponent(CovarianceShape shape, int elements) {
    return shape == CovarianceShape.FULL
        ? (elements + 1L) * (elements + 2L) / 2
        : 2L * elements + 1;
  }

  /** How many sums there are. */
  static long length(CovarianceShape shape, int components, int elements) {
    return components * ofComponent(shape, elements) + 1;
  }

  /** All of them: those of the components, one after the other, then the likelihood. */
  double[] rounded() {
    return sums.round();
  }

  /** Adds a block. */
  void add(double[] more) {
    sums.add(more);
  }

  @Override
  public void merge(MixtureSums other) {
    sums.merge(other.sums);
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    sums.encode(out);
  }

  static MixtureSums decode(DataInput in, CovarianceShape shape, int components, int elements)
      throws IOException {
    int length = Math.toIntExact(length(shape, components, elements));
    return new MixtureSums(ExactSums.decode(in, length));
  }
}
