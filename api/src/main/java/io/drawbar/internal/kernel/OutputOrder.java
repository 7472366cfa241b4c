package io.drawbar.internal.kernel;

/** Whether anybody looks at the order in which rows come out, and at their units and blocks. */
public enum OutputOrder {
  /** Somebody does: it must be the same everywhere. */
  OBSERVED,
  /** Nobody does: whatever comes first. */
  FREE
}
