package io.drawbar.spi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.List;

/** Files by path, as sources and commit protocols need them. */
public interface FileSystem extends Serializable {
  /**
   * A file that was found.
   *
   * @param path where it is
   * @param relativePath its path below the root asked for, or its name if it is the root
   * @param bytes its length as stored
   */
  record Status(String path, String relativePath, long bytes) implements Serializable {}

  /**
   * The files at or below a path, in no particular order; names starting with {@code _} or {@code
   * .} are left out below the root.
   *
   * @throws IOException if nothing is there, or it cannot be read
   */
  List<Status> list(String root) throws IOException;

  /** Opens a file for reading from a byte offset. */
  InputStream open(String path, long offset) throws IOException;

  /** Creates a file and the folders above it; fails if it is there. */
  OutputStream create(String path) throws IOException;

  /** Creates a folder and those above it. */
  void createFolder(String path) throws IOException;

  /** Whether there is a file or folder. */
  boolean exists(String path) throws IOException;

  /**
   * Moves a file, or a folder with something in it, atomically; fails if the target is there. Of
   * two that are moved to one target at the same moment, one fails.
   */
  void rename(String from, String to) throws IOException;

  /** Deletes a file or a folder with all that is in it; does nothing if it is not there. */
  void delete(String path) throws IOException;
}
