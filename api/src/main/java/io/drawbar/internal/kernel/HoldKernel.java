package io.drawbar.internal.kernel;

import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/**
 * How what tasks hold is merged; {@link HoldStep} does the rest.
 *
 * @param columns the columns that are held
 */
public record HoldKernel(List<String> columns) implements LeafKernel<HeldSet> {
  private static final long serialVersionUID = 1;

  /** Copies the names. */
  public HoldKernel {
    columns = List.copyOf(columns);
  }

  @Override
  public HeldSet identity() {
    return HeldSet.empty();
  }

  @Override
  public BlockFold<HeldSet> open() {
    throw new UnsupportedOperationException("rows are held by a step of its own");
  }

  @Override
  public HeldSet decode(DataInput in) throws IOException {
    return HeldSet.decode(in);
  }
}
