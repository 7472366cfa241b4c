package io.drawbar.expr;

import java.util.List;

/**
 * The index of the nearest of some centres, from 0, by the squared distance of Euclid, each as
 * {@code io.drawbar.math.NearestCentre} computes it; of equally near ones the first. Null if the
 * vector is, or has an element that is NaN.
 *
 * @param vector a vector of as many elements as each centre has
 * @param centres at least one; finite
 */
public record Nearest(Expr vector, List<List<Double>> centres) implements Expr {
  public Nearest {
    centres = centres.stream().map(List::copyOf).toList();
    if (centres.isEmpty() || centres.get(0).isEmpty()) {
      throw new IllegalArgumentException("there is no nearest of no centres");
    }
    int elements = centres.get(0).size();
    for (List<Double> centre : centres) {
      if (centre.size() != elements || !centre.stream().allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            "each centre has as many elements, all finite; beside one of %s there is %s"
                .formatted(elements, centre));
      }
    }
  }

  @Override
  public <T> T accept(ExprVisitor<T> visitor) {
    return visitor.nearest(this);
  }

  @Override
  public String toString() {
    return "nearest(" + vector + ", " + centres.size() + " centres)";
  }
}
