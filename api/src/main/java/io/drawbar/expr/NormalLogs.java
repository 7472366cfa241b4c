package io.drawbar.expr;

import java.util.List;

/**
 * For each of some normal densities, its logarithm at a vector, times a constant: {@code c_k - |W_k
 * (x - m_k)|^2 / 2}, each as {@code io.drawbar.math.LogDensities} computes it. Null if the vector
 * is; NaN where an element is, or where infinities meet.
 *
 * @param vector a vector of as many elements as each mean has
 * @param means of each density, at least one; finite
 * @param factors of each density, the rows of the lower triangle W one after the other, or, of all
 *     densities, the elements of a diagonal W; finite
 * @param constants of each density; minus infinity for one that counts for nothing
 */
public record NormalLogs(
    Expr vector, List<List<Double>> means, List<List<Double>> factors, List<Double> constants)
    implements Expr {
  public NormalLogs {
    means = means.stream().map(List::copyOf).toList();
    factors = factors.stream().map(List::copyOf).toList();
    constants = List.copyOf(constants);
    int size = means.size();
    if (size == 0 || means.get(0).isEmpty() || factors.size() != size || constants.size() != size) {
      throw new IllegalArgumentException(
          "%s means, %s factors and %s constants are no densities"
              .formatted(size, factors.size(), constants.size()));
    }
    int elements = means.get(0).size();
    int numbers = factors.get(0).size();
    boolean valid = numbers == elements || numbers == (long) elements * (elements + 1) / 2;
    for (int k = 0; k < size; k++) {
      valid &= means.get(k).size() == elements && factors.get(k).size() == numbers;
      valid &= means.get(k).stream().allMatch(Double::isFinite);
      valid &= factors.get(k).stream().allMatch(Double::isFinite);
      valid &= constants.get(k) < Double.POSITIVE_INFINITY;
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "each mean has %s elements and each factor %s numbers, all finite"
              .formatted(elements, numbers));
    }
  }

  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.normalLogs(this);
  }

  @Override
  public String toString() {
    return "normalLogs(" + vector + ", " + means.size() + " densities)";
  }
}
