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
import java.util.List;
import java.util.Optional;
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
  private final EarlyEnd end;
  private long done;

  /** After how many supersteps a state was put down last; the first is there anyway. */
  private long downAt;

  /** How many bytes the state had before. */
  private int stateBytes;

  /**
   * An iteration to come.
   *
   * @param checkpoints where states are put down; they are left there, the last one, too
   */
  SuperstepLoop(
      Superstep<S, P> superstep,
      Holding.Pass<P> pass,
      List<RunListener> listeners,
      Consumer<String> notices,
      Optional<Checkpoints> checkpoints,
      CheckpointPace pace,
      EarlyEnd end) {
    this.superstep = superstep;
    this.pass = pass;
    this.listeners = listeners;
    this.notices = notices;
    this.checkpoints = checkpoints;
    this.pace = pace;
    this.end = end;
  }

  S run(S start) {
    S state = checkpoints.flatMap(Checkpoints::open).map(this::takenUp).orElse(start);
    try {
      state = advanced(state);
    } finally {
      listeners.forEach(listener -> ProgressWatch.safely(listener::superstepsEnded));
    }
    end.ended(done, !superstep.isDone(state));
    if (superstep.isDone(state) && superstep.hasRunOut(state)) {
      notices.accept(
          "%s ended after %s supersteps because no more were allowed (withMostSteps); with more its result may be another"
              .formatted(superstep.describe(), done));
    }
    return state;
  }

  private S advanced(S from) {
    SuperstepWatch<S> watch =
        new SuperstepWatch<>(superstep, listeners, end, System::nanoTime, done, from);
    S state = from;
    byte[] encoded = null;
    while (!superstep.isDone(state) && !endsEarly(state)) {
      state = next(state, encoded == null ? encoded(state) : encoded);
      encoded = null;
      done++;
      if (checkpoints.isPresent() && pace.isDue()) {
        encoded = encoded(state);
        putDown(encoded);
      }
      watch.tell(state, done);
    }
    if (checkpoints.isPresent()) { // what follows it may be broken off
      putDown(encoded == null ? encoded(state) : encoded);
    }
    return state;
  }

  /** Nobody has computed the first state: it is no result. */
  private boolean endsEarly(S state) {
    return end.isWanted() && done > 0 && superstep.mayEnd(state);
  }

  private byte[] encoded(S state) {
    byte[] encoded = encode(superstep, state, stateBytes);
    stateBytes = encoded.length;
    return encoded;
  }

  private S next(S state, byte[] encoded) {
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
    if (checkpoints.isEmpty()) {
      return "Nothing of it is kept: set drawbar.checkpoint.folder to be able to go on";
    }
    String folder = checkpoints.get().folder();
    return downAt > 0
        ? "Train the same again, and it goes on after %s supersteps, from %s"
            .formatted(downAt, folder)
        : "Nothing of it is kept: there is no checkpoint in " + folder;
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
      if (checkpoints.get().write(new Checkpoints.Checkpoint(done, state))) {
        downAt = done;
      }
      pace.begin();
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
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
