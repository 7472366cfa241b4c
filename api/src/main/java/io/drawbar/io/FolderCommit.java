package io.drawbar.io;

import io.drawbar.spi.FileSystem;
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
public final class FolderCommit extends RenamingCommit {
  private static final long serialVersionUID = 1;

  /**
   * A commit to a folder that must not exist yet.
   *
   * @param target its path; the folders above it are made when they are missing
   */
  public FolderCommit(FileSystem system, String target) {
    super(system, withoutSlashes(target), "folder");
  }

  private static String withoutSlashes(String target) {
    String stripped = target;
    while (stripped.length() > 1 && stripped.endsWith("/")) {
      stripped = stripped.substring(0, stripped.length() - 1);
    }
    return stripped;
  }

  @Override
  void assemble(List<PartReceipt> parts, String path) throws IOException {
    system.createFolder(path);
    for (PartReceipt part : parts) {
      system.rename(part.path(), path + "/" + part.name());
    }
    system.create(path + "/" + InputFiles.SUCCESS).close();
  }
}
