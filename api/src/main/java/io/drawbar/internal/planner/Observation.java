package io.drawbar.internal.planner;

import io.drawbar.iterate.LeafKernel;
import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.Sink;

/** How the rows of a plan are looked at: what ends its last stage. */
public sealed interface Observation {
  /** They come to the driver, in order. */
  record Collect() implements Observation {}

  /**
   * They are written, in order.
   *
   * @param protocol the sink's, of this run: what the driver begins is what the tasks get
   */
  record Write(Sink sink, CommitProtocol protocol) implements Observation {}

  /** Their blocks are folded, in order. */
  record Fold(LeafKernel<?> kernel) implements Observation {}
}
