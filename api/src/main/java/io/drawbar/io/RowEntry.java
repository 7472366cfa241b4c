package io.drawbar.io;

/**
 * How the first row of a range is found.
 *
 * @param rowsFrom the position of the first byte that can be a row's, after a header; 0 for the
 *     start of the file, or what is after its byte order mark
 * @param automaton knows where rows start if quotes span lines; null if every line feed ends one
 * @param state that in which the automaton enters the range
 */
record RowEntry(long rowsFrom, RowAutomaton automaton, int state) {
  /** Rows are lines, and all of them. */
  static final RowEntry TOP = new RowEntry(0, null, RowAutomaton.ROW_START);
}
