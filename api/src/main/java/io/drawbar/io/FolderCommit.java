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
 * Makes a folder of parts appear in one step, on a file system that renames folders atomically.
 *
 * <p>For a target {@code out/result} attempts write to {@code out/.result.drawbar-<run>/attempts/};
 * the commit moves the parts that count to {@code out/.result.drawbar-<run>/output/}, adds an empty
 * {@code _SUCCESS} and renames that folder to {@code out/result}. Whoever looks at the target sees
 * nothing or all of it, also when the driver is killed.
 */
public final class FolderCommit implements CommitProtocol {
  private static final long serialVersionUID = 1;
  private static final int MOST_TRIES = 20;
  private static final long PAUSE_NANOS = 20_000_000;
  private static final Logger LOG = LoggerFactory.getLogger(FolderCommit.class);

  private final FileSystem system;
  private final String target;
  private String temporary;

  /**
   * A commit to a folder that must not exist yet.
   *
   * @param target its path; the folders above it are made when they are missing
   */
  public FolderCommit(FileSystem system, String target) {
    this.system = system;
    String stripped = target;
    while (stripped.length() > 1 && stripped.endsWith("/")) {
      stripped = stripped.substring(0, stripped.length() - 1);
    }
    this.target = stripped;
    String name = stripped.substring(stripped.lastIndexOf('/') + 1);
    if (name.isBlank() || name.equals(".") || name.equals("..")) {
      throw new CommitException("'" + target + "' does not name a folder to write");
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws TargetExistsException if something is at the target
   * @throws CommitException if the folders above it cannot be made
   */
  @Override
  public void begin() {
    int slash = target.lastIndexOf('/');
    String folder =
        "%s.%s.drawbar-%s"
            .formatted(
                target.substring(0, slash + 1), target.substring(slash + 1), UUID.randomUUID());
    try {
      if (system.exists(target)) {
        throw new TargetExistsException(target);
      }
      system.createFolder(attempts(folder));
    } catch (IOException e) {
      remove(folder);
      throw new CommitException(
          "cannot prepare to write %s: %s. Check the path and the permissions."
              .formatted(target, e.getMessage()),
          e);
    }
    temporary = folder;
  }

  @Override
  public PartFile create(String attempt, String name) throws IOException {
    String attempts = attempts(begun());
    if (!system.exists(attempts)) {
      throw new IOException(
          "the temporary folder of %s is gone: the run has ended".formatted(target));
    }
    String path = attempts + "/" + attempt + "/" + name;
    return new PartFile(name, path, system.create(path));
  }

  /**
   * {@inheritDoc}
   *
   * @throws CommitException if two receipts are for one part, which means that something counted a
   *     task twice, or a part cannot be moved
   * @throws TargetExistsException if something came to be at the target since the run began
   */
  @Override
  public void commit(List<PartReceipt> parts) {
    String output = begun() + "/output";
    boolean done = false;
    try {
      check(parts);
      system.createFolder(output);
      for (PartReceipt part : parts) {
        system.rename(part.path(), output + "/" + part.name());
      }
      system.create(output + "/_SUCCESS").close();
      if (system.exists(target)) {
        throw new TargetExistsException(target);
      }
      system.rename(output, target);
      done = true;
    } catch (IOException | MissingFileException e) {
      throw new CommitException(
          "cannot complete %s: %s. Nothing was written.".formatted(target, e.getMessage()), e);
    } finally {
      abort();
      if (done) {
        temporary = null;
      }
    }
  }

  private void check(List<PartReceipt> parts) {
    Set<String> names = new HashSet<>();
    String attempts = attempts(temporary) + "/";
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
  public void abort() {
    if (temporary != null) {
      remove(temporary);
    }
  }

  /**
   * An attempt that its engine has not ended yet may still make a file, so this is tried more than
   * once. What cannot be removed stays under its hidden name and is read by nobody.
   */
  private void remove(String folder) {
    boolean interrupted = Thread.interrupted();
    IOException failure = null;
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      try {
        system.delete(folder);
        failure = null;
        break;
      } catch (IOException e) {
        failure = e;
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    if (failure != null) {
      LOG.warn("cannot remove {}: delete it", folder, failure);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private String begun() {
    if (temporary == null) {
      throw new IllegalStateException("begin() comes first, and once for a commit: " + target);
    }
    return temporary;
  }

  private static String attempts(String folder) {
    return folder + "/attempts";
  }

  @Override
  public String toString() {
    return "new folder " + target;
  }
}
