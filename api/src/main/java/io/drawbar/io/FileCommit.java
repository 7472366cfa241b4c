package io.drawbar.io;

import io.drawbar.spi.FileSystem;
import io.drawbar.spi.PartReceipt;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * Makes one file of all parts appear, or take the place of one, in one step, on a file system that
 * renames files atomically.
 *
 * <p>Attempts write as they do for {@link FolderCommit}; the commit, in the driver, writes what the
 * file starts with and then one part after the other into a file of the hidden folder, and renames
 * that to the target. Compressed parts follow each other.
 */
final class FileCommit extends RenamingCommit {
  private static final long serialVersionUID = 2;

  private final byte[] start;

  /**
   * A commit to a file that must not exist yet.
   *
   * @param target its path; the folders above it are made when they are missing
   * @param start what is before the first part
   */
  FileCommit(FileSystem system, String target, byte[] start) {
    this(system, target, OutputMode.CREATE, start);
  }

  /**
   * A commit to a file.
   *
   * @param mode what becomes of what is there; a file is not added to
   */
  FileCommit(FileSystem system, String target, OutputMode mode, byte[] start) {
    super(system, target, mode, "file");
    this.start = start;
  }

  @Override
  void assemble(List<PartReceipt> parts, String path) throws IOException {
    try (OutputStream out = system.create(path)) {
      out.write(start);
      for (PartReceipt part : parts) {
        try (InputStream in = system.open(part.path(), 0)) {
          in.transferTo(out);
        }
      }
    }
  }
}
