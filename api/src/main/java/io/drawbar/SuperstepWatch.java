package io.drawbar;

import io.drawbar.iterate.Superstep;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/** Tells listeners how far an iteration is, since it began or was taken up in this process. */
final class SuperstepWatch<S> {
  private final Superstep<S, ?> superstep;
  private final List<RunListener> listeners;
  private final EarlyEnd end;
  private final LongSupplier clock;
  private final long first;
  private final long begun;
  private final OptionalDouble distance;

  SuperstepWatch(
      Superstep<S, ?> superstep,
      List<RunListener> listeners,
      EarlyEnd end,
      LongSupplier clock,
      long first,
      S from) {
    this.superstep = superstep;
    this.listeners = listeners;
    this.end = end;
    this.clock = clock;
    this.first = first;
    begun = clock.getAsLong();
    distance = superstep.distance(from);
  }

  /**
   * A superstep has ended.
   *
   * @param done how many have, also before this process
   */
  void tell(S state, long done) {
    if (listeners.isEmpty()) {
      return;
    }
    SuperstepProgress progress =
        new SuperstepProgress(
            superstep.describe(),
            done,
            superstep.mostSupersteps(),
            superstep.loss(state),
            Duration.ofNanos(clock.getAsLong() - begun),
            done - first,
            supersteps(state, done),
            end::want);
    listeners.forEach(listener -> ProgressWatch.safely(() -> listener.superstep(progress)));
  }

  /** About how many are left, if the distance goes on to fall as it has. */
  private OptionalDouble supersteps(S state, long done) {
    OptionalDouble now = superstep.distance(state);
    if (distance.isEmpty() || now.isEmpty()) {
      return OptionalDouble.empty();
    }
    double fallen = distance.getAsDouble() - now.getAsDouble();
    return fallen > 0
        ? OptionalDouble.of(Math.max(0, now.getAsDouble()) / fallen * (done - first))
        : OptionalDouble.empty();
  }
}
