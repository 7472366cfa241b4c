package io.drawbar.iterate;

import java.util.List;

/**
 * What a trainer computes where the data is: each block of rows is folded in order into a {@link
 * Partial}, and partials are merged exactly. The kernel itself is shipped to the tasks and holds
 * parameters only.
 *
 * @param <P> the partial
 */
public interface LeafKernel<P extends Partial<P>> extends PartialForm<P> {
  /** The columns that batches handed to {@link #open} have, in this order. */
  List<String> columns();

  /** A fold for one task. */
  BlockFold<P> open();
}
