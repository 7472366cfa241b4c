package io.drawbar.io;

import io.drawbar.error.DrawbarException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The bytes of a file from some position on, as much of it as somebody still uses.
 *
 * <p>What is behind the limit is {@value #PADDING} line feeds: a scan for the end of a line needs
 * no check of the bounds, may look eight bytes at a time, and has met the limit, not a line end,
 * when it stops there.
 */
final class TextBuffer implements Closeable {
  /** How much is read at once. */
  static final int CHUNK = 1 << 18;

  /** How many line feeds follow the limit. */
  static final int PADDING = 8;

  /** A little less than the longest array. */
  private static final int MOST = Integer.MAX_VALUE - 64;

  private final InputStream in;
  private final int chunk;
  private final long end;
  private byte[] bytes;
  private int limit;
  private long base;
  private boolean ended;

  /**
   * A buffer with nothing in it yet.
   *
   * @param in stands at {@code position}; closed with the buffer
   * @param end where the reader hopes to stop: beyond it, little is read at a time
   */
  TextBuffer(InputStream in, long position, long end, int chunk) {
    this.in = in;
    this.base = position;
    this.end = end;
    this.chunk = chunk;
    this.bytes = new byte[chunk + PADDING];
    seal();
  }

  byte[] bytes() {
    return bytes;
  }

  /** The end of what has been read, an index into {@link #bytes}. */
  int limit() {
    return limit;
  }

  /** Whether the limit is the end of the file. */
  boolean ended() {
    return ended;
  }

  /** The position in the file of an index. */
  long position(int index) {
    return base + index;
  }

  /** The index of a position that is not before what is held. */
  int index(long position) {
    return Math.toIntExact(position - base);
  }

  /**
   * Forgets what is before an index, if moving the rest costs no more than what was gained; so all
   * moves together cost less than reading did.
   *
   * @return how much less every index is now
   */
  int drop(int before) {
    if (before == 0 || before < limit - before) {
      return 0;
    }
    System.arraycopy(bytes, before, bytes, 0, limit - before);
    base += before;
    limit -= before;
    seal();
    return before;
  }

  /**
   * Forgets what is at an index and after it; what is read next goes there. Whoever still knows
   * indices before it has to know that their {@link #position} is another one now.
   */
  void discard(int from) {
    base += limit - from;
    limit = from;
    seal();
  }

  /**
   * Reads more, or finds that there is no more; indices stay what they are, but {@link #bytes} may
   * be another array. Fills all the room there is, and the room doubles, so that who scans a line
   * again after each call scans it about twice.
   *
   * @param from where the line in question starts
   */
  void more(int from) throws IOException {
    more(from, MOST);
  }

  /**
   * The same, where nobody needs more than so many bytes from an index on and some more: the room
   * then grows no further.
   */
  void more(int from, int longest) throws IOException {
    if (bytes.length - PADDING - limit < chunk) {
      if (limit > MOST - chunk) {
        throw new DrawbarException(
            "a block takes more than 2 GiB of text; use a smaller drawbar.block.rows");
      }
      long enough = Math.max(limit, from + (long) longest) + chunk;
      long wanted = Math.max(limit + (long) chunk, 2L * (bytes.length - PADDING));
      wanted = Math.min(wanted, enough);
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, MOST) + PADDING);
    }
    long near = Math.max(Math.min(chunk, 1 << 16), 2L * (limit - from));
    long wanted = Math.max(end - position(limit), near);
    int room = (int) Math.min(limit + wanted, bytes.length - PADDING);
    while (limit < room) {
      int count = in.read(bytes, limit, Math.min(room - limit, CHUNK));
      if (count < 0) {
        ended = true;
        break;
      }
      limit += count;
    }
    seal();
  }

  private void seal() {
    Arrays.fill(bytes, limit, limit + PADDING, (byte) '\n');
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
