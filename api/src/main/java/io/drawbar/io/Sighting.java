package io.drawbar.io;

/**
 * How often a kind of cell has been seen in a column, and where first.
 *
 * @param count at least 1
 * @param file the number of the file
 * @param position the first byte of the row in the decompressed file
 * @param field what orders cells of a row
 * @param text the cell, cut
 */
record Sighting(long count, int file, long position, int field, String text) {
  private static final int MOST_CHARACTERS = 500;

  Sighting {
    if (text.length() > MOST_CHARACTERS) {
      int end = MOST_CHARACTERS - 3;
      end -= Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
      text = text.substring(0, end) + "...";
    }
  }

  /** Both together: merging is exact, because a place has one cell. */
  Sighting and(Sighting other) {
    Sighting first = isBefore(other) ? this : other;
    return new Sighting(
        Math.addExact(count, other.count), first.file, first.position, first.field, first.text);
  }

  boolean isBefore(Sighting other) {
    if (file != other.file) {
      return file < other.file;
    }
    return position != other.position ? position < other.position : field < other.field;
  }

  static Sighting first(Sighting one, Sighting other) {
    return one == null || other != null && other.isBefore(one) ? other : one;
  }

  static Sighting later(Sighting one, Sighting other) {
    return one.isBefore(other) ? other : one;
  }
}
