package io.drawbar.iterate;

import java.io.DataInput;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * What a trainer computes where the data is: each block of rows is folded in order into a {@link
 * Partial}, and partials are merged exactly. The kernel itself is shipped to the tasks and holds
 * parameters only.
 *
 * @param <P> the partial
 */
public interface LeafKernel<P extends Partial<P>> extends Serializable {
  /** The columns that batches handed to {@link #open} have, in this order. */
  List<String> columns();

  /** A partial of no rows: merging it changes nothing. */
  P identity();

  /** A fold for one task. */
  BlockFold<P> open();

  /**
   * Reads what {@link Partial#encode} wrote; checks sizes before allocating.
   *
   * @throws IOException if the bytes are not such a partial
   */
  P decode(DataInput in) throws IOException;
}
