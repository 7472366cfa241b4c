package io.drawbar.internal.kernel;

import io.drawbar.iterate.Partial;
import io.drawbar.iterate.PartialForm;
import io.drawbar.spi.FrameMerger;

/** Merging of the frames that {@link FoldStep} makes. */
public final class Reduction {
  private Reduction() {}

  /** What merges the frames of partials. */
  public static <P extends Partial<P>> FrameMerger mergerOf(PartialForm<P> form) {
    return new ReducedFrame.Merger<>(form);
  }
}
