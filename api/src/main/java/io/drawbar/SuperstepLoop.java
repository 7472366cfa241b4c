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
import java.util.function.Consumer;

/** Drives an iteration: superstep after superstep, with checkpoints, progress and an early end. */
final class SuperstepLoop<S, P extends Partial<P>> {
  private static final int LEAST_ROOM = 256;

  private final Superstep<S, P> superstep;
  private final Holding.Pass<P> pass;
  private final List<RunListener> listeners;
  private final Consumer<String> notices;
  private final Optional<Checkpoints> checkpoints;
  private final CheckpointPace pace;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private long done;

  /** After how many supersteps a state was put down last; the first is there anyway. */
  private long downAt;

  /** How many bytes the state had before. */
  private int stateBytes;

  SuperstepLoop(
      Superstep<S, P> superstep,
      Holding.Pass<P> pass,
      List<RunListener> listeners,
      Consumer<String> notices,
      Optional<Checkpoints> checkpoints,
      CheckpointPace pace) {
    this.superstep = superstep;
    this.pass = pass;
    this.listeners = listeners;
    this.notices = notices;
    this.checkpoints = checkpoints;
    this.pace = pace;
  }

  S run(S start) {
    S state = checkpoints.flatMap(Checkpoints::open).map(this::takenUp).orElse(start);
    try {
      state = advanced(state);
    } finally {
      listeners.forEach(listener -> ProgressWatch.safely(listener::superstepsEnded));
    }
    checkpoints.ifPresent(Checkpoints::clear);
    return state;
  }

  private S advanced(S from) {
    long begun = System.nanoTime();
    long first = done;
    S state = from;
    while (!superstep.isDone(state) && !stopped.get()) {
      state = next(state);
      done++;
      if (checkpoints.isPresent() && pace.isDue()) {
        putDown(encode(superstep, state));
      }
      tell(state, begun, first);
    }
    return state;
  }

  private S next(S state) {
    byte[] encoded = encode(superstep, state, stateBytes);
    stateBytes = encoded.length;
    try {
      if (Thread.interrupted()) { // an engine that is quick might not look
        throw new InterruptedException();
      }
      return superstep.next(state, pass.total(encoded));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      putDown(encoded);
      throw interrupted(e);
    } catch (EngineException e) {
      putDown(encoded);
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted(e);
      }
      String why = e.getMessage().endsWith(".") ? e.getMessage() : e.getMessage() + ".";
      throw new EngineException(
          "superstep %s of %s failed: %s %s"
              .formatted(done + 1, superstep.describe(), why, wayOn()),
          e);
    } catch (RuntimeException | Error e) {
      putDown(encoded);
      throw e;
    }
  }

  private EngineException interrupted(Exception cause) {
    return new EngineException(
        "%s was interrupted after %s supersteps. %s".formatted(superstep.describe(), done, wayOn()),
        cause);
  }

  private String wayOn() {
    return checkpoints
        .map(place -> "Train the same again, and it goes on from " + place.folder())
        .orElse("Nothing of it is kept: set drawbar.checkpoint.folder to be able to go on");
  }

  private S takenUp(Checkpoints.Checkpoint checkpoint) {
    done = checkpoint.supersteps();
    downAt = done;
    notices.accept(
        "%s goes on after %s supersteps, from a checkpoint in %s"
            .formatted(superstep.describe(), done, checkpoints.orElseThrow().folder()));
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
    if (checkpoints.isEmpty() || done == downAt) {
      return;
    }
    // Files refuse an interrupted thread.
    boolean wasInterrupted = Thread.interrupted();
    try {
      checkpoints.get().write(new Checkpoints.Checkpoint(done, state));
      downAt = done;
      pace.begin();
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
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
            Duration.ofNanos(System.nanoTime() - begun),
            done - first,
            () -> stopped.set(true));
    listeners.forEach(listener -> ProgressWatch.safely(() -> listener.superstep(progress)));
  }

  static <S> byte[] encode(Superstep<S, ?> superstep, S state) {
    return encode(superstep, state, 0);
  }

  /** Makes room for as many bytes as are likely: a large state is not copied again and again. */
  private static <S> byte[] encode(Superstep<S, ?> superstep, S state, int likely) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.max(LEAST_ROOM, likely));
    try {
      superstep.encodeState(state, new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }
}
