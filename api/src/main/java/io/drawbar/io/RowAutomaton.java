package io.drawbar.io;

/**
 * Where in a row of CSV a byte stands when quotes may span lines: the automaton that {@link
 * FieldSplitter} is, but for what the fields are. What a range of bytes does to any state it may be
 * entered in is a number, {@link #function}, and ranges that follow each other are composed by
 * {@link #after}: so leaves are looked at in any order, and where rows start in each is known all
 * the same.
 */
final class RowAutomaton {
  /** A row starts with the next byte. */
  static final int ROW_START = 0;

  private static final int FIELD_START = 1;
  private static final int PLAIN = 2;
  private static final int QUOTED = 3;

  /** Behind a quote in quotes: it ends them, or is the first of two. */
  private static final int QUOTE = 4;

  /** Behind blanks that follow the closing quote. */
  private static final int CLOSED = 5;

  /** Behind a carriage return that follows the closing quote. */
  private static final int RETURN = 6;

  /** What is left of the line is no matter: a comment, or text behind a closing quote. */
  private static final int LOST = 7;

  private static final int STATES = 8;
  private static final int BITS = 3;

  /** So many bytes are looked at for each state; soon most of them lead to the same. */
  private static final int PIECE = 1 << 12;

  private final byte[] next = new byte[STATES << 8];

  /** The automaton of a dialect whose quotes span lines. */
  RowAutomaton(CsvDialect dialect) {
    for (int state = 0; state < STATES; state++) {
      for (int b = 0; b < 256; b++) {
        next[state << 8 | b] = (byte) next(dialect, state, (char) b);
      }
    }
  }

  private static int next(CsvDialect dialect, int state, char b) {
    if (state == QUOTED) {
      return b == '"' ? QUOTE : QUOTED;
    }
    if (b == '\n') {
      return ROW_START;
    }
    if (state == LOST || state == RETURN || state == ROW_START && dialect.isComment(b)) {
      return LOST;
    }
    if (b == dialect.separator()) {
      return FIELD_START;
    }
    boolean isTrimmed = dialect.trimsSpaces() && (b == ' ' || b == '\t');
    if (state == QUOTE || state == CLOSED) {
      return b == '"' && state == QUOTE ? QUOTED : b == '\r' ? RETURN : isTrimmed ? CLOSED : LOST;
    }
    if (state == PLAIN) {
      return PLAIN;
    }
    return b == '"' ? QUOTED : isTrimmed ? FIELD_START : PLAIN;
  }

  /** The state after some bytes. */
  int run(int state, byte[] bytes, int from, int to) {
    int at = state;
    for (int i = from; i < to; i++) {
      at = next[at << 8 | bytes[i] & 0xFF];
    }
    return at;
  }

  /**
   * The index after the bytes that are of the row entered in a state: the start of the next row; or
   * -1 if that is not among them.
   */
  int rowStart(int state, byte[] bytes, int from, int to) {
    int at = state;
    for (int i = from; i < to; i++) {
      at = next[at << 8 | bytes[i] & 0xFF];
      if (at == ROW_START) {
        return i + 1;
      }
    }
    return -1;
  }

  /** What no bytes do: each state stays what it is. */
  static int identity() {
    int function = 0;
    for (int state = 0; state < STATES; state++) {
      function |= state << BITS * state;
    }
    return function;
  }

  /** The state that a function leads to from another one. */
  static int apply(int function, int state) {
    return function >>> BITS * state & STATES - 1;
  }

  /** What some bytes do that follow those of a function. */
  int after(int function, byte[] bytes, int from, int to) {
    int all = function;
    for (int start = from; start < to; ) {
      int end = Math.min(to, start + PIECE);
      int[] results = new int[STATES];
      int known = 0;
      int composed = 0;
      for (int state = 0; state < STATES; state++) {
        int middle = apply(all, state);
        if ((known >>> middle & 1) == 0) {
          known |= 1 << middle;
          results[middle] = run(middle, bytes, start, end);
        }
        composed |= results[middle] << BITS * state;
      }
      all = composed;
      start = end;
    }
    return all;
  }
}
