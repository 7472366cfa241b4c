package io.drawbar.iterate;

import java.io.DataInput;
import java.io.IOException;
import java.io.Serializable;

/**
 * What merging needs to know of a {@link Partial}: what it is of no rows, and how its bytes are
 * read. Ships to wherever partials meet.
 *
 * @param <P> the partial
 */
public interface PartialForm<P extends Partial<P>> extends Serializable {
  /** A partial of no rows: merging it changes nothing. */
  P identity();

  /**
   * Reads what {@link Partial#encode} wrote; checks sizes before allocating.
   *
   * @throws IOException if the bytes are not such a partial
   */
  P decode(DataInput in) throws IOException;
}
