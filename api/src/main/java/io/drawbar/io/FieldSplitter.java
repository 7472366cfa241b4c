package io.drawbar.io;

import io.drawbar.text.Utf8;
import java.util.Arrays;

/**
 * Finds the fields of some rows of CSV: where each starts and ends, and whether it stood in quotes.
 * Rows follow each other in one list of fields.
 */
final class FieldSplitter {
  /** What may be wrong with the quotes of a row. */
  enum Quotes {
    FINE,
    UNCLOSED,
    TEXT_AFTER
  }

  private static final int FIRST = 1 << 12;
  private static final long QUOTES = LineParser.ONES * '"';

  /** Where a field starts of a row of which nothing is wanted any more. */
  static final int VOID = Integer.MIN_VALUE;

  private final byte separator;
  private final long separators;
  private final boolean trims;
  private final boolean isMultiline;
  private final int most;
  private int[] starts;
  private int[] ends;
  private int first;
  private int used;
  private Quotes quotes;
  private int quoteAt;
  private long high;
  private int limit;

  /**
   * A splitter with no rows.
   *
   * @param most how many fields there will be at a time; of more, only the number is known
   */
  FieldSplitter(CsvDialect dialect, int most) {
    this.most = most;
    isMultiline = dialect.isMultiline();
    separator = (byte) dialect.separator();
    separators = LineParser.ONES * separator;
    trims = dialect.trimsSpaces();
    starts = new int[Math.min(most, FIRST)];
    ends = new int[starts.length];
  }

  /** Forgets all rows. */
  void clear() {
    first = 0;
    used = 0;
    high = 0;
  }

  /** Keeps the row that was split last; the next one's fields follow. */
  void keep() {
    first = used;
  }

  /** Keeps a row of void fields in place of the one that was split last. */
  void keepVoid(int fields) {
    used = first;
    for (int f = 0; f < fields; f++) {
      add(VOID, VOID);
    }
    keep();
  }

  /** Makes a field void. */
  void empty(int field) {
    starts[field] = VOID;
    ends[field] = VOID;
  }

  /** Whether a field in quotes has doubled ones in it, so that {@link #unquote} moves its bytes. */
  boolean isDoubled(byte[] bytes, int field) {
    int i = ~starts[field];
    while (i < ends[field] && bytes[i] != '"') {
      i++;
    }
    return i < ends[field];
  }

  /** How many fields the row that was split last has, unless its quotes are wrong. */
  int count() {
    return used - first;
  }

  /** Whether quotes may span lines. */
  boolean isMultiline() {
    return isMultiline;
  }

  Quotes quotes() {
    return quotes;
  }

  /** Where the quote is that is wrong. */
  int quoteAt() {
    return quoteAt;
  }

  /** Whether all bytes since {@link #clear} were ASCII, as far as was easy to see. */
  boolean isAscii() {
    return (high & LineParser.HIGH_BITS) == 0;
  }

  /**
   * The first byte of a field, its complement if the field is in quotes or was {@link #omit
   * omitted}, {@link #VOID} if its row is void.
   */
  int start(int field) {
    return starts[field];
  }

  /** The byte after a field, in its quotes if it has them. */
  int end(int field) {
    return ends[field];
  }

  /** Takes a field out of its quotes; undoubles those in it, in place. */
  void unquote(byte[] bytes, int field) {
    int start = ~starts[field];
    starts[field] = start;
    ends[field] = undoubled(bytes, start, ends[field]);
  }

  /** Marks a field as no value. */
  void omit(int field) {
    starts[field] = ~starts[field];
  }

  /**
   * Splits a row, in place of the last one if that was not kept.
   *
   * @param from the first byte
   * @param limit the index after the last byte; {@link TextBuffer#PADDING} line feeds follow
   * @return the line feed that ends the row, or the limit if it goes on beyond that or ends there
   */
  int split(byte[] bytes, int from, int limit) {
    this.limit = limit;
    used = first;
    quotes = Quotes.FINE;
    return trims || bytes[from] == '"' ? splitFields(bytes, from) : splitWords(bytes, from);
  }

  /** Splits a row up to its first field in quotes, with one look at each eight bytes. */
  private int splitWords(byte[] bytes, int from) {
    long seen = high;
    int start = from;
    for (int i = from; ; i += Long.BYTES) {
      long word = (long) LineParser.LONGS.get(bytes, i);
      seen |= word;
      long found = matches(word ^ separators) | matches(word ^ LineParser.LINE_FEEDS);
      for (; found != 0; found &= found - 1) {
        int end = i + (Long.numberOfTrailingZeros(found) >>> 3);
        if (bytes[end] == '\n') {
          high = seen;
          add(start, end > start && bytes[end - 1] == '\r' ? end - 1 : end);
          return end;
        }
        add(start, end);
        start = end + 1;
        if (bytes[start] == '"') {
          high = seen;
          return splitFields(bytes, start);
        }
      }
    }
  }

  /** The high bit of each byte of a word that is zero, and no other. (Hacker's Delight, 6-1.) */
  private static long matches(long word) {
    return ~((word & ~LineParser.HIGH_BITS) + ~LineParser.HIGH_BITS | word) & LineParser.HIGH_BITS;
  }

  /** Splits what is left of a row, field by field. */
  private int splitFields(byte[] bytes, int from) {
    int i = from;
    while (true) {
      int start = trims ? skipBlanks(bytes, i) : i;
      if (bytes[start] == '"') {
        i = quoted(bytes, start);
        if (quotes != Quotes.FINE) {
          return i;
        }
      } else {
        i = plain(bytes, start);
      }
      if (bytes[i] == '\n') {
        return i;
      }
      i++;
    }
  }

  /** Adds a field without quotes; returns where it ends, at a separator or line feed. */
  private int plain(byte[] bytes, int start) {
    int i = start;
    long seen = high;
    long found;
    while (true) {
      long word = (long) LineParser.LONGS.get(bytes, i);
      seen |= word;
      found = LineParser.zeros(word ^ separators) | LineParser.zeros(word ^ LineParser.LINE_FEEDS);
      if (found != 0) {
        break;
      }
      i += Long.BYTES;
    }
    high = seen;
    i += Long.numberOfTrailingZeros(found) >>> 3;
    int end = i;
    if (bytes[i] == '\n' && end > start && bytes[end - 1] == '\r') {
      end--;
    }
    if (trims) {
      while (end > start && isBlank(bytes[end - 1])) {
        end--;
      }
    }
    add(start, end);
    return i;
  }

  /** Adds a field in quotes; returns where it ends. */
  private int quoted(byte[] bytes, int start) {
    int i = start + 1;
    long seen = high;
    while (true) {
      long word = (long) LineParser.LONGS.get(bytes, i);
      seen |= word;
      long found = LineParser.zeros(word ^ QUOTES) | LineParser.zeros(word ^ LineParser.LINE_FEEDS);
      if (found == 0) {
        i += Long.BYTES;
        continue;
      }
      i += Long.numberOfTrailingZeros(found) >>> 3;
      if (bytes[i] == '\n') {
        if (!isMultiline || i >= limit) {
          high = seen;
          return wrong(Quotes.UNCLOSED, start, Math.min(i, limit));
        }
        i++;
      } else if (bytes[i + 1] == '"') {
        i += 2;
      } else {
        break;
      }
    }
    high = seen;
    add(~(start + 1), i);
    int close = i++;
    if (trims) {
      i = skipBlanks(bytes, i);
    }
    if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
      i++;
    }
    return bytes[i] == '\n' || bytes[i] == separator
        ? i
        : wrong(Quotes.TEXT_AFTER, close, LineParser.lineFeed(bytes, i));
  }

  private int wrong(Quotes what, int at, int line) {
    quotes = what;
    quoteAt = at;
    return line;
  }

  private void add(int start, int end) {
    if (used >= starts.length) {
      if (used >= most) {
        used++;
        return;
      }
      starts = Arrays.copyOf(starts, (int) Math.min(most, 2L * used));
      ends = Arrays.copyOf(ends, starts.length);
    }
    starts[used] = start;
    ends[used++] = end;
  }

  private int skipBlanks(byte[] bytes, int from) {
    int i = from;
    while (isBlank(bytes[i])) {
      i++;
    }
    return i;
  }

  private boolean isBlank(byte b) {
    return (b == ' ' || b == '\t') && b != separator;
  }

  private static int undoubled(byte[] bytes, int start, int end) {
    int i = start;
    while (i < end && bytes[i] != '"') {
      i++;
    }
    int to = i;
    while (i < end) {
      byte b = bytes[i++];
      bytes[to++] = b;
      if (b == '"') {
        i++;
      }
    }
    return to;
  }

  /** The text of a field, for headers. */
  String text(byte[] bytes, int field) {
    if (starts[field] < 0) {
      unquote(bytes, field);
    }
    return Utf8.toString(bytes, starts[field], ends[field]);
  }
}
