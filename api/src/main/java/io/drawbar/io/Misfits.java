package io.drawbar.io;

import io.drawbar.spi.BadRow;
import io.drawbar.spi.BadRowListener;
import io.drawbar.spi.FileSystem;
import io.drawbar.text.Utf8;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The rows of a range that do not fit: what a parser has to do about them, and which there are.
 * Parsers find them in any order within a block; whoever listens is told of them in theirs.
 */
final class Misfits {
  /** More text than this does not wait for the end of the block. */
  private static final long MOST_WAITING_BYTES = 1 << 22;

  /**
   * A row that has been found.
   *
   * @param row its number in the block
   * @param text null if nobody wants it
   * @param nulled how many of its fields were made null; 0 if the row is bad
   */
  private record Found(int row, long position, BadTextException why, byte[] text, int nulled) {}

  private final BadRows policy;
  private final List<Found> waiting = new ArrayList<>();
  private long waitingBytes;
  private BadRowListener listener = BadRowListener.NONE;
  private TextSplit split;
  private TextBuffer buffer;
  private LineNumbers lines;
  private int[] bad = new int[16];
  private int badRows;

  Misfits(BadRows policy) {
    this.policy = policy;
  }

  /** Of a reader that ends with the first one. */
  static Misfits none() {
    return new Misfits(BadRows.failFast());
  }

  /** Says where the rows are. */
  void over(TextSplit range, FileSystem system, TextBuffer bytes) {
    split = range;
    buffer = bytes;
    lines = new LineNumbers(range, system, bytes);
  }

  void tell(BadRowListener other) {
    listener = other;
  }

  /** Whether a parser is to throw what it finds. */
  boolean endReading() {
    return policy instanceof BadRows.FailFast;
  }

  /** Whether a field that does not fit becomes null where it may. */
  boolean nullFields() {
    return policy instanceof BadRows.Tolerated tolerated
        && tolerated.treatment() == BadRows.Treatment.NULL_FIELD;
  }

  /** Whether a parser that changes bytes has to keep those of rows as they were. */
  boolean keepText() {
    return listener.wantsAll();
  }

  /** A block begins. */
  void begin() {
    badRows = 0;
  }

  /**
   * A row is bad; the parser leaves a place for it.
   *
   * @param row its number in the block
   * @param from its first byte, in the buffer
   * @param text has its text from {@code start} to {@code end}
   */
  void bad(int row, int from, BadTextException why, byte[] text, int start, int end) {
    if (badRows == bad.length) {
      bad = Arrays.copyOf(bad, 2 * badRows);
    }
    bad[badRows++] = row;
    byte[] kept = null;
    if (keepText()) {
      int last = end > start && text[end - 1] == '\r' ? end - 1 : end;
      int to = Math.min(last, start + BadRow.MOST_TEXT_BYTES);
      while (to < last && to > start && (text[to] & 0xC0) == 0x80) {
        to--; // not in the middle of a character
      }
      kept = Arrays.copyOfRange(text, start, to);
      waitingBytes += kept.length;
    }
    waiting.add(new Found(row, buffer.position(from), why, kept, 0));
  }

  /** Fields of a row that is not bad were made null. */
  void mended(int row, int from, BadTextException first, int fields) {
    waiting.add(new Found(row, buffer.position(from), first, null, fields));
  }

  /** Whether it is better not to wait for more. */
  boolean areMany() {
    return waitingBytes > MOST_WAITING_BYTES;
  }

  /** Tells of those found so far: no row before them will be found. */
  void flush() throws IOException {
    if (waiting.isEmpty()) {
      return;
    }
    waiting.sort(Comparator.comparingInt(Found::row));
    for (Found found : waiting) {
      boolean isWhole = found.nulled == 0 && listener.wantsAll();
      BadRow row =
          new BadRow(
              split.shown(),
              found.position,
              isWhole ? lines.line(found.position) : null,
              found.why.column(),
              found.why.reason(),
              found.text == null ? null : Utf8.toString(found.text, 0, found.text.length));
      if (found.nulled == 0) {
        listener.bad(row);
      } else {
        listener.mended(row, found.nulled);
      }
    }
    waiting.clear();
    waitingBytes = 0;
  }

  /** The bytes before an index are about to go. */
  void pass(int index) throws IOException {
    flush();
    lines.pass(index);
  }

  boolean hasBad() {
    return badRows > 0;
  }

  int badRows() {
    return badRows;
  }

  /** The rows of a block that are not bad. */
  int[] good(int rows) {
    Arrays.sort(bad, 0, badRows);
    int[] good = new int[rows - badRows];
    for (int row = 0, b = 0, g = 0; row < rows; row++) {
      if (b < badRows && bad[b] == row) {
        b++;
      } else {
        good[g++] = row;
      }
    }
    return good;
  }
}
