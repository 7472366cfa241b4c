package io.drawbar.io;

import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.PartFile;
import io.drawbar.spi.PartReceipt;
import java.io.IOException;
import java.util.List;

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

  private final FileSystem system;
  private final String target;
  private final TemporaryOutput output;

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
    output = new TemporaryOutput(system, stripped, "folder");
  }

  /**
   * {@inheritDoc}
   *
   * @throws TargetExistsException if something is at the target
   * @throws CommitException if the folders above it cannot be made
   */
  @Override
  public void begin() {
    output.begin();
  }

  @Override
  public PartFile create(String attempt, String name) throws IOException {
    return output.create(attempt, name);
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
    output.commit(
        parts,
        folder -> {
          system.createFolder(folder);
          for (PartReceipt part : parts) {
            system.rename(part.path(), folder + "/" + part.name());
          }
          system.create(folder + "/_SUCCESS").close();
        });
  }

  @Override
  public void abort() {
    output.abort();
  }

  @Override
  public String toString() {
    return "new folder " + target;
  }
}
