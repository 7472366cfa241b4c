package io.drawbar.learn;

import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/**
 * Second moments of a vector column, and of a label and with weights, if there are such, in one
 * pass.
 *
 * @param columns the vector column; then the label, a LONG, DOUBLE or BOOLEAN column; then the
 *     weight, a LONG or DOUBLE column
 * @param elements how many the vector has
 */
record MomentKernel(List<String> columns, int elements) implements LeafKernel<Moments> {
  private static final long serialVersionUID = 1;

  /** Moments of features and a label. */
  MomentKernel(String features, String label, int elements) {
    this(List.of(features, label), elements);
  }

  /** Moments of features alone. */
  MomentKernel(String features, int elements) {
    this(List.of(features), elements);
  }

  /** How many columns the moments have. */
  private int width() {
    return columns.size() == 1 ? elements : elements + 1;
  }

  @Override
  public Moments identity() {
    return new Moments(width());
  }

  @Override
  public BlockFold<Moments> open() {
    return new MomentFold(elements, width(), columns.size() == 3);
  }

  @Override
  public Moments decode(DataInput in) throws IOException {
    return Moments.decode(in, width());
  }
}
