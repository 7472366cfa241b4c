package io.drawbar.io;

import io.drawbar.text.Utf8;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/** Finds the fields of a row of CSV: where each starts and ends, and whether it stood in quotes. */
final class FieldSplitter {
  private static final VarHandle LONGS = LineParser.LONGS;

  /** What may be wrong with the quotes of a row. */
  enum Quotes {
    FINE,
    UNCLOSED,
    TEXT_AFTER
  }

  private final byte separator;
  private final long separators;
  private final boolean trims;
  private int[] starts;
  private int[] ends;
  private int count;
  private Quotes quotes;
  private int quoteAt;
  private long high;

  FieldSplitter(CsvDialect dialect, int expected) {
    separator = (byte) dialect.separator();
    separators = LineParser.ONES * separator;
    trims = dialect.trimsSpaces();
    starts = new int[expected];
    ends = new int[expected];
  }

  /** How many fields the row has, unless its quotes are wrong. */
  int count() {
    return count;
  }

  Quotes quotes() {
    return quotes;
  }

  /** Where the quote is that is wrong. */
  int quoteAt() {
    return quoteAt;
  }

  /** Whether all bytes of the row are ASCII, as far as was easy to see. */
  boolean isAscii() {
    return (high & ~LineParser.LOW_BITS) == 0;
  }

  boolean isQuoted(int field) {
    return starts[field] < 0;
  }

  /** The first byte of a field, within its quotes if it has them. */
  int start(int field) {
    int start = starts[field];
    return start < 0 ? ~start : start;
  }

  /** The end of a field, as {@link #start}. */
  int end(int field) {
    return ends[field];
  }

  /**
   * Splits a row.
   *
   * @param limit line feeds follow from here
   * @return the first line feed at or after {@code from}
   */
  int split(byte[] bytes, int from) {
    count = 0;
    quotes = Quotes.FINE;
    high = 0;
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
      long word = (long) LONGS.get(bytes, i);
      seen |= word;
      found = LineParser.equal(word, separators) | LineParser.equal(word, LineParser.LINE_FEEDS);
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
    high = -1;
    while (true) {
      byte b = bytes[i];
      if (b == '"') {
        if (bytes[i + 1] != '"') {
          break;
        }
        i++;
      } else if (b == '\n') {
        return wrong(Quotes.UNCLOSED, start, i);
      }
      i++;
    }
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
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count + 1);
      ends = Arrays.copyOf(ends, starts.length);
    }
    starts[count] = start;
    ends[count++] = end;
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

  /**
   * Makes each doubled quote of a quoted field one, in place.
   *
   * @return the new end
   */
  static int unescape(byte[] bytes, int start, int end) {
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
    int end = isQuoted(field) ? unescape(bytes, start(field), end(field)) : end(field);
    return Utf8.toString(bytes, start(field), end);
  }
}
