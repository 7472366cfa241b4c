package io.drawbar;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** How far an iteration has come. */
public final class SuperstepProgress {
  private final String name;
  private final long supersteps;
  private final OptionalInt most;
  private final OptionalDouble loss;
  private final Duration elapsed;
  private final Duration each;
  private final OptionalDouble expected;
  private final Runnable stop;

  /**
   * A report.
   *
   * @param here how many of the supersteps were done in this process
   * @param expected about how many are left
   */
  SuperstepProgress(
      String name,
      long supersteps,
      OptionalInt most,
      OptionalDouble loss,
      Duration elapsed,
      long here,
      OptionalDouble expected,
      Runnable stop) {
    this.name = name;
    this.supersteps = supersteps;
    this.most = most;
    this.loss = loss;
    this.elapsed = elapsed;
    each = elapsed.dividedBy(Math.max(1, here));
    this.expected = expected;
    this.stop = stop;
  }

  /** What is computed. */
  public String name() {
    return name;
  }

  /** How many have been done, also before a checkpoint that it was taken up from. */
  public long supersteps() {
    return supersteps;
  }

  /** How many there are at most, as far as is known. */
  public OptionalInt most() {
    return most;
  }

  /** What is made smaller, of the state so far. */
  public OptionalDouble loss() {
    return loss;
  }

  /** How long it has taken so far, in this process. */
  public Duration elapsed() {
    return elapsed;
  }

  /** How long a superstep has taken, on average. */
  public Duration each() {
    return each;
  }

  /**
   * How long it takes from here, if supersteps go on as they have: about, where the superstep can
   * tell how near the end is ({@link io.drawbar.iterate.Superstep#distance}), at most otherwise;
   * empty if neither is known.
   */
  public Optional<Duration> left() {
    double most = this.most.isPresent() ? mostLeft() : Double.POSITIVE_INFINITY;
    double left = Math.min(most, expected.orElse(Double.POSITIVE_INFINITY));
    return Double.isInfinite(left)
        ? Optional.empty()
        : Optional.of(Duration.ofNanos((long) (left * each.toNanos())));
  }

  private long mostLeft() {
    return Math.max(0, most.getAsInt() - supersteps);
  }

  /** Whether {@link #left} is about right, and not just the most that it can be. */
  boolean isExpected() {
    return expected.isPresent() && !(most.isPresent() && expected.getAsDouble() > mostLeft());
  }

  /**
   * Ends the training early, with what a person takes for good enough: this iteration, and those
   * that follow over the same {@link HeldDataset}, end with the next state that can be a result
   * ({@link io.drawbar.iterate.Superstep#mayEnd}), if they do not end before; what a trainer needs
   * beyond it, such as the cost of the clusters as they are, it still computes. The provenance of
   * the model says after how many supersteps it was. May be called on any thread.
   */
  public void end() {
    stop.run();
  }
}
