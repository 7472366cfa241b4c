package io.drawbar.io;

import io.drawbar.error.DrawbarException;
import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.PartFile;
import io.drawbar.spi.PartReceipt;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A commit by renames. Attempts write, before it is known which of them count, to a hidden folder
 * next to the target, {@code out/.result.drawbar-<run>/attempts/} for {@code out/result}. The
 * commit makes the whole output of the parts that count beside them, and takes its {@link Turn}, in
 * which it is seen whether the target is still what it was, and changed.
 */
abstract sealed class RenamingCommit implements CommitProtocol permits FolderCommit, FileCommit {
  private static final long serialVersionUID = 2;
  private static final int MOST_TRIES = 20;
  private static final int MOST_LOOKS = 3;
  private static final long PAUSE_NANOS = 20_000_000;
  private static final Logger LOG = LoggerFactory.getLogger(RenamingCommit.class);

  final FileSystem system;
  final String target;
  final OutputMode mode;
  private final String kind;
  private String run;
  private String folder;

  /** What was there when the run began; null if there was nothing. */
  private OutputState seen;

  private boolean isPrepared;

  /**
   * A commit.
   *
   * @param kind what it will be, for messages: folder or file
   */
  RenamingCommit(FileSystem system, String target, OutputMode mode, String kind) {
    this.system = system;
    this.target = target;
    this.mode = mode;
    this.kind = kind;
    String name = target.substring(target.lastIndexOf('/') + 1);
    if (name.isBlank() || name.equals(".") || name.equals("..")) {
      throw new CommitException("'%s' does not name a %s to write".formatted(target, kind));
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws TargetExistsException if something is at the target that is to be created
   * @throws CommitException if the folders above it cannot be made, or what is there cannot be
   *     replaced or added to by such output
   */
  @Override
  public final void begin() {
    RunId id = RunId.begin();
    String hidden = Turn.hidden(target, id.toString());
    try {
      system.createFolder(attempts(hidden));
      new Turn(system, target, id).recover(false);
      Litter.remove(system, target);
      seen = look().orElse(null);
      if (seen != null) {
        if (mode == OutputMode.CREATE) {
          throw new TargetExistsException(kind, target);
        }
        check(seen);
      }
    } catch (IOException | DrawbarException e) {
      remove(hidden);
      id.end();
      throw e instanceof DrawbarException refused && !(e instanceof MissingFileException)
          ? refused
          : new CommitException(
              "cannot prepare to write %s: %s. Check the path and the permissions."
                  .formatted(target, e.getMessage()),
              e);
    }
    run = id.toString();
    folder = hidden;
  }

  /** What is there; another run may be putting something there at this moment. */
  private Optional<OutputState> look() throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return OutputState.of(system, target);
      } catch (MissingFileException e) {
        if (tries == MOST_LOOKS) {
          throw e;
        }
      }
    }
  }

  /** Checks that what is there can be replaced, or added to. */
  private void check(OutputState there) {
    if (there.isFolder() != kind.equals("folder")) {
      throw new CommitException(
          "what is at %s is a %s; it is not replaced by a %s. Delete it, or write to another place."
              .formatted(target, there.isFolder() ? "folder" : "file", kind));
    }
    if (mode == OutputMode.OVERWRITE && !there.isOutput() && !there.isEmpty()) {
      throw new CommitException(
          ("the folder %s has files but no %s, so no run has written it whole; it is not"
                  + " overwritten. Delete it if nobody needs it, or write to another folder.")
              .formatted(target, InputFiles.SUCCESS));
    }
    if (mode == OutputMode.APPEND
        && there.last().compareTo(OutputState.added(there.additions() + 1)) >= 0) {
      throw new CommitException(
          ("parts that are added to %s would not come after %s: files are read in the order of their"
                  + " names. Rename that file, or write to another folder.")
              .formatted(target, there.last()));
    }
  }

  /** What was at the target when the run began, if anything was. */
  final Optional<OutputState> seen() {
    return Optional.ofNullable(seen);
  }

  @Override
  public final PartFile create(String attempt, String name) throws IOException {
    String attempts = attempts(begun());
    if (!system.exists(attempts)) {
      throw new IOException(
          "the temporary folder of %s is gone: the run has ended".formatted(target));
    }
    String committed = committed(name);
    String path = attempts + "/" + attempt + "/" + committed;
    return new PartFile(committed, path, system.create(path));
  }

  /** What a part is called in the output. */
  String committed(String name) {
    return name;
  }

  /** Makes the whole output of the parts that count at a path where nothing is. */
  abstract void assemble(List<PartReceipt> parts, String path) throws IOException;

  @Override
  public final void prepare(List<PartReceipt> parts) {
    String hidden = begun();
    try {
      check(parts);
      assemble(parts, Turn.output(target, run()));
      isPrepared = true;
    } catch (IOException | MissingFileException e) {
      throw incomplete(e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Whatever happens, the hidden folder of the run goes.
   *
   * @throws CommitException if two receipts are for one part, which means that something counted a
   *     task twice, or a part cannot be moved
   * @throws TargetExistsException if something came to be at the target since the run began
   * @throws TargetChangedException if what is at the target is not what was there when the run
   *     began
   * @throws TargetBusyException if another run has its turn to write there
   * @throws UnfinishedCommitException if the output was decided on but is not all at its place
   */
  @Override
  public final void commit(List<PartReceipt> parts) {
    boolean done = false;
    try {
      if (!isPrepared) {
        prepare(parts);
      }
      boolean hasChange = mode != OutputMode.APPEND || seen == null || isNew(parts);
      if (hasChange) {
        change(new Turn(system, target, run()));
      }
      done = true;
    } catch (IOException | MissingFileException e) {
      throw incomplete(e);
    } finally {
      abort();
      if (done) {
        folder = null;
      }
    }
  }

  /** Whether there is anything to add: parts, or to an empty folder that it is complete. */
  private boolean isNew(List<PartReceipt> parts) {
    return !parts.isEmpty() || seen.isEmpty();
  }

  private CommitException incomplete(Exception e) {
    return new CommitException(
        "cannot complete %s: %s. Nothing was written.".formatted(target, e.getMessage()), e);
  }

  private void change(Turn turn) throws IOException {
    turn.take();
    boolean isAsSeen = turn.decide(decision(), seen());
    if (!isAsSeen || !turn.complete()) {
      throw mode == OutputMode.CREATE
          ? new TargetExistsException(kind, target)
          : new TargetChangedException(kind, target);
    }
  }

  private Turn.Decision decision() {
    if (seen == null) {
      return Turn.Decision.CREATE;
    }
    return mode == OutputMode.OVERWRITE ? Turn.Decision.REPLACE : Turn.Decision.ADD;
  }

  private RunId run() {
    return RunId.of(run).orElseThrow();
  }

  private void check(List<PartReceipt> parts) {
    Set<String> names = new HashSet<>();
    String attempts = attempts(folder) + "/";
    for (PartReceipt part : parts) {
      if (!names.add(part.name())) {
        throw new CommitException(
            "two tasks say that they wrote %s of %s: a task was counted twice. Nothing was written."
                .formatted(part.name(), target));
      }
      if (!part.path().startsWith(attempts)) {
        throw new CommitException(
            "%s of %s was written to %s, which is not of this run. Nothing was written."
                .formatted(part.name(), target, part.path()));
      }
    }
  }

  @Override
  public final void abort() {
    if (folder != null) {
      remove(folder);
      run().end();
    }
  }

  /**
   * An attempt that its engine has not ended yet may still make a file, so this is tried more than
   * once. What cannot be removed stays under its hidden name and is read by nobody.
   */
  private void remove(String hidden) {
    boolean interrupted = Thread.interrupted();
    IOException failure = null;
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      try {
        system.delete(hidden);
        failure = null;
        break;
      } catch (IOException e) {
        failure = e;
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    if (failure != null) {
      LOG.warn("cannot remove {}: delete it", hidden, failure);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public final String toString() {
    return switch (mode) {
      case CREATE -> "new " + kind + " " + target;
      case OVERWRITE -> kind + " " + target + " in place of what is there";
      case APPEND -> "more parts of " + target;
    };
  }

  private String begun() {
    if (folder == null) {
      throw new IllegalStateException("begin() comes first, and once for a commit: " + target);
    }
    return folder;
  }

  private static String attempts(String hidden) {
    return hidden + "/attempts";
  }
}
