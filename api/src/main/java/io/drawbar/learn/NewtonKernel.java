package io.drawbar.learn;

import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/**
 * What a step in coordinates does to rows: {@link NewtonSums}.
 *
 * @param columns features, label and, if there is one, weight
 * @param classes how many there are
 * @param place where it begins
 * @param step the difference to where it ends
 */
record NewtonKernel(
    List<String> columns, int classes, Coordinates coordinates, double[] place, double[] step)
    implements LeafKernel<NewtonSums> {
  private static final long serialVersionUID = 1;

  @Override
  public NewtonSums identity() {
    return new NewtonSums(size());
  }

  /** For each margin the slopes along coefficients; then those along intercepts. */
  int size() {
    return Math.multiplyExact(coordinates.margins(), coordinates.elements() + 1);
  }

  @Override
  public BlockFold<NewtonSums> open() {
    return new NewtonFold(this);
  }

  @Override
  public NewtonSums decode(DataInput in) throws IOException {
    return NewtonSums.decode(in, size());
  }
}
