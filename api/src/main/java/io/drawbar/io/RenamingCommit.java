package io.drawbar.io;

import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.PartFile;
import io.drawbar.spi.PartReceipt;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A commit by one rename. Attempts write, before it is known which of them count, to a hidden
 * folder next to the target, {@code out/.result.drawbar-<run>/attempts/} for {@code out/result}.
 * The commit makes the whole output of the parts that count beside them and renames that to the
 * target: of two runs with one target the second to come there fails, and changes nothing.
 */
abstract sealed class RenamingCommit implements CommitProtocol permits FolderCommit, FileCommit {
  private static final long serialVersionUID = 1;
  private static final int MOST_TRIES = 20;
  private static final long PAUSE_NANOS = 20_000_000;
  private static final Logger LOG = LoggerFactory.getLogger(RenamingCommit.class);

  final FileSystem system;
  final String target;
  private final String kind;
  private String folder;

  /**
   * For a target that must not exist yet.
   *
   * @param kind what it will be, for messages: folder or file
   */
  RenamingCommit(FileSystem system, String target, String kind) {
    this.system = system;
    this.target = target;
    this.kind = kind;
    String name = target.substring(target.lastIndexOf('/') + 1);
    if (name.isBlank() || name.equals(".") || name.equals("..")) {
      throw new CommitException("'%s' does not name a %s to write".formatted(target, kind));
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws TargetExistsException if something is at the target
   * @throws CommitException if the folders above it cannot be made
   */
  @Override
  public final void begin() {
    int slash = target.lastIndexOf('/');
    String hidden =
        "%s.%s.drawbar-%s"
            .formatted(
                target.substring(0, slash + 1), target.substring(slash + 1), UUID.randomUUID());
    try {
      refuseExisting();
      system.createFolder(attempts(hidden));
    } catch (IOException e) {
      remove(hidden);
      throw new CommitException(
          "cannot prepare to write %s: %s. Check the path and the permissions."
              .formatted(target, e.getMessage()),
          e);
    }
    folder = hidden;
  }

  @Override
  public final PartFile create(String attempt, String name) throws IOException {
    String attempts = attempts(begun());
    if (!system.exists(attempts)) {
      throw new IOException(
          "the temporary folder of %s is gone: the run has ended".formatted(target));
    }
    String path = attempts + "/" + attempt + "/" + name;
    return new PartFile(name, path, system.create(path));
  }

  /** Makes the whole output of the parts that count at a path where nothing is. */
  abstract void assemble(List<PartReceipt> parts, String path) throws IOException;

  /**
   * {@inheritDoc}
   *
   * <p>Whatever happens, the hidden folder goes.
   *
   * @throws CommitException if two receipts are for one part, which means that something counted a
   *     task twice, or a part cannot be moved
   * @throws TargetExistsException if something came to be at the target since the run began
   */
  @Override
  public final void commit(List<PartReceipt> parts) {
    String output = begun() + "/output";
    boolean done = false;
    try {
      check(parts);
      assemble(parts, output);
      rename(output);
      done = true;
    } catch (IOException | MissingFileException e) {
      throw new CommitException(
          "cannot complete %s: %s. Nothing was written.".formatted(target, e.getMessage()), e);
    } finally {
      abort();
      if (done) {
        folder = null;
      }
    }
  }

  private void rename(String output) throws IOException {
    refuseExisting();
    try {
      system.rename(output, target);
    } catch (IOException e) {
      refuseExisting(); // somebody else was first: say so
      throw e;
    }
  }

  private void refuseExisting() throws IOException {
    if (system.exists(target)) {
      throw new TargetExistsException(kind, target);
    }
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
    return "new " + kind + " " + target;
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
