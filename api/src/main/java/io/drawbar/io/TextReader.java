package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.error.DrawbarException;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.BadRowListener;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Unit;
import io.drawbar.text.Utf8;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the rows that start in a range of leaves.
 *
 * <p>A line feed always ends a row, so a reader that starts in the middle of a file looks for the
 * first one at or after the byte before its range: after it a row starts that is its own or, if the
 * line is long, nobody's before it. What a row is depends on nothing else, so neither does a block.
 */
final class TextReader implements LeafReader {
  /** The longest row, in bytes, if nobody says anything else. */
  static final int LONGEST_ROW = 64 << 20;

  /** The most that can be said for it: a row is in one array, which is copied while it grows. */
  private static final int MOST_LONGEST_ROW = 1 << 30;

  /** The length of a byte order mark. */
  static final int MARK_BYTES = 3;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final TextSplit split;
  private final FileSystem system;
  private final Layout layout;
  private final RowParser parser;
  private final int longestRow;
  private final CountingStream stored;
  private final TextBuffer buffer;
  private final long end;
  private final boolean skipsEmptyLines;
  private final int comment;
  private final RowEntry entry;
  private final Misfits misfits;
  private int at;

  /** The end of the row at work; -1 while it is not known. */
  private int line;

  private int rows;
  private long leaf;
  private long leafEnd = -1;

  /**
   * A reader at the start of a range.
   *
   * @param entry how its first row is found
   * @param longestRow the most bytes of a row
   */
  TextReader(
      TextSplit split,
      FileSystem system,
      Layout layout,
      RowParser parser,
      RowEntry entry,
      int longestRow)
      throws IOException {
    this(split, system, layout, parser, entry, Misfits.none(), longestRow);
  }

  /**
   * A reader at the start of a range.
   *
   * @param misfits what becomes of rows that do not fit
   */
  TextReader(
      TextSplit split,
      FileSystem system,
      Layout layout,
      RowParser parser,
      RowEntry entry,
      Misfits misfits,
      int longestRow)
      throws IOException {
    this(split, system, layout, parser, entry, misfits, TextBuffer.CHUNK, longestRow);
  }

  TextReader(
      TextSplit split,
      FileSystem system,
      Layout layout,
      RowParser parser,
      RowEntry entry,
      Misfits misfits,
      int chunk,
      int longestRow)
      throws IOException {
    this.misfits = misfits;
    this.split = split;
    this.system = system;
    this.layout = layout;
    this.parser = parser;
    this.longestRow = longestRow;
    skipsEmptyLines = parser.skipsEmptyLines();
    comment = parser.comment();
    this.entry = entry;
    end = TextSplit.position(split.endLeaf(), layout);
    long start = TextSplit.position(split.firstLeaf(), layout);
    long first = first(start);
    stored = new CountingStream(system.open(split.path(), first));
    buffer = new TextBuffer(split.decompressed(stored), first, end, chunk);
    parser.over(buffer);
    misfits.over(split, system, buffer);
    parser.tolerate(misfits);
    boolean opened = false;
    try {
      enter(start, first);
      opened = true;
    } finally {
      if (!opened) {
        buffer.close();
      }
    }
  }

  /** Where reading starts, to find the first row at or after a position. */
  private long first(long start) {
    if (start <= entry.rowsFrom()) {
      return split.isCompressed() ? 0 : entry.rowsFrom();
    }
    // What starts inside the byte order mark is the first line, which starts after it.
    return start <= MARK_BYTES ? 0 : entry.automaton() == null ? start - 1 : start;
  }

  /** Moves to the first row that starts at or after a position. */
  private void enter(long start, long first) throws IOException {
    if (entry.rowsFrom() > 0 && start <= entry.rowsFrom()) {
      while (buffer.position(buffer.limit()) < entry.rowsFrom() && !buffer.ended()) {
        buffer.discard(0);
        buffer.more(0);
      }
      at = (int) (Math.min(entry.rowsFrom(), buffer.position(buffer.limit())) - buffer.position(0));
    } else if (first == 0) {
      at = afterMark(buffer);
      while (buffer.position(at) < start && at < buffer.limit()) {
        skipRow(RowAutomaton.ROW_START);
      }
    } else if (entry.automaton() == null) {
      skipLine();
    } else if (entry.state() != RowAutomaton.ROW_START) {
      skipRow(entry.state());
    }
  }

  /** Moves to the row after the one that is entered in a state. */
  private void skipRow(int state) throws IOException {
    RowAutomaton automaton = entry.automaton();
    if (automaton == null) {
      skipLine();
      return;
    }
    int current = state;
    while (true) {
      int next = automaton.rowStart(current, buffer.bytes(), at, buffer.limit());
      if (next >= 0) {
        at = next;
        return;
      }
      current = automaton.run(current, buffer.bytes(), at, buffer.limit());
      at = buffer.limit();
      if (buffer.ended() || buffer.position(at) >= end) {
        return; // a row that is not ended here is another's, and what follows it, too
      }
      drop();
      buffer.more(at);
    }
  }

  /** Checks what somebody says the longest row may be. */
  static void checkLongestRow(int bytes) {
    if (bytes < 1 || bytes > MOST_LONGEST_ROW) {
      throw new DrawbarException(
          "the longest row can have from 1 to %s bytes, not %s".formatted(MOST_LONGEST_ROW, bytes));
    }
  }

  /** The index after the byte order mark of a file whose buffer has nothing in it yet. */
  static int afterMark(TextBuffer buffer) throws IOException {
    while (buffer.limit() < MARK_BYTES && !buffer.ended()) {
      buffer.more(0);
    }
    int length = MARK_BYTES;
    boolean marked =
        buffer.limit() >= length
            && Utf8.equals(buffer.bytes(), 0, length, BYTE_ORDER_MARK, 0, length);
    return marked ? length : 0;
  }

  @Override
  public void tell(BadRowListener listener) {
    misfits.tell(listener);
  }

  @Override
  public boolean nextLeaf() throws IOException {
    while (nextBlock() != null) {
      // What the caller did not look at is checked all the same.
    }
    try {
      if (!available() || buffer.position(at) >= end) {
        leafEnd = -1;
        return false;
      }
    } catch (BadTextException e) {
      throw badRow(e);
    }
    leaf = buffer.position(at) / layout.leafBytes();
    leafEnd = TextSplit.position(leaf + 1, layout);
    return true;
  }

  @Override
  public long unit() {
    return Unit.leaf(split.file(), leaf);
  }

  @Override
  public Batch nextBlock() throws IOException {
    drop();
    parser.begin();
    misfits.begin();
    rows = 0;
    try {
      while (rows < layout.blockRows() && available() && buffer.position(at) < leafEnd) {
        row();
        rows++;
      }
      parser.convert(buffer.bytes());
    } catch (BadTextException e) {
      throw badRow(e);
    }
    misfits.flush();
    if (rows == 0) {
      return null;
    }
    Batch block = parser.block(buffer.bytes());
    return misfits.hasBad() ? block.select(misfits.good(rows), rows - misfits.badRows()) : block;
  }

  private void row() throws IOException, BadTextException {
    try {
      line = -1;
      int lineEnd = parser.end(buffer.bytes(), at);
      if (lineEnd == buffer.limit() && !buffer.ended()) {
        lineEnd = longLine();
      }
      if (lineEnd - at > longestRow) {
        throw tooLong();
      }
      line = lineEnd;
      parser.take(buffer.bytes(), at, lineEnd);
      at = Math.min(lineEnd + 1, buffer.limit());
    } catch (BadTextException e) {
      if (misfits.endReading()) {
        throw e;
      }
      leaveOut(e);
    }
  }

  /** Leaves a place for the bad row at work, and goes on after it. */
  private void leaveOut(BadTextException why) throws IOException, BadTextException {
    int known = line < 0 ? buffer.limit() : line;
    misfits.bad(rows, at, why, buffer.bytes(), at, known);
    parser.omit(buffer.bytes());
    if (misfits.areMany()) {
      parser.convert(buffer.bytes());
      misfits.flush();
    }
    if (line < 0) {
      passLongRow();
    } else {
      at = Math.min(line + 1, buffer.limit());
    }
  }

  /**
   * Passes over a row that is longer than what is held of one. Rows before it may still refer to
   * their bytes, which stay.
   */
  private void passLongRow() throws IOException, BadTextException {
    parser.convert(buffer.bytes());
    if (entry.automaton() == null) {
      skipLine();
    } else {
      skipLongRow(entry.automaton());
    }
  }

  private void skipLongRow(RowAutomaton automaton) throws IOException {
    int state = RowAutomaton.ROW_START;
    while (true) {
      int next = automaton.rowStart(state, buffer.bytes(), at, buffer.limit());
      if (next >= 0 || buffer.ended()) {
        at = next >= 0 ? next : buffer.limit();
        return;
      }
      state = automaton.run(state, buffer.bytes(), at, buffer.limit());
      discard(at);
      buffer.more(at);
    }
  }

  private void drop() throws IOException {
    misfits.pass(at);
    at -= buffer.drop(at);
  }

  private void discard(int from) throws IOException {
    misfits.pass(buffer.limit());
    buffer.discard(from);
  }

  /** The end of a line that goes on after what has been read. */
  private int longLine() throws IOException, BadTextException {
    int lineEnd;
    do {
      if (buffer.limit() - at > longestRow) {
        throw tooLong();
      }
      if (!parser.keepsBytes()) {
        parser.convert(buffer.bytes());
        drop();
      }
      buffer.more(at, longestRow);
      lineEnd = parser.end(buffer.bytes(), at);
    } while (lineEnd == buffer.limit() && !buffer.ended());
    return lineEnd;
  }

  /** Moves to the first byte of the next row; false at the end of the file. */
  private boolean available() throws IOException, BadTextException {
    while (true) {
      while (at == buffer.limit() && !buffer.ended()) {
        if (rows == 0) {
          drop();
        }
        buffer.more(at);
      }
      byte[] bytes = buffer.bytes();
      if (at < buffer.limit() && comment >= 0 && bytes[at] == comment) {
        skipComment();
        continue;
      }
      if (at == buffer.limit()) {
        checkEnd();
        return false;
      }
      if (!skipsEmptyLines) {
        return true;
      }
      int line = bytes[at] == '\r' ? at + 1 : at;
      if (bytes[line] != '\n') {
        return true;
      }
      if (line == buffer.limit() && !buffer.ended()) {
        buffer.more(at);
      } else {
        at = Math.min(line + 1, buffer.limit());
      }
    }
  }

  /**
   * The end of a file has to be where it was when the run listed it: if somebody has put other rows
   * there since, other tasks have read those before.
   */
  private void checkEnd() {
    long length = buffer.position(buffer.limit());
    if (!split.isCompressed() && length != split.stored()) {
      throw split.changed(
          "it had %s bytes when the run began, and now has %s".formatted(split.stored(), length));
    }
  }

  /**
   * A comment may be long, and is not kept: so nobody may want to know any more where rows before
   * it are.
   */
  private void skipComment() throws IOException, BadTextException {
    if (LineParser.lineFeed(buffer.bytes(), at) >= buffer.limit()) {
      parser.convert(buffer.bytes());
    }
    skipLine();
  }

  private void skipLine() throws IOException {
    while (true) {
      int line = LineParser.lineFeed(buffer.bytes(), at);
      if (line < buffer.limit()) {
        at = line + 1;
        return;
      }
      if (buffer.ended()) {
        at = buffer.limit();
        return;
      }
      discard(at);
      buffer.more(at);
    }
  }

  /** Rows before the long one may be bad, too, and then are told of first. */
  private BadTextException tooLong() throws BadTextException {
    String message =
        (": the row is longer than %s bytes, the most a row may have, and starts with %s."
                + " Is it text, with line feeds (\\n) at the ends of its lines? If it is, and rows"
                + " are so long, say how long with longestRow(bytes).")
            .formatted(longestRow, BadTextException.quoted(buffer.bytes(), at, buffer.limit()));
    parser.convert(buffer.bytes());
    return new BadTextException(at, message);
  }

  private BadRowException badRow(BadTextException bad) {
    return new BadRowException(place(split, system, buffer.position(bad.row())) + bad.getMessage());
  }

  /** Where a row is, for people: the line is counted only now that somebody asks. */
  static String place(TextSplit split, FileSystem system, long position) {
    String byteOffset = "byte " + position + (split.isCompressed() ? " decompressed" : "");
    if (position > LineNumbers.COUNTED_BYTES) {
      return split.shown() + ", " + byteOffset;
    }
    long line = 1;
    try (InputStream in = split.open(system, 0)) {
      byte[] bytes = new byte[1 << 16];
      long left = position;
      while (left > 0) {
        int count = in.read(bytes, 0, (int) Math.min(left, bytes.length));
        if (count < 0) {
          break;
        }
        left -= count;
        for (int i = 0; i < count; i++) {
          line += bytes[i] == '\n' ? 1 : 0;
        }
      }
    } catch (IOException | DrawbarException e) {
      // The bad row is the error to tell.
      return split.shown() + ", " + byteOffset;
    }
    return "%s, line %s (%s)".formatted(split.shown(), line, byteOffset);
  }

  @Override
  public long bytesRead() {
    return stored.count();
  }

  @Override
  public void close() throws IOException {
    buffer.close();
  }
}
