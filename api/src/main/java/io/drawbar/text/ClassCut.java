package io.drawbar.text;

/** Splits at one character, or at every run of characters, of a class. */
record ClassCut(CharacterClass separators, Repeat repeat) implements Cut {

  enum Repeat {
    ONCE,
    RUN
  }

  @Override
  public void split(byte[] bytes, int from, int to, Slices into) {
    if (repeat == Repeat.RUN) {
      splitAtRuns(bytes, from, to, into);
    } else {
      splitAtEach(bytes, from, to, into);
    }
  }

  private void splitAtRuns(byte[] bytes, int from, int to, Slices into) {
    boolean[] in = separators.table();
    int start = from;
    int i = from;
    while (true) {
      while (i < to && !in[bytes[i] & 0xFF]) {
        i++;
      }
      into.add(start, i);
      if (i == to) {
        return;
      }
      do {
        i++;
      } while (i < to && in[bytes[i] & 0xFF]);
      start = i;
    }
  }

  private void splitAtEach(byte[] bytes, int from, int to, Slices into) {
    boolean[] in = separators.table();
    int start = from;
    for (int i = from; i < to; ) {
      if (!in[bytes[i] & 0xFF]) {
        i++;
        continue;
      }
      into.add(start, i);
      // A character of several bytes, or a malformed part, is one separator.
      i += Math.abs(Utf8.sequence(bytes, i, to));
      start = i;
    }
    into.add(start, to);
  }
}
