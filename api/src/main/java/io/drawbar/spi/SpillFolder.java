package io.drawbar.spi;

import io.drawbar.config.CoreKeys;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A folder of this machine in which tasks put down what has no room in memory: files that lose
 * their names at once, so that they go with whoever has them open, also when the process is killed.
 */
public final class SpillFolder {
  /** Opens a file that is there, for reading and writing. */
  @FunctionalInterface
  public interface Opening {
    RandomAccessFile open(File file) throws IOException;
  }

  private final String folder;
  private final Opening opening;

  private SpillFolder(String folder, Opening opening) {
    this.folder = folder;
    this.opening = opening;
  }

  /** That of the system for temporary files. */
  public static SpillFolder ofSystem() {
    return at(System.getProperty("java.io.tmpdir"));
  }

  /** A folder, which is made when something is put down in it. */
  public static SpillFolder at(String folder) {
    return new SpillFolder(folder, file -> new RandomAccessFile(file, "rw"));
  }

  /**
   * The same folder with files that somebody else opens: to see what becomes of those that fail.
   */
  public SpillFolder opening(Opening other) {
    return new SpillFolder(folder, other);
  }

  /**
   * A new file.
   *
   * @throws SpillException if there can be none
   */
  public SpillFile create() throws SpillException {
    Path path = null;
    try {
      Path parent = Files.createDirectories(Path.of(folder));
      path = Files.createTempFile(parent, "drawbar-spill-", ".rows");
      RandomAccessFile file = opening.open(path.toFile());
      if (!path.toFile().delete()) {
        path.toFile().deleteOnExit(); // where an open file keeps its name
      }
      return new SpillFile(this, path.toFile(), file);
    } catch (IOException | InvalidPathException e) {
      if (path != null) {
        path.toFile().delete();
      }
      IOException cause = e instanceof IOException io ? io : new IOException(e);
      throw cannot("make a file", 0, cause);
    }
  }

  SpillException cannot(String what, long bytes, IOException cause) {
    return new SpillException(
        ("cannot %s for what has no room in memory, in %s, after %s bytes: %s; make room there, set %s"
                + " to another folder, or raise %s so that less is put down")
            .formatted(
                what,
                folder,
                bytes,
                cause.getMessage() == null ? cause : cause.getMessage(),
                CoreKeys.SPILL_FOLDER.name(),
                CoreKeys.MEMORY.name()),
        cause);
  }

  @Override
  public String toString() {
    return folder;
  }
}
