package io.drawbar.io;

import io.drawbar.error.DrawbarException;
import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.PartFile;
import io.drawbar.spi.PartReceipt;
import io.drawbar.text.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a folder of parts appear on an object store, where nothing renames a folder in one step.
 *
 * <p>Attempts write to a hidden folder next to the target, as they do for {@link FolderCommit}. The
 * commit claims the target by creating {@code _drawbar_claim} in it, which only one run can, has
 * the store copy the parts that count there, several at a time, and then says with {@code _SUCCESS}
 * that it is whole. {@link InputFiles} refuses a folder that is claimed and not whole, so our
 * readers see all of the output or none; others have to wait for {@code _SUCCESS}. A commit that
 * fails deletes what it has claimed. A driver that is killed in its commit leaves a folder that
 * nobody reads and nobody writes to until it is deleted.
 */
final class StoreCommit implements CommitProtocol {
  private static final long serialVersionUID = 1;
  private static final String CLAIM = "_drawbar_claim";

  /** How many parts are copied at a time: a copy is a request that the store takes its time for. */
  private static final int COPIES = 16;

  private static final Logger LOG = LoggerFactory.getLogger(StoreCommit.class);

  private final FileSystem system;
  private final String target;
  private String folder;

  /**
   * A commit to a folder that must not exist yet.
   *
   * @param target its path, without a slash at its end
   */
  StoreCommit(FileSystem system, String target) {
    this.system = system;
    this.target = target;
    String name = target.substring(target.lastIndexOf('/') + 1);
    if (name.isBlank() || name.equals(".") || name.equals("..")) {
      throw new CommitException("'%s' does not name a folder to write".formatted(target));
    }
  }

  /**
   * The files of a folder of an object store, all of an output or none of it.
   *
   * @throws DrawbarException if a run has claimed the folder and has not said that it is whole
   */
  static List<FileSystem.Status> list(FileSystem system, String root) throws IOException {
    String whole = below(root, InputFiles.SUCCESS);
    boolean wasWhole = system.exists(whole);
    List<FileSystem.Status> files = system.list(root);
    if (wasWhole) {
      return files;
    }
    boolean isClaimed = system.exists(below(root, CLAIM));
    if (system.exists(whole)) {
      return system.list(root); // completed while it was listed
    }
    if (isClaimed) {
      throw new DrawbarException(
          ("the output %s is being written, or a run was killed while it did so: it has %s and no %s."
                  + " Wait for its run, or delete it if there is none.")
              .formatted(root, CLAIM, InputFiles.SUCCESS));
    }
    return files;
  }

  @Override
  public void begin() {
    String hidden = Turn.hidden(target, UUID.randomUUID().toString());
    try {
      refuseExisting();
      system.createFolder(attempts(hidden));
    } catch (IOException e) {
      throw new CommitException(
          "cannot prepare to write %s: %s. Check the path and the permissions."
              .formatted(target, e.getMessage()),
          e);
    }
    folder = hidden;
  }

  @Override
  public PartFile create(String attempt, String name) throws IOException {
    String path = attempts(begun()) + "/" + attempt + "/" + name;
    return new PartFile(name, path, system.create(path));
  }

  @Override
  public void prepare(List<PartReceipt> parts) {
    Set<String> names = new HashSet<>();
    String attempts = attempts(begun()) + "/";
    for (PartReceipt part : parts) {
      if (!names.add(part.name()) || !part.path().startsWith(attempts)) {
        throw new CommitException(
            "part %s of %s was counted twice, or is of another run: %s. Nothing was written."
                .formatted(part.name(), target, part.path()));
      }
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws TargetExistsException if something came to be at the target since the run began
   */
  @Override
  public void commit(List<PartReceipt> parts) {
    boolean isClaimed = false;
    boolean isWhole = false;
    try {
      prepare(parts);
      claim();
      isClaimed = true;
      copy(parts);
      system.create(below(target, InputFiles.SUCCESS)).close();
      isWhole = true;
      system.delete(below(target, CLAIM));
    } catch (IOException | MissingFileException e) {
      if (!isWhole) {
        throw new CommitException(
            "cannot complete %s: %s. Nothing was written.".formatted(target, e.getMessage()), e);
      }
      LOG.warn("cannot remove the claim in {}, which does no harm", target, e);
    } finally {
      if (isClaimed && !isWhole) {
        remove(target);
      }
      abort();
    }
  }

  /** Of several runs one gets past this. */
  private void claim() throws IOException {
    refuseExisting();
    String claim = below(target, CLAIM);
    try (OutputStream out = system.create(claim)) {
      out.write(mine());
    } catch (IOException e) {
      // The answer to a request may be lost, and the next one told that there is a claim: ours.
      if (!isMine(claim)) {
        refuseExisting(); // somebody else was first: say so
        throw e;
      }
    }
    // Between the look and the claim a whole commit may have gone through; while that is not known,
    // nothing but the claim is ours to delete.
    boolean isFree = false;
    try {
      isFree = !system.exists(below(target, InputFiles.SUCCESS));
    } finally {
      if (!isFree) {
        remove(claim);
      }
    }
    if (!isFree) {
      throw new TargetExistsException("folder", target);
    }
  }

  private byte[] mine() {
    return Utf8.encode(folder);
  }

  private boolean isMine(String claim) throws IOException {
    if (!system.exists(claim)) {
      return false;
    }
    try (InputStream in = system.open(claim, 0)) {
      return Arrays.equals(in.readAllBytes(), mine());
    }
  }

  private void copy(List<PartReceipt> parts) throws IOException {
    List<Callable<Void>> copies = new ArrayList<>();
    for (PartReceipt part : parts) {
      copies.add(
          () -> {
            system.rename(part.path(), below(target, part.name()));
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(COPIES);
    try {
      for (Future<Void> copied : threads.invokeAll(copies)) {
        copied.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private void refuseExisting() throws IOException {
    if (system.exists(target)) {
      throw new TargetExistsException("folder", target);
    }
  }

  @Override
  public void abort() {
    if (folder != null) {
      remove(folder);
    }
  }

  private void remove(String path) {
    try {
      system.delete(path);
    } catch (IOException e) {
      LOG.warn("cannot remove {}: delete it", path, e);
    }
  }

  private String begun() {
    if (folder == null) {
      throw new IllegalStateException("begin() comes first, and once for a commit: " + target);
    }
    return folder;
  }

  private static String below(String folder, String name) {
    return folder.endsWith("/") ? folder + name : folder + "/" + name;
  }

  private static String attempts(String hidden) {
    return hidden + "/attempts";
  }

  @Override
  public String toString() {
    return "new folder " + target;
  }
}
