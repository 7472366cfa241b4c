package io.drawbar.io;

import io.drawbar.spi.FileSystem;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts the lines of a file up to rows of interest, which are asked for in order. For the first
 * one the file is read again up to there, which a reader of a range further on cannot do without;
 * from then on line feeds are counted as they go by, so that many rows cost no more than one.
 */
final class LineNumbers {
  /** Further on lines are not counted: it is the byte that leads to a row there. */
  static final long COUNTED_BYTES = 1L << 30;

  private final TextSplit split;
  private final FileSystem system;
  private final TextBuffer buffer;
  private boolean isCounting;
  private long counted;
  private long feeds;

  LineNumbers(TextSplit split, FileSystem system, TextBuffer buffer) {
    this.split = split;
    this.system = system;
    this.buffer = buffer;
  }

  /**
   * The line of a row that is in the buffer, from 1.
   *
   * @param position not before that of the last call
   * @return null if it is too far on
   */
  Long line(long position) throws IOException {
    if (position > COUNTED_BYTES) {
      isCounting = false;
      return null;
    }
    if (!isCounting) {
      feeds = feedsBefore(position);
      isCounting = true;
    } else {
      feeds += feeds(buffer.bytes(), buffer.index(counted), buffer.index(position));
    }
    counted = position;
    return 1 + feeds;
  }

  /** What is before an index will be forgotten, or what is read next comes in its place. */
  void pass(int index) {
    long position = buffer.position(index);
    if (isCounting && position > counted) {
      feeds += feeds(buffer.bytes(), buffer.index(counted), index);
      counted = position;
    }
  }

  private long feedsBefore(long position) throws IOException {
    long found = 0;
    try (InputStream in = split.open(system, 0)) {
      byte[] bytes = new byte[1 << 16];
      long left = position;
      while (left > 0) {
        int count = in.read(bytes, 0, (int) Math.min(left, bytes.length));
        if (count < 0) {
          throw new IOException(split.shown() + " has become shorter while it is read");
        }
        left -= count;
        found += feeds(bytes, 0, count);
      }
    }
    return found;
  }

  static long feeds(byte[] bytes, int from, int to) {
    long found = 0;
    for (int i = from; i < to; i++) {
      found += bytes[i] == '\n' ? 1 : 0;
    }
    return found;
  }
}
