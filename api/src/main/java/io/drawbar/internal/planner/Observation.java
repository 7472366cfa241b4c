package io.drawbar.internal.planner;

import io.drawbar.iterate.LeafKernel;
import io.drawbar.spi.Sink;

/** How the rows of a plan are looked at: what ends its last stage. */
public sealed interface Observation {
  /** They come to the driver, in order. */
  record Collect() implements Observation {}

  /** They are written, in order. */
  record Write(Sink sink) implements Observation {}

  /** Their blocks are folded, in order. */
  record Fold(LeafKernel<?> kernel) implements Observation {}
}
