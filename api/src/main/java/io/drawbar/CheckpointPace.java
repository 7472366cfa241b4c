package io.drawbar;

import java.util.concurrent.TimeUnit;

/** When the next checkpoint is due: after so many supersteps, or so much time. */
final class CheckpointPace {
  private final int supersteps;
  private final long nanos;
  private int since;
  private long begun = System.nanoTime();

  CheckpointPace(int supersteps, int seconds) {
    this.supersteps = supersteps;
    nanos = TimeUnit.SECONDS.toNanos(seconds);
  }

  /** A superstep has ended: whether a checkpoint should follow. */
  boolean isDue() {
    since++;
    return since >= supersteps || System.nanoTime() - begun >= nanos;
  }

  /** A checkpoint has been made. */
  void begin() {
    since = 0;
    begun = System.nanoTime();
  }
}
