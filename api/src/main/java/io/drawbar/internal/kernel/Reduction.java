package io.drawbar.internal.kernel;

import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import io.drawbar.spi.FrameMerger;

/** Merging of the frames that {@link FoldStep} makes. */
public final class Reduction {
  private Reduction() {}

  /** What merges the frames of a kernel's partials. */
  public static <P extends Partial<P>> FrameMerger mergerOf(LeafKernel<P> kernel) {
    return new ReducedFrame.Merger<>(kernel);
  }
}
