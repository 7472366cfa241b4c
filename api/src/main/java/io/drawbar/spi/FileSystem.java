package io.drawbar.spi;

import io.drawbar.config.Config;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.List;

/**
 * Files by path, as sources and commit protocols need them. It is shipped to the tasks.
 *
 * <p>What is not there is a {@link io.drawbar.error.DrawbarException}, since another attempt will
 * not find it either; any other failure is an {@link IOException} that names the path.
 */
public interface FileSystem extends Serializable {
  /**
   * Where a stretch of a file is kept.
   *
   * @param offset its first byte
   * @param bytes its length
   * @param hosts the names of the machines that have it
   */
  record Placement(long offset, long bytes, List<String> hosts) implements Serializable {
    public Placement {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * A file that was found.
   *
   * @param path opens it, in any task
   * @param relativePath its path below the root asked for, or its name if it is the root
   * @param bytes its length as stored
   * @param placements where it is kept, by offset; empty where that makes no difference
   */
  record Status(String path, String relativePath, long bytes, List<Placement> placements)
      implements Serializable {
    public Status {
      placements = List.copyOf(placements);
    }

    /** A file that is as near to one machine as to another. */
    public Status(String path, String relativePath, long bytes) {
      this(path, relativePath, bytes, List.of());
    }
  }

  /**
   * What is at or below a path.
   *
   * @param files as {@link #list} finds them
   * @param hidden the paths below the root of folders that were passed over since their names start
   *     with {@code .}
   */
  record Listing(List<Status> files, List<String> hidden) {
    public Listing {
      files = List.copyOf(files);
      hidden = List.copyOf(hidden);
    }
  }

  /**
   * The same file system as a session's configuration has it; called on the driver before anything
   * else.
   *
   * @param paths which it will be asked for
   * @throws io.drawbar.error.DrawbarException if it cannot serve one of them
   */
  default FileSystem configured(Config config, List<String> paths) {
    return this;
  }

  /** A path as all tasks understand it, whatever their working folder. */
  default String absolute(String path) {
    return path;
  }

  /**
   * Whether {@link #rename} is one step. Where it is not, as on object stores, which copy and
   * delete, output cannot be made to appear by it.
   */
  default boolean isRenameAtomic(String path) {
    return true;
  }

  /**
   * The files at or below a path, in no particular order; names starting with {@code _} or {@code
   * .} are left out below the root.
   *
   * @throws IOException if nothing is there, or it cannot be read
   */
  List<Status> list(String root) throws IOException;

  /**
   * The same as {@link #list}, and which hidden folders were on the way: output that is being
   * written is told by them.
   */
  default Listing walk(String root) throws IOException {
    return new Listing(list(root), List.of());
  }

  /**
   * The names of all that is in a folder, hidden or not, in no particular order.
   *
   * @throws io.drawbar.error.DrawbarException if it is not there
   */
  List<String> entries(String folder) throws IOException;

  /** Opens a file for reading from a byte offset. */
  InputStream open(String path, long offset) throws IOException;

  /**
   * Creates a file and the folders above it; fails if it is there, when it is closed at the latest.
   */
  OutputStream create(String path) throws IOException;

  /** Creates a folder and those above it. */
  void createFolder(String path) throws IOException;

  /** Whether there is a file or folder. */
  boolean exists(String path) throws IOException;

  /** Whether there is a folder. */
  boolean isFolder(String path) throws IOException;

  /**
   * Moves a file, or a folder with something in it, atomically where {@link #isRenameAtomic}; fails
   * if the target is there. Of two that are moved to one target at the same moment, one fails.
   */
  void rename(String from, String to) throws IOException;

  /**
   * Moves a file to where another is, atomically: whoever looks sees the one or the other. Commits
   * of single files that replace others ask for it, and do with {@link #rename} where it is not
   * there.
   *
   * @return false, having done nothing, if this file system cannot, or either is a folder
   * @throws IOException if nothing is there to be moved
   */
  default boolean replace(String from, String to) throws IOException {
    return false;
  }

  /**
   * Deletes a folder if nothing is in it, in one step; does nothing if it is not there.
   *
   * @return false, having done nothing, if something is in it
   */
  boolean deleteEmptyFolder(String path) throws IOException;

  /** Deletes a file or a folder with all that is in it; does nothing if it is not there. */
  void delete(String path) throws IOException;
}
