package io.drawbar;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How far an iteration has come.
 *
 * @param name what is computed
 * @param supersteps how many have been done, also before a checkpoint that it was taken up from
 * @param most how many there are at most, as far as is known
 * @param loss what is made smaller, of the state so far
 * @param each how long a superstep has taken, on average
 * @param stop see {@link #stop()}
 */
public record SuperstepProgress(
    String name,
    long supersteps,
    OptionalInt most,
    OptionalDouble loss,
    Duration each,
    Runnable stop) {
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
