package io.drawbar;

import io.drawbar.error.DrawbarException;
import io.drawbar.iterate.Partial;
import io.drawbar.iterate.Superstep;
import io.drawbar.spi.EngineException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Drives an iteration: superstep after superstep, with checkpoints, progress and an early end. */
final class SuperstepLoop<S, P extends Partial<P>> {
  private final Superstep<S, P> superstep;
  private final Holding.Pass<P> pass;
  private final List<RunListener> listeners;
  private final Optional<Checkpoints> checkpoints;
  private final CheckpointPace pace;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private long done;

  SuperstepLoop(
      Superstep<S, P> superstep,
      Holding.Pass<P> pass,
      List<RunListener> listeners,
      Optional<Checkpoints> checkpoints,
      CheckpointPace pace) {
    this.superstep = superstep;
    this.pass = pass;
    this.listeners = listeners;
    this.checkpoints = checkpoints;
    this.pace = pace;
  }

  S run(S start) {
    S state = checkpoints.flatMap(Checkpoints::newest).map(this::takenUp).orElse(start);
    long begun = System.nanoTime();
    long first = done;
    while (!superstep.isDone(state) && !stopped.get()) {
      byte[] encoded = encode(superstep, state);
      P total;
      try {
        total = pass.total(encoded);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw interrupted(encoded, e);
      } catch (EngineException e) {
        putDown(encoded);
        throw e;
      }
      state = superstep.next(state, total);
      done++;
      if (checkpoints.isPresent() && pace.isDue()) {
        putDown(encode(superstep, state));
      }
      tell(state, begun, first);
    }
    checkpoints.ifPresent(Checkpoints::clear);
    return state;
  }

  private S takenUp(Checkpoints.Checkpoint checkpoint) {
    done = checkpoint.supersteps();
    String notice =
        "%s goes on after %s supersteps, from a checkpoint in %s"
            .formatted(superstep.describe(), done, checkpoints.orElseThrow().folder());
    listeners.forEach(listener -> ProgressWatch.safely(() -> listener.notice(notice)));
    try {
      return superstep.decodeState(
          new DataInputStream(new ByteArrayInputStream(checkpoint.state())));
    } catch (IOException e) {
      throw new DrawbarException(
          "the checkpoint in %s is none of %s: %s; remove it"
              .formatted(checkpoints.orElseThrow().folder(), superstep.describe(), e.getMessage()),
          e);
    }
  }

  private void putDown(byte[] state) {
    checkpoints.ifPresent(place -> place.write(new Checkpoints.Checkpoint(done, state)));
    pace.begin();
  }

  private EngineException interrupted(byte[] state, InterruptedException cause) {
    // Files refuse an interrupted thread.
    boolean wasInterrupted = Thread.interrupted();
    try {
      putDown(state);
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
    String wayOn =
        checkpoints
            .map(place -> "train the same again, and it goes on from " + place.folder())
            .orElse("nothing of it is kept; set drawbar.checkpoint.folder to be able to go on");
    return new EngineException(
        "%s was interrupted after %s supersteps: %s".formatted(superstep.describe(), done, wayOn),
        cause);
  }

  private void tell(S state, long begun, long first) {
    if (listeners.isEmpty()) {
      return;
    }
    SuperstepProgress progress =
        new SuperstepProgress(
            superstep.describe(),
            done,
            superstep.mostSupersteps(),
            superstep.loss(state),
            Duration.ofNanos((System.nanoTime() - begun) / Math.max(1, done - first)),
            () -> stopped.set(true));
    listeners.forEach(listener -> ProgressWatch.safely(() -> listener.superstep(progress)));
  }

  static <S> byte[] encode(Superstep<S, ?> superstep, S state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      superstep.encodeState(state, new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }
}
