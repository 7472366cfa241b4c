package io.drawbar.io;

import io.drawbar.text.Utf8;

/**
 * Walks over one line of JSON (RFC 8259) and says where its tokens are. It takes exactly the
 * grammar: no comments, no {@code NaN}, no leading zeros or plus signs, no comma too many, and no
 * escape of half a surrogate pair, which no UTF-8 text could hold.
 */
final class JsonScanner {
  /** How deep objects and arrays may lie in each other, the outermost included. */
  static final int DEEPEST = 1000;

  private static final int SHOWN_BYTES = 40;

  private final boolean[] inObject = new boolean[DEEPEST + 1];
  private byte[] bytes;
  private int row;
  private int at;
  private int end;
  private int depth;
  private int tokenFrom;
  private int tokenTo;
  private boolean isEscaped;
  private boolean isIntegral;
  private boolean wasOpened;
  private String place = "";

  /**
   * Starts a line.
   *
   * @param end the index after its last byte
   * @throws BadTextException if it is not valid UTF-8
   */
  void begin(byte[] bytes, int from, int end) throws BadTextException {
    this.bytes = bytes;
    row = from;
    at = from;
    this.end = end;
    depth = 0;
    place = "";
    int invalid = Utf8.firstInvalid(bytes, from, end);
    if (invalid >= 0) {
      at = invalid;
      throw bad(
          "byte 0x%02X is not valid UTF-8. Convert the file, for instance with iconv -f ISO-8859-1 -t UTF-8."
              .formatted(bytes[invalid] & 0xFF));
    }
  }

  /** Says whose values come next, for messages: nothing, or for instance {@code , column 'a'}. */
  void place(String place) {
    this.place = place;
  }

  byte[] bytes() {
    return bytes;
  }

  /** The index of the next byte. */
  int at() {
    return at;
  }

  /** How many objects and arrays it is in. */
  int depth() {
    return depth;
  }

  /** Goes back to where it was, in as many objects and arrays. */
  void goBack(int index, int toDepth) {
    at = index;
    depth = toDepth;
  }

  /** The first byte of the text of the last string, after the quote, or of the last number. */
  int tokenFrom() {
    return tokenFrom;
  }

  /** The index after the last byte of that text. */
  int tokenTo() {
    return tokenTo;
  }

  /** Whether there are escapes in the last string. */
  boolean isEscaped() {
    return isEscaped;
  }

  /** Whether the last number has neither fraction nor exponent. */
  boolean isIntegral() {
    return isIntegral;
  }

  /** Passes over blanks; the byte that follows, or -1 at the end of the line. */
  int next() {
    while (at < end && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
      at++;
    }
    return at < end ? bytes[at] & 0xFF : -1;
  }

  /** Enters the object or array that starts here. */
  void open() throws BadTextException {
    if (depth == DEEPEST) {
      throw bad("objects and arrays lie more than %s deep in each other.".formatted(DEEPEST));
    }
    inObject[++depth] = bytes[at] == '{';
    at++;
  }

  /** Whether the object or array just entered has nothing in it; then it is left. */
  boolean isEmpty() {
    if (next() != closing()) {
      return false;
    }
    at++;
    depth--;
    return true;
  }

  /** After a value: whether another one follows; if not, the object or array is left. */
  boolean more() throws BadTextException {
    int c = next();
    if (c == ',') {
      at++;
      return true;
    }
    if (c != closing()) {
      throw unexpected("a comma or " + (char) closing());
    }
    at++;
    depth--;
    return false;
  }

  private int closing() {
    return inObject[depth] ? '}' : ']';
  }

  /** Takes the name of a field, the last string from now on, and the colon after it. */
  void name() throws BadTextException {
    if (next() != '"') {
      throw unexpected("the name of a field in double quotes");
    }
    string();
    if (next() != ':') {
      throw unexpected("a colon");
    }
    at++;
  }

  /** Takes the string that starts here. */
  void string() throws BadTextException {
    isEscaped = false;
    int i = at + 1;
    tokenFrom = i;
    while (true) {
      if (i >= end) {
        throw cutOff("a string is not closed");
      }
      byte b = bytes[i];
      if (b == '"') {
        break;
      }
      if (b == '\\') {
        isEscaped = true;
        i = escape(i);
      } else if (b >= 0 && b < ' ') {
        at = i;
        throw bad(
            "the control character 0x%02X stands in a string. Write it as \\u%04x."
                .formatted(b, b));
      } else {
        i++;
      }
    }
    tokenTo = i;
    at = i + 1;
  }

  /** Checks the escape at an index; returns the index after it. */
  private int escape(int from) throws BadTextException {
    if (from + 1 >= end) {
      throw cutOff("a string is not closed");
    }
    byte letter = bytes[from + 1];
    if (letter != 'u') {
      if ("\"\\/bfnrt".indexOf(letter) < 0) {
        at = from;
        throw bad(
            "%s is no escape of JSON. Double a backslash that is part of the text."
                .formatted(BadTextException.quoted(bytes, from, Math.min(from + 2, end))));
      }
      return from + 2;
    }
    int unit = unit(from);
    if (Character.isHighSurrogate((char) unit)
        && from + 7 < end
        && bytes[from + 6] == '\\'
        && bytes[from + 7] == 'u'
        && Character.isLowSurrogate((char) unit(from + 6))) {
      return from + 12;
    }
    if (Character.isSurrogate((char) unit)) {
      at = from;
      throw bad(
          "%s is half of a surrogate pair, which is no character. Write both halves, or neither."
              .formatted(BadTextException.quoted(bytes, from, from + 6)));
    }
    return from + 6;
  }

  /** The 16 bits of an escape with four hexadecimal digits. */
  private int unit(int from) throws BadTextException {
    if (from + 6 > end) {
      throw cutOff("a string is not closed");
    }
    int unit = hex(bytes, from + 2);
    if (unit < 0) {
      at = from;
      throw bad(
          "%s has not four hexadecimal digits."
              .formatted(BadTextException.quoted(bytes, from, from + 6)));
    }
    return unit;
  }

  /** The number that four hexadecimal digits stand for, or -1. */
  static int hex(byte[] bytes, int from) {
    int number = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      number = number << 4 | digit;
    }
    return number;
  }

  /** Takes the number that starts here. */
  void number() throws BadTextException {
    tokenFrom = at;
    int i = at;
    if (bytes[i] == '-') {
      i++;
    }
    int whole = i;
    i = digits(i);
    boolean isFine = i > whole && (bytes[whole] != '0' || i == whole + 1);
    isIntegral = true;
    if (isFine && i < end && bytes[i] == '.') {
      isIntegral = false;
      int fraction = i + 1;
      i = digits(fraction);
      isFine = i > fraction;
    }
    if (isFine && i < end && (bytes[i] | 0x20) == 'e') {
      isIntegral = false;
      int exponent = i + 1;
      if (exponent < end && (bytes[exponent] == '-' || bytes[exponent] == '+')) {
        exponent++;
      }
      i = digits(exponent);
      isFine = i > exponent;
    }
    if (!isFine || i < end && isWord(bytes[i])) {
      if (i == end) {
        throw cutOff("a number is not complete");
      }
      throw bad("%s is not a number of JSON. Correct it.".formatted(shown()));
    }
    tokenTo = i;
    at = i;
  }

  private int digits(int from) {
    int i = from;
    while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
      i++;
    }
    return i;
  }

  private static boolean isWord(byte b) {
    return b >= '0' && b <= '9'
        || (b | 0x20) >= 'a' && (b | 0x20) <= 'z'
        || b == '.'
        || b == '-'
        || b == '+'
        || b == '_';
  }

  /** Takes {@code true}, {@code false} or {@code null}. */
  void word(String word) throws BadTextException {
    int length = Math.min(word.length(), end - at);
    for (int i = 0; i < length; i++) {
      if (bytes[at + i] != word.charAt(i)) {
        throw unexpected("a value");
      }
    }
    if (length < word.length()) {
      throw cutOff("a value is not complete");
    }
    if (at + length < end && isWord(bytes[at + length])) {
      throw unexpected("a value");
    }
    at += length;
  }

  /** Takes a value of any kind, and checks that it is one. */
  void skip() throws BadTextException {
    int outside = depth;
    do {
      scalarOrOpen();
      if (depth > outside && !wasOpened) {
        closeAll(outside);
      }
    } while (depth > outside);
  }

  /** Takes a value without parts, or enters one with parts up to its first. */
  private void scalarOrOpen() throws BadTextException {
    wasOpened = false;
    int c = next();
    switch (c) {
      case '{', '[' -> {
        open();
        if (!isEmpty()) {
          wasOpened = true;
          if (c == '{') {
            name();
          }
        }
      }
      case '"' -> string();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> {
        if (c != '-' && (c < '0' || c > '9')) {
          throw unexpected("a value");
        }
        number();
      }
    }
  }

  /** Leaves what ends here, up to the next value. */
  private void closeAll(int outside) throws BadTextException {
    while (depth > outside) {
      boolean isObject = inObject[depth];
      if (more()) {
        if (isObject) {
          name();
        }
        return;
      }
    }
  }

  /** What is wrong when something else should be here. */
  BadTextException unexpected(String wanted) {
    if (next() < 0) {
      return cutOff("%s is missing".formatted(wanted));
    }
    return bad("here should be %s, not %s. Correct it.".formatted(wanted, shown()));
  }

  private BadTextException cutOff(String what) {
    at = end;
    return bad(
        ("the line ends, but %s. A row is one whole object in one line; jq -c . makes such lines of"
                + " an object over several.")
            .formatted(what));
  }

  /** An error at this place of the line. */
  BadTextException bad(String message) {
    return new BadTextException(
        row, "%s, byte %s of the line: %s".formatted(place, at - row + 1, message));
  }

  /** An error about the last number or string. */
  BadTextException badToken(String message) {
    at = tokenFrom;
    return bad(message);
  }

  /** The kind of the value that starts here. */
  String kind() {
    return switch (next()) {
      case '{' -> "an object";
      case '[' -> "an array";
      case '"' -> "a string";
      case 't', 'f' -> "a truth value";
      case 'n' -> "null";
      default -> "a number";
    };
  }

  /** What starts here, in quotation marks and not all of it. */
  String shown() {
    int to = at;
    boolean inString = to < end && bytes[to] == '"';
    while (to < end && to - at < SHOWN_BYTES) {
      byte b = bytes[to];
      boolean isEnd = inString ? to > at && b == '"' : to > at && " \t\r,]}".indexOf(b) >= 0;
      if (isEnd) {
        break;
      }
      to++;
    }
    boolean isCut = to < end && to - at >= SHOWN_BYTES;
    while (isCut && (bytes[to] & 0xC0) == 0x80) {
      to--;
    }
    String text = Utf8.toString(bytes, at, inString && !isCut ? Math.min(to + 1, end) : to);
    return inString ? text + (isCut ? "..." : "") : "'" + text + (isCut ? "..." : "") + "'";
  }
}
