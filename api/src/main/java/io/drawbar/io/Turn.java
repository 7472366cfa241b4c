package io.drawbar.io;

import io.drawbar.error.DrawbarException;
import io.drawbar.spi.FileSystem;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The turn to change what is at a place: a hidden folder next to it, {@code
 * out/.result.drawbar-turn} for {@code out/result}, that only one run has at a time. A run makes
 * its output ready in {@code turn/<run>/ready/output} of its own hidden folder and takes the turn
 * by renaming {@code turn}, which fails if somebody has it. While the run may live, nobody else
 * changes anything in the turn or at the place. It looks whether the place is as it was when it
 * began, and then decides by renaming {@code ready}; from there on there is no way but forward. At
 * the end it moves {@code <run>} out, and what remains, an empty folder, is nobody's turn.
 *
 * <table>
 *   <caption>What is in {@code turn/<run>}, and what is done next</caption>
 *   <tr><td>{@code ready}</td><td>nothing is decided: nothing has been changed</td></tr>
 *   <tr><td>{@code create/output}</td><td>goes to the place, where nothing is</td></tr>
 *   <tr><td>{@code replace/output}</td><td>a file takes the place of the old one in one step, where
 *     the file system can; else what is there becomes {@code old}, then it goes there</td></tr>
 *   <tr><td>{@code add/output}</td><td>its files go into the folder, one by one</td></tr>
 *   <tr><td>nothing of that</td><td>all is done</td></tr>
 * </table>
 *
 * <p>Of a run that is over, and only of one, another takes the turn over by renaming {@code <run>}
 * to its own name, and does what is left. All names in a turn are below that of the run that has
 * it, so whatever a run does that somebody has falsely said to be over can only fail.
 */
final class Turn {
  /** What was decided. */
  enum Decision {
    CREATE,
    REPLACE,
    ADD;

    final String folder = name().toLowerCase(Locale.ROOT);
  }

  /**
   * What is left to do of a turn.
   *
   * @param owner who has it
   * @param output what is still to get to the place
   */
  record Pending(RunId owner, Decision decision, String output) {}

  private static final String READY = "/ready";
  private static final String OLD = "/old";
  private static final String OUTPUT = "/output";
  static final String PURPOSE = "turn";
  private static final int MOST_TRIES = 20;
  private static final int MOST_TURNS = 4;
  private static final long PAUSE_NANOS = 20_000_000;

  private final FileSystem system;
  private final String target;
  private final RunId run;
  private final String path;
  private final String mine;
  private final String home;

  /** The turn as a run sees it. */
  Turn(FileSystem system, String target, RunId run) {
    this.system = system;
    this.target = target;
    this.run = run;
    path = hidden(target, PURPOSE);
    mine = path + "/" + run;
    home = hidden(target, run.toString());
  }

  /** The hidden folder next to an output that is for something, or for a run. */
  static String hidden(String target, String purpose) {
    int slash = target.lastIndexOf('/');
    return "%s.%s.drawbar-%s"
        .formatted(target.substring(0, slash + 1), target.substring(slash + 1), purpose);
  }

  /** Where a run makes ready what it will put at a place, or add to what is there. */
  static String output(String target, RunId run) {
    return hidden(target, run.toString()) + "/turn/" + run + READY + OUTPUT;
  }

  /** Who has the turn; empty if nobody has. */
  static Optional<RunId> owner(FileSystem system, String target) throws IOException {
    try {
      // Of several, which can only be while one gives it back, the first will do.
      return system.entries(hidden(target, PURPOSE)).stream()
          .sorted()
          .flatMap(name -> RunId.of(name).stream())
          .findFirst();
    } catch (MissingFileException e) {
      return Optional.empty();
    }
  }

  /** What has been decided and is still to be done by whoever has the turn. */
  static Optional<Pending> pending(FileSystem system, String target) throws IOException {
    Optional<RunId> owner = owner(system, target);
    if (owner.isEmpty()) {
      return Optional.empty();
    }
    String folder = hidden(target, PURPOSE) + "/" + owner.get();
    for (Decision decision : Decision.values()) {
      String output = folder + "/" + decision.folder + OUTPUT;
      if (system.exists(output)) {
        return Optional.of(new Pending(owner.get(), decision, output));
      }
    }
    return Optional.empty();
  }

  /**
   * Takes the turn.
   *
   * @throws TargetBusyException if a run has it that may be at work
   */
  void take() throws IOException {
    IOException failure = null;
    for (int tries = 0; tries < MOST_TURNS; tries++) {
      recover(false);
      refuseTaken();
      try {
        system.rename(home + "/turn", path);
        return;
      } catch (IOException e) {
        if (system.exists(mine)) {
          return; // it was done, but that was not heard
        }
        failure = e;
      }
      refuseTaken();
      system.deleteEmptyFolder(path);
    }
    throw failure;
  }

  /** Fails if somebody has the turn. */
  void refuseTaken() throws IOException {
    Optional<RunId> owner = owner(system, target);
    if (owner.isEmpty() || owner.get().equals(run)) {
      return;
    }
    String who = owner.get().shown();
    if (owner.get().life() != RunId.Life.UNKNOWN) {
      throw new TargetBusyException(
          "another run writes to %s at this moment, %s. Nothing was written; run again when that has ended."
              .formatted(target, who));
    }
    throw new TargetBusyException(
        ("another run was writing to %s, %s, which cannot be asked from here whether it still is; its"
                + " output is %s. Nothing was written. If that run has ended, run again; if it was"
                + " killed, call OutputRecovery.recover(\"%s\"), or run again on that machine. Delete"
                + " nothing in %s: it may hold the only copy.")
            .formatted(
                target,
                who,
                pending(system, target).isPresent()
                    ? "decided on but not all at its place"
                    : "not decided on, or complete",
                target,
                path));
  }

  /**
   * Decides, if the place is as the run saw it when it began.
   *
   * @return false, with the turn given back, if it is not
   */
  boolean decide(Decision decision, Optional<OutputState> seen) throws IOException {
    try {
      Optional<String> now = OutputState.of(system, target).map(OutputState::version);
      if (!now.equals(seen.map(OutputState::version))) {
        release();
        return false;
      }
      system.rename(mine + READY, mine + "/" + decision.folder);
      return true;
    } catch (IOException | DrawbarException e) {
      if (!isReady(e)) {
        return true; // it was done, but that was not heard
      }
      release();
      throw e instanceof IOException failure ? failure : new IOException(e.getMessage(), e);
    }
  }

  private boolean isReady(Exception failure) {
    try {
      return retried(() -> system.exists(mine + READY));
    } catch (IOException e) {
      throw new UnfinishedCommitException(
          ("it cannot be known whether the output %s is decided on: %s. The next run that writes there"
                  + " completes it or undoes it, or OutputRecovery.recover(\"%s\"), which says which.")
              .formatted(target, failure.getMessage(), target),
          failure);
    }
  }

  /**
   * Does what was decided, and gives the turn back.
   *
   * @return false if nothing was done, since somebody has put something where nothing was
   * @throws UnfinishedCommitException if it cannot all be done
   */
  boolean complete() {
    try {
      boolean isDone = retried(this::step);
      release();
      return isDone;
    } catch (IOException | DrawbarException e) {
      throw new UnfinishedCommitException(
          ("the output %s is decided on, but could not all be brought to its place: %s. Do not run"
                  + " again: the next run that writes there completes it, or"
                  + " OutputRecovery.recover(\"%s\"); readers of this library see it complete. What"
                  + " is still to be moved is in %s; delete nothing there.")
              .formatted(target, e.getMessage(), target, mine),
          e);
    }
  }

  /** Gives the turn back; a failure is the next run's to mend. */
  private void release() {
    try {
      retried(
          () -> {
            if (system.exists(mine)) {
              system.rename(mine, home + "/done");
            }
            return system.deleteEmptyFolder(path);
          });
    } catch (IOException | DrawbarException e) {
      // Nothing is left to do in it, so whoever comes next gives it back.
    }
  }

  /**
   * Takes the turn over from a run that is over, and does what it has decided.
   *
   * @param isSaid whether somebody says that a run is over of which that cannot be known
   */
  OutputRecovery.Outcome recover(boolean isSaid) throws IOException {
    OutputRecovery.Outcome outcome = OutputRecovery.Outcome.NOTHING_LEFT;
    for (int tries = 0; tries < MOST_TURNS; tries++) {
      Optional<RunId> owner = owner(system, target);
      if (owner.isEmpty()) {
        if (system.exists(path)) {
          system.deleteEmptyFolder(path);
        }
        return outcome;
      }
      RunId.Life life = owner.get().life();
      boolean isOver = life == RunId.Life.IS_OVER || isSaid && life == RunId.Life.UNKNOWN;
      if (!isOver) {
        return outcome;
      }
      try {
        system.rename(path + "/" + owner.get(), mine);
      } catch (IOException e) {
        if (!system.exists(mine)) {
          continue; // somebody else does it
        }
      }
      boolean isDecided = !system.exists(mine + READY);
      boolean isDone = isDecided && complete();
      if (!isDecided) {
        release();
      }
      system.delete(home + "/done");
      outcome = isDone ? OutputRecovery.Outcome.COMPLETED : OutputRecovery.Outcome.UNDONE;
    }
    return outcome;
  }

  /** Something that may be done again when it fails. */
  @FunctionalInterface
  private interface Step {
    boolean run() throws IOException;
  }

  private static boolean retried(Step step) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return step.run();
      } catch (IOException e) {
        if (tries == MOST_TRIES) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** Does all that is left; may be called again after a failure. */
  private boolean step() throws IOException {
    if (!system.exists(mine)) {
      throw new CommitException(
          "somebody has taken the turn over, and has completed or undone it: look at the place");
    }
    for (Decision decision : Decision.values()) {
      String output = mine + "/" + decision.folder + OUTPUT;
      if (system.exists(output)) {
        return switch (decision) {
          case CREATE -> create(output);
          case REPLACE -> replace(output);
          case ADD -> add(output);
        };
      }
    }
    return true;
  }

  private boolean create(String output) throws IOException {
    if (!system.exists(target)) {
      system.rename(output, target);
      return true;
    }
    // A file has two names for a moment while it is moved by links.
    return !system.isFolder(target) && isSame(output, target);
  }

  private boolean replace(String output) throws IOException {
    boolean isThere = system.exists(target);
    boolean isAside = system.exists(mine + OLD);
    if (isThere && isAside) {
      removeLink(output);
      isThere = false;
    }
    if (isThere) {
      if (system.replace(output, target)) {
        return true;
      }
      system.rename(target, mine + OLD);
    }
    system.rename(output, target);
    return true;
  }

  /** Of a file that was being moved by links both names are there, and one of them goes. */
  private void removeLink(String output) throws IOException {
    boolean isLink =
        !system.isFolder(target) && (isSame(target, mine + OLD) || isSame(target, output));
    if (!isLink) {
      throw new CommitException(
          "something else has come to the place; move that away: what was there before is in %s, what is to be there in %s"
              .formatted(mine + OLD, output));
    }
    system.delete(target);
  }

  private boolean add(String output) throws IOException {
    addAll(output, target);
    // Now it is seen that nothing is left, whatever empty folders there are.
    system.delete(output);
    return true;
  }

  private void addAll(String from, String to) throws IOException {
    for (String name : system.entries(from).stream().sorted().toList()) {
      String inner = from + "/" + name;
      if (system.isFolder(inner)) {
        addAll(inner, to + "/" + name);
      } else {
        move(inner, to + "/" + name);
      }
    }
  }

  private void move(String from, String to) throws IOException {
    if (!system.exists(to)) {
      system.createFolder(to.substring(0, to.lastIndexOf('/')));
      system.rename(from, to);
    } else if (isSame(from, to)) {
      system.delete(from);
    } else {
      throw new CommitException(
          "%s is there, and is not what is to be there: move it away".formatted(to));
    }
  }

  private boolean isSame(String one, String other) throws IOException {
    List<String> versions =
        List.of(
            OutputState.of(system, one).map(OutputState::version).orElse("one"),
            OutputState.of(system, other).map(OutputState::version).orElse("other"));
    return versions.get(0).equals(versions.get(1));
  }
}
