package io.drawbar.io.parquet;

import io.drawbar.spi.FileSystem;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a column chunk, from front to back, some at a time.
 *
 * <p>Nothing is open in between: a row group of a thousand columns is not a thousand streams.
 */
final class ChunkInput {
  /** Behind the bytes, so that a number may be taken from where only its first byte is. */
  static final int SLACK = 8;

  private final FileSystem system;
  private final String path;
  private final int piece;

  /** The position in the file of what follows {@link #limit}. */
  private long position;

  private final long end;

  /** What is there: from {@link #at} to {@link #limit}; moves when more is asked for. */
  byte[] bytes = new byte[SLACK];

  int at;
  private int limit;
  private long read;

  /**
   * A range of a file.
   *
   * @param piece how many bytes to ask the file system for at a time, if there are as many
   */
  ChunkInput(FileSystem system, String path, long start, long end, int piece) {
    this.system = system;
    this.path = path;
    this.piece = piece;
    this.end = end;
    position = start;
  }

  /** How many bytes there are yet. */
  long remaining() {
    return limit - at + (end - position);
  }

  /** How many of them are in memory. */
  int buffered() {
    return limit - at;
  }

  /** How many bytes have been read of the file. */
  long bytesRead() {
    return read;
  }

  /** Has that many bytes, or more, in memory. */
  void need(int count) throws IOException {
    int kept = limit - at;
    if (count <= kept) {
      return;
    }
    if (count > remaining()) {
      throw new DamageException(
          "%s bytes are wanted where %s are left".formatted(count, remaining()));
    }
    int more = (int) Math.min(end - position, Math.max(piece, count - kept));
    byte[] target = bytes;
    if (target.length - SLACK < kept + more) {
      target = new byte[kept + more + SLACK];
    }
    System.arraycopy(bytes, at, target, 0, kept);
    bytes = target;
    at = 0;
    limit = kept;
    try (InputStream in = system.open(path, position)) {
      int got = in.readNBytes(bytes, limit, more);
      read += got;
      if (got < more) {
        throw new DamageException("it is shorter than it was");
      }
    }
    position += more;
    limit += more;
  }

  /** Goes on after bytes that are in memory, or beyond them. */
  void skip(long count) {
    int inMemory = (int) Math.min(count, limit - at);
    at += inMemory;
    position += count - inMemory;
  }
}
