package io.drawbar.spi;

import java.io.Serializable;

/** Merges frames, commutatively and associatively in effect. */
@FunctionalInterface
public interface FrameMerger extends Serializable {
  /** One frame that stands for two. */
  byte[] merge(byte[] left, byte[] right);
}
