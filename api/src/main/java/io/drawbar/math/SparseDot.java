package io.drawbar.math;

import java.util.Arrays;

/**
 * Inner products of sparse vectors with the same weights, with the bits that {@link Dot} gives for
 * all elements.
 *
 * <p>Element {@code i} is added to lane {@code i mod 8} in order, as there. An element that is not
 * stored adds {@code 0.0 * weight}. Where the weight is finite that is a zero of either sign, and
 * adding one changes nothing: a lane starts at +0.0, and no rounded sum of +0.0 or of other numbers
 * with anything is -0.0. Where the weight is infinite or NaN it makes the lane, and so the result,
 * NaN; therefore such weights are counted.
 */
public final class SparseDot {
  private final double[] weights;
  private final int special;
  private final double[] lanes = new double[Dot.LANES];

  /** Inner products with these weights, one an element of the vectors. */
  public SparseDot(double[] weights) {
    this.weights = weights;
    int count = 0;
    for (double weight : weights) {
      count += Double.isFinite(weight) ? 0 : 1;
    }
    special = count;
  }

  /**
   * The inner product with one vector.
   *
   * @param indices the elements that are stored, ascending
   * @param values their values
   * @param from the first of both that counts
   * @param to the one after the last
   */
  public double dot(int[] indices, double[] values, int from, int to) {
    Arrays.fill(lanes, 0.0);
    int met = 0;
    for (int k = from; k < to; k++) {
      int index = indices[k];
      double weight = weights[index];
      lanes[index & (Dot.LANES - 1)] += values[k] * weight;
      if (special > 0 && !Double.isFinite(weight)) {
        met++;
      }
    }
    return met < special ? Double.NaN : Dot.combine(lanes);
  }
}
