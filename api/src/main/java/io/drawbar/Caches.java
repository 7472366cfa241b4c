package io.drawbar;

import io.drawbar.error.DrawbarException;
import io.drawbar.io.Blocks;
import io.drawbar.io.LocalFileSystem;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.Sink;
import io.drawbar.spi.Source;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.LoggerFactory;

/** The rows that a session keeps, in a folder of its own that goes with it. */
final class Caches implements AutoCloseable {
  private final FileSystem system = new LocalFileSystem();
  private final String folder;
  private final Map<Integer, List<Source>> filled = new HashMap<>();
  private int next;
  private boolean closed;

  /**
   * An empty keep.
   *
   * @param scratch where its folder will be made; empty for the system's
   */
  Caches(String scratch) {
    String parent = scratch.isEmpty() ? System.getProperty("java.io.tmpdir") : scratch;
    folder = Path.of(parent).toAbsolutePath() + "/drawbar-cache-" + UUID.randomUUID();
  }

  /** The number of a new cache. */
  synchronized int add() {
    return next++;
  }

  /** What is kept, by branch; null if nothing is yet. */
  synchronized List<Source> find(int number) {
    return filled.get(number);
  }

  synchronized void fill(int number, List<Source> branches) {
    filled.put(number, branches);
  }

  /** Where a branch is to be kept; what a run that failed has left there goes. */
  synchronized Sink sink(int number, int branch) {
    if (closed) {
      throw new DrawbarException("the session is closed, and keeps no rows; open another one");
    }
    try {
      system.delete(path(number, branch));
    } catch (IOException e) {
      throw new DrawbarException(
          "cannot keep rows in %s: %s; see drawbar.scratch.folder"
              .formatted(path(number, branch), e.getMessage()),
          e);
    }
    return Blocks.to(system, path(number, branch));
  }

  Source source(int number, int branch, Schema schema) {
    return Blocks.at(system, path(number, branch), schema);
  }

  private String path(int number, int branch) {
    return folder + "/" + number + "-" + branch;
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      system.delete(folder);
    } catch (IOException e) {
      LoggerFactory.getLogger(Caches.class).warn("cannot remove {}: delete it", folder, e);
    }
  }
}
