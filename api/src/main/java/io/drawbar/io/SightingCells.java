package io.drawbar.io;

/** What has been seen of one column in a block so far, and in the row at hand. */
final class SightingCells {
  private final Sighting[] first = new Sighting[CellKind.COUNT];
  private final long[] counts = new long[CellKind.COUNT];

  /** Whether a cell of this kind would be the first of the block. */
  boolean isNew(CellKind kind) {
    return counts[kind.ordinal()] == 0;
  }

  /** Counts a cell that is not the first of its kind. */
  void count(CellKind kind, long times) {
    counts[kind.ordinal()] += times;
  }

  /** Counts the first cell of its kind. */
  void first(CellKind kind, Sighting sighting) {
    first[kind.ordinal()] = sighting;
    counts[kind.ordinal()] = sighting.count();
  }

  /** Tells all, and forgets it. */
  void flush(String column, SightingRows into) {
    for (CellKind kind : CellKind.values()) {
      int k = kind.ordinal();
      if (counts[k] > 0) {
        Sighting at = first[k];
        into.add(
            column, kind, new Sighting(counts[k], at.file(), at.position(), at.field(), at.text()));
        counts[k] = 0;
        first[k] = null;
      }
    }
  }
}
