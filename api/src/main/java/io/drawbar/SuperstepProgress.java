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
  private final Runnable stop;

  /**
   * A report.
   *
   * @param here how many of the supersteps were done in this process
   */
  SuperstepProgress(
      String name,
      long supersteps,
      OptionalInt most,
      OptionalDouble loss,
      Duration elapsed,
      long here,
      Runnable stop) {
    this.name = name;
    this.supersteps = supersteps;
    this.most = most;
    this.loss = loss;
    this.elapsed = elapsed;
    each = elapsed.dividedBy(Math.max(1, here));
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

  /** How long it takes at most from here, if supersteps go on as they have; empty if not known. */
  public Optional<Duration> left() {
    return most.isPresent()
        ? Optional.of(each.multipliedBy(Math.max(0, most.getAsInt() - supersteps)))
        : Optional.empty();
  }

  /**
   * Ends the iteration with the state so far as its result: what a person takes for good enough.
   */
  public void end() {
    stop.run();
  }
}
