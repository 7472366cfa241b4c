package io.drawbar.spi;

import java.io.Closeable;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.zip.CRC32C;

/**
 * A file of pieces of bytes that goes with the process, and also if nobody closes it: it has no
 * name, and the garbage collector closes what it finds. Threads take turns.
 *
 * <p>No channel: that would be closed, for all who read, when one of them is interrupted.
 */
public final class SpillFile implements Closeable {
  /**
   * Where bytes are in a file.
   *
   * @param offset of the first
   * @param length how many
   * @param checksum their CRC-32C
   */
  public record Piece(long offset, int length, int checksum) {}

  private final SpillFolder folder;
  private final File path;
  private final RandomAccessFile file;
  private long length;

  SpillFile(SpillFolder folder, File path, RandomAccessFile file) {
    this.folder = folder;
    this.path = path;
    this.file = file;
  }

  /**
   * Adds bytes at the end; where they are.
   *
   * @throws SpillException if there is no room, or the disk fails
   */
  public synchronized Piece append(byte[] bytes) throws SpillException {
    try {
      file.seek(length);
      file.write(bytes, 0, bytes.length);
    } catch (IOException e) {
      throw folder.cannot("write", length, e);
    }
    Piece piece = new Piece(length, bytes.length, checksum(bytes));
    length += bytes.length;
    return piece;
  }

  /**
   * The bytes of a piece, in an array of their own.
   *
   * @throws SpillException if they are not as they were written
   */
  public synchronized byte[] read(Piece piece) throws SpillException {
    byte[] bytes = new byte[piece.length()];
    try {
      file.seek(piece.offset());
      file.readFully(bytes);
    } catch (EOFException e) {
      throw damaged("is shorter than it was", e);
    } catch (IOException e) {
      throw damaged("cannot be read: " + e.getMessage(), e);
    }
    if (checksum(bytes) != piece.checksum()) {
      throw damaged("is not as it was written", null);
    }
    return bytes;
  }

  /** How many bytes it has. */
  public synchronized long length() {
    return length;
  }

  private SpillException damaged(String how, IOException cause) {
    return new SpillException(
        "a file of %s bytes with what had no room in memory, in %s, %s; run again"
            .formatted(length, folder, how),
        cause);
  }

  private static int checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, bytes.length);
    return (int) checksum.getValue();
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
    path.delete(); // of a file that kept its name
  }
}
