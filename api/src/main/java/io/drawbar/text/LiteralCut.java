package io.drawbar.text;

/**
 * Splits at a literal with, before and after it, any number of ASCII characters of a class, such as
 * {@code \s*,\s*}.
 *
 * <p>Searching bytes finds what searching characters finds: the first byte of a UTF-8 character is
 * never the continuation of another, in malformed text neither. The leftmost match is the one
 * around the first literal, because no literal starts inside the class before it; the class after
 * it takes all it can, because nothing follows that would ask something back.
 */
record LiteralCut(CharacterClass before, byte[] literal, CharacterClass after) implements Cut {

  @Override
  public void split(byte[] bytes, int from, int to, Slices into) {
    boolean[] left = before.table();
    boolean[] right = after.table();
    byte first = literal[0];
    int start = from;
    int last = to - literal.length;
    for (int i = from; i <= last; ) {
      if (bytes[i] != first || !matches(bytes, i)) {
        i++;
        continue;
      }
      int end = i;
      while (end > start && left[bytes[end - 1] & 0xFF]) {
        end--;
      }
      into.add(start, end);
      i += literal.length;
      while (i < to && right[bytes[i] & 0xFF]) {
        i++;
      }
      start = i;
    }
    into.add(start, to);
  }

  private boolean matches(byte[] bytes, int at) {
    for (int i = 1; i < literal.length; i++) {
      if (bytes[at + i] != literal[i]) {
        return false;
      }
    }
    return true;
  }
}
