package io.drawbar.text;

/** A way to split text; it has no state, so that threads may share it. */
sealed interface Cut permits ClassCut, LiteralCut, RegexCut {

  /** Appends the pieces of the slice, at least one. */
  void split(byte[] bytes, int from, int to, Slices into);
}
