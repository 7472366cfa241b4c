package io.drawbar.internal.kernel;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of rows that go with the task which holds them, also when the process ends, and also when
 * nobody closes it: it loses its name at once, and the garbage collector closes what it finds.
 *
 * <p>No channel: that would be closed, for all who read, when one of them is interrupted, and a
 * superstep that is cancelled may be followed by another.
 */
final class HeldFile implements Closeable {
  private final RandomAccessFile file;
  private long length;

  private HeldFile(RandomAccessFile file) {
    this.file = file;
  }

  static HeldFile create() throws IOException {
    Path path = Files.createTempFile("drawbar-held-", ".rows");
    try {
      RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
      if (!path.toFile().delete()) {
        path.toFile().deleteOnExit(); // where an open file keeps its name
      }
      return new HeldFile(file);
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /** Adds bytes at the end; where they are. */
  synchronized long append(byte[] bytes) throws IOException {
    long offset = length;
    file.seek(offset);
    file.write(bytes);
    length += bytes.length;
    return offset;
  }

  /** Some bytes; each thread in turn. */
  synchronized byte[] read(long offset, int count) throws IOException {
    byte[] bytes = new byte[count];
    try {
      file.seek(offset);
      file.readFully(bytes);
      return bytes;
    } catch (EOFException e) {
      throw new EOFException("the file of held rows is shorter than it was");
    }
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
