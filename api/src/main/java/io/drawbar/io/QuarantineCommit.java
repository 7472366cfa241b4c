package io.drawbar.io;

import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.PartFile;
import io.drawbar.spi.PartReceipt;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a quarantine in the place of the one before. What is in it follows from the data, so a run
 * that has read the data again has the same, or what has become of it.
 *
 * <p>The parts that count become a folder next to the target, as any output does, and two renames
 * put it there: the old one goes aside, the new one takes its name. Who is killed between them
 * leaves both, under hidden names, and the output that they belong to has not been committed yet,
 * so the run is done again. Only a folder with the mark of a quarantine is replaced.
 */
final class QuarantineCommit implements CommitProtocol {
  private static final long serialVersionUID = 1;
  private static final String MARK = "_QUARANTINE";
  private static final Logger LOG = LoggerFactory.getLogger(QuarantineCommit.class);

  private final FileSystem system;
  private final String target;
  private final String staged;
  private final String old;
  private final CommitProtocol staging;

  private QuarantineCommit(
      FileSystem system, String target, String staged, String old, CommitProtocol staging) {
    this.system = system;
    this.target = target;
    this.staged = staged;
    this.old = old;
    this.staging = staging;
  }

  static QuarantineCommit to(OutputPlace place) {
    place.protocol(out -> {}); // says what is wrong with the path
    String target = withoutSlashes(place.system().absolute(place.path()));
    int slash = target.lastIndexOf('/') + 1;
    String hidden =
        "%s.%s.drawbar-quarantine-%s"
            .formatted(target.substring(0, slash), target.substring(slash), UUID.randomUUID());
    OutputPlace next = OutputPlace.folder(hidden).on(place.system());
    return new QuarantineCommit(
        place.system(), target, hidden, hidden + "-old", next.protocol(out -> {}));
  }

  private static String withoutSlashes(String path) {
    String stripped = path;
    while (stripped.length() > 1 && stripped.endsWith("/")) {
      stripped = stripped.substring(0, stripped.length() - 1);
    }
    return stripped;
  }

  /**
   * {@inheritDoc}
   *
   * @throws CommitException if something is at the target that is no quarantine
   */
  @Override
  public void begin() {
    try {
      refuseOther();
    } catch (IOException e) {
      throw failed(e);
    }
    staging.begin();
  }

  private void refuseOther() throws IOException {
    if (system.exists(target) && !system.exists(target + "/" + MARK)) {
      throw new CommitException(
          ("there is already something at %s, and it is no quarantine: it is left as it is."
                  + " Delete it, or name another folder for bad rows.")
              .formatted(target));
    }
  }

  @Override
  public PartFile create(String attempt, String name) throws IOException {
    return staging.create(attempt, name);
  }

  @Override
  public void commit(List<PartReceipt> parts) {
    staging.commit(parts);
    try {
      system.create(staged + "/" + MARK).close();
      refuseOther();
      boolean replaces = system.exists(target);
      if (replaces) {
        system.rename(target, old);
      }
      try {
        system.rename(staged, target);
      } catch (IOException e) {
        if (replaces && !system.exists(target)) {
          system.rename(old, target);
        }
        throw e;
      }
    } catch (IOException | MissingFileException e) {
      throw failed(e);
    } finally {
      remove(staged);
    }
    remove(old);
  }

  private CommitException failed(Exception cause) {
    return new CommitException(
        "cannot write the bad rows to %s: %s. Check the path and the permissions."
            .formatted(target, cause.getMessage()),
        cause);
  }

  @Override
  public void abort() {
    staging.abort();
  }

  private void remove(String folder) {
    try {
      system.delete(folder);
    } catch (IOException e) {
      LOG.warn("cannot remove {}: delete it", folder, e);
    }
  }

  @Override
  public String toString() {
    return "quarantine " + target;
  }
}
