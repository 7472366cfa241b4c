package io.drawbar;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** When the next checkpoint is due: after so many supersteps, or so much time. */
final class CheckpointPace {
  private final int supersteps;
  private final long nanos;
  private final LongSupplier clock;
  private int since;
  private long begun;

  CheckpointPace(int supersteps, int seconds) {
    this(supersteps, seconds, System::nanoTime);
  }

  /**
   * By a given clock.
   *
   * @param clock nanoseconds since any time
   */
  CheckpointPace(int supersteps, int seconds, LongSupplier clock) {
    this.supersteps = supersteps;
    this.clock = clock;
    nanos = TimeUnit.SECONDS.toNanos(seconds);
    begin();
  }

  /** A superstep has ended: whether a checkpoint should follow. */
  boolean isDue() {
    since++;
    return since >= supersteps || clock.getAsLong() - begun >= nanos;
  }

  /** A checkpoint has been made, or tried: the next is due as much later. */
  void begin() {
    since = 0;
    begun = clock.getAsLong();
  }
}
