package io.drawbar.learn;

import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/**
 * Second moments of a vector column and of a label, if there is one, in one pass.
 *
 * @param features the vector column
 * @param label none, or the label, a LONG, DOUBLE or BOOLEAN column
 * @param elements how many the vector has
 */
record MomentKernel(String features, List<String> label, int elements)
    implements LeafKernel<Moments> {
  private static final long serialVersionUID = 1;

  /** Moments of features and a label. */
  MomentKernel(String features, String label, int elements) {
    this(features, List.of(label), elements);
  }

  /** Moments of features alone. */
  MomentKernel(String features, int elements) {
    this(features, List.of(), elements);
  }

  /** How many columns the moments have. */
  private int width() {
    return elements + label.size();
  }

  @Override
  public List<String> columns() {
    return label.isEmpty() ? List.of(features) : List.of(features, label.get(0));
  }

  @Override
  public Moments identity() {
    return new Moments(width());
  }

  @Override
  public BlockFold<Moments> open() {
    return new MomentFold(elements, width());
  }

  @Override
  public Moments decode(DataInput in) throws IOException {
    return Moments.decode(in, width());
  }
}
