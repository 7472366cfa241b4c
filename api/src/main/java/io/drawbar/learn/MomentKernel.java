package io.drawbar.learn;

import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/**
 * Second moments of a vector column and a label, in one pass.
 *
 * @param features the vector column
 * @param label the label, a LONG, DOUBLE or BOOLEAN column
 * @param elements how many the vector has
 */
record MomentKernel(String features, String label, int elements) implements LeafKernel<Moments> {
  private static final long serialVersionUID = 1;

  @Override
  public List<String> columns() {
    return List.of(features, label);
  }

  @Override
  public Moments identity() {
    return new Moments(elements + 1);
  }

  @Override
  public BlockFold<Moments> open() {
    return new MomentFold(elements + 1);
  }

  @Override
  public Moments decode(DataInput in) throws IOException {
    return Moments.decode(in, elements + 1);
  }
}
